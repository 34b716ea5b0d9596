"""Deciding when and how each run of a batch ends."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import NEARBY, RUNAWAY, Breaks
from gdviz.engine.descent import Descent
from gdviz.engine.outcome import CODES, Outcome
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["NEARBY", "REST_STEPS", "RUNAWAY", "Endings", "flatness"]

REST_STEPS = 16
_ROUNDING = 1e-13
_PLACES = 9  # along each parameter, corners included
_BROKEN = [Outcome.DIVERGED, Outcome.LEFT_DOMAIN, Outcome.UNDEFINED]


class Endings:
    """Keeps the books of one batch while its chunks are computed.

    A run has diverged when a parameter, its loss or its gradient overflows, or when it has
    run a million times the domain's width away. It is undefined where the loss is no
    number, or is one while the gradient isn't: in a gap, at a pole, at a kink. It has
    converged when the norm of its gradient stays at or below the tolerance until it
    ends. One whose parameters no longer change at all need not be computed any further:
    it holds them up to the last step.
    """

    def __init__(self, descent: Descent) -> None:
        rows = descent.rows
        self._flat = flatness(descent.landscape, descent.tolerance)
        self._steps = descent.steps
        self._breaks = Breaks(descent.landscape, np.ascontiguousarray(descent.starts.T))
        self._outcome = np.full(rows, Outcome.RUNNING, dtype=object)
        self._open = np.ones(rows, dtype=np.bool_)
        self._last_step = np.zeros(rows, dtype=np.int64)
        self._broke_at = np.zeros(rows, dtype=np.int64)
        self._settled = np.full(rows, -1, dtype=np.int64)
        self._held: tuple[FloatArray, FloatArray, FloatArray] | None = None

    @property
    def held(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The newest params (d, n), loss (n,) and gradient (d, n) after a judgment."""
        assert self._held is not None
        return self._held

    def any_open(self) -> bool:
        """Tell whether any run goes on."""
        return bool(self._open.any())

    @property
    def outcome(self) -> tuple[Outcome, ...]:
        """The outcome of each run so far."""
        return tuple(self._outcome)

    @property
    def last_step(self) -> tuple[int, ...]:
        """The last step of each run so far."""
        return tuple(self._last_step.tolist())

    @property
    def outcome_step(self) -> tuple[int, ...]:
        """The step at which each outcome happened."""
        steps = self._last_step.copy()
        broken = np.array([outcome in _BROKEN for outcome in self._outcome])
        steps[broken] = self._broke_at[broken]
        converged = self._outcome == Outcome.CONVERGED
        steps[converged] = self._settled[converged]
        return tuple(steps.tolist())

    @property
    def reached(self) -> int:
        """The step up to which records make sense."""
        return int(self._last_step.max())

    def judge(self, first: int, params: FloatArray, loss: FloatArray, gradient: FloatArray) -> None:
        """Decide on a chunk, and let ended runs hold their last values in it.

        Parameters
        ----------
        first : int
            The step of the first record.
        params, gradient : ndarray, shape (records, d, n)
        loss : ndarray, shape (records, n)
            All three are changed in place.
        """
        before = self._open.copy()
        self._end_broken(first, params, loss, gradient)
        self._settle(first, gradient)
        self._end_resting(params)
        last = first + loss.shape[0] - 1
        self._last_step[self._open] = last
        if last == self._steps:
            self._end_finished()
        self._hold(before, first, params, loss, gradient)

    def _end_broken(
        self, first: int, params: FloatArray, loss: FloatArray, gradient: FloatArray
    ) -> None:
        broken = self._breaks.broken(params, loss, gradient)
        rows = np.flatnonzero(np.any(broken, axis=0) & self._open)
        if not rows.size:
            return
        at = np.argmax(broken[:, rows], axis=0)
        codes, stays = self._breaks.endings(
            rows, params[at, :, rows].T, loss[at, rows], gradient[at, :, rows].T
        )
        for row, code in zip(rows, codes, strict=True):
            self._end(row, CODES[code])
        self._broke_at[rows] = first + at
        self._last_step[rows] = np.maximum(first + at - ~stays, 0)

    def _settle(self, first: int, gradient: FloatArray) -> None:
        with np.errstate(all="ignore"):
            norm = np.sqrt(np.sum(gradient**2, axis=1))
            steep = ~(norm <= self._flat)
        records = steep.shape[0]
        after = np.where(np.any(steep, axis=0), records - np.argmax(steep[::-1], axis=0), 0)
        flat_from = first + after
        kept = (after == 0) & (self._settled >= 0)
        settled = np.where(after < records, flat_from, -1)
        rows = self._open & ~kept
        self._settled[rows] = settled[rows]

    def _end_resting(self, params: FloatArray) -> None:
        if params.shape[0] <= REST_STEPS:
            return
        moved = np.any(params[:-1] != params[-1], axis=1)
        resting_from = np.where(
            np.any(moved, axis=0), moved.shape[0] - np.argmax(moved[::-1], axis=0), 0
        )
        rests = params.shape[0] - 1 - resting_from >= REST_STEPS
        rows = rests & self._open & (self._settled >= 0)
        self._end(rows, Outcome.CONVERGED)
        self._last_step[rows] = self._steps

    def _end_finished(self) -> None:
        self._end(self._open & (self._settled >= 0), Outcome.CONVERGED)
        self._end(self._open, Outcome.LAST_STEP)

    def _end(self, rows: NDArray[np.bool_] | np.intp, outcome: Outcome) -> None:
        self._outcome[rows] = outcome
        self._open[rows] = False

    def _hold(
        self,
        before: NDArray[np.bool_],
        first: int,
        params: FloatArray,
        loss: FloatArray,
        gradient: FloatArray,
    ) -> None:
        arrays = (params, loss, gradient)
        for row in np.flatnonzero(~self._open):
            end = int(self._last_step[row]) - first if before[row] else -1
            if end < 0 and self._held is not None:
                for array, held in zip(arrays, self._held, strict=True):
                    array[..., row] = held[..., row]
            elif 0 <= end < loss.shape[0]:
                for array in arrays:
                    array[end + 1 :, ..., row] = array[end, ..., row]
        self._held = (params[-1].copy(), loss[-1].copy(), gradient[-1].copy())


def flatness(landscape: Landscape, tolerance: float) -> float:
    """Return the gradient norm that counts as 0 on a landscape.

    It is the tolerance as it stands, unless the landscape's own slopes are so gentle
    that it would pass for steep, or so steep that rounding keeps the norm above it.
    """
    axes = [np.linspace(low, high, _PLACES) for low, high in landscape.domain]
    places = np.array(list(itertools.product(*axes)))
    norms = np.hypot.reduce(landscape.gradient(places), axis=-1)
    steepest = float(np.max(norms, initial=0.0, where=np.isfinite(norms)))
    if steepest == 0.0:
        return tolerance
    return max(tolerance * min(1.0, steepest), _ROUNDING * steepest)
