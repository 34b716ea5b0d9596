"""Computing a sweep: one run for each value, all at once, coarse values first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk import CHUNK, CODES, Bulk
from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.descent import Descent
from gdviz.engine.outcome import Outcome
from gdviz.engine.sweep.bounds import bounds_of, curvature_near
from gdviz.engine.sweep.sweep_map import SweepAxis, SweepBounds, SweepMap
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import CONSTANT, Optimizer, Schedule, with_hyperparameters

__all__ = ["Sweep", "sweep_map"]

_COARSEST = {1: 4, 2: 8}
_AT_ONCE = 32768
_PROMPT, _SLOW = 0.004, 0.012
_MOST_STEPS_AT_ONCE = 64 * CHUNK


@dataclass(frozen=True, eq=False)
class Sweep:
    """A run, the hyperparameters that are swept, and what is measured.

    Attributes
    ----------
    landscape : Landscape
    optimizer : Optimizer
        Whose other hyperparameters hold for all.
    start : tuple of float
    axes : tuple of SweepAxis
        One or two.
    measure : str
        ``"loss"`` or ``"steps"``.
    steps : int
        How many steps each run takes, N.
    schedule : Schedule
        Of N steps.
    """

    landscape: Landscape
    optimizer: Optimizer
    start: tuple[float, ...]
    axes: tuple[SweepAxis, ...]
    measure: str = "loss"
    steps: int = 200
    schedule: Schedule = CONSTANT

    def maps(
        self, threads: int | None = None, kernels: Pilots | None = None
    ) -> Iterator[SweepMap | None]:
        """Compute the map, coarse values first.

        Parameters
        ----------
        threads : int, optional
            As many as there are cores if left out.
        kernels : Pilots, optional
            Where compiled kernels come from; NumPy computes all if left out.

        Yields
        ------
        SweepMap or None
            Each finer than the one before, the last one with all values of the axes; None
            every few milliseconds between, for whoever wants to stop.

        Raises
        ------
        UserError
            If the start or the schedule is not what a run can have.
        """
        shape = tuple(axis.values.size for axis in reversed(self.axes))
        loss, step = np.full(shape, np.inf), np.zeros(shape, dtype=np.int64)
        outcome, known = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=np.bool_)
        ends = np.full((self.landscape.dimension, *shape), np.nan)
        bounds: SweepBounds | None = None
        start_loss = float(self.landscape.loss([self.start])[0])
        stride = _COARSEST[len(self.axes)]
        while stride:
            wanted = np.zeros(shape, dtype=np.bool_)
            wanted[tuple(slice(None, None, stride) for _ in shape)] = True
            cells = np.argwhere(wanted & ~known)
            for first in range(0, len(cells), _AT_ONCE):
                some = cells[first : first + _AT_ONCE]
                legal = self._legal(some)
                _set(outcome, some[~legal], CODES.index(Outcome.UNDEFINED))
                some = some[legal]
                if not len(some):
                    continue
                bulk = Bulk(self._descent(some), threads, kernels=kernels)
                yield from _advanced(bulk)
                _set(outcome, some, bulk.arrivals.outcome)
                _set(step, some, bulk.arrivals.step)
                _set(loss, some, self._losses(bulk))
                ends[(slice(None), *some.T)] = bulk.arrivals.params
            known |= wanted
            part = tuple(slice(None, None, stride) for _ in shape)
            made = SweepMap(
                tuple(replace(axis, values=axis.values[::stride]) for axis in self.axes),
                self.measure,
                self.steps,
                loss[part].copy(),
                step[part].copy(),
                outcome[part].copy(),
                None,
                self._floor(loss[part]),
                start_loss,
                done=stride == 1,
            )
            if bounds is None and made.best is not None:
                first_best = tuple(stride * index for index in made.best)
                bounds = self._bounds(np.array([column[first_best] for column in ends]))
            yield replace(made, bounds=bounds)
            stride //= 2

    def _columns(self, cells: NDArray[np.intp]) -> dict[str, FloatArray]:
        """Return the hyperparameters of some cells (n, axes), (n, 1) each."""
        return {
            axis.name: axis.values[cells[:, -1 - number]][:, np.newaxis]
            for number, axis in enumerate(self.axes)
        }

    def _legal(self, cells: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which cells an optimizer can have, where two of its numbers bound each other."""
        columns: Any = self._columns(cells)
        try:
            with_hyperparameters(self.optimizer, **columns)
        except UserError:
            return np.array([self._is_legal(cells[row : row + 1]) for row in range(len(cells))])
        return np.ones(len(cells), dtype=np.bool_)

    def _is_legal(self, cell: NDArray[np.intp]) -> bool:
        columns: Any = self._columns(cell)
        try:
            with_hyperparameters(self.optimizer, **columns)
        except UserError:
            return False
        return True

    def _descent(self, cells: NDArray[np.intp]) -> Descent:
        columns: Any = self._columns(cells)
        kinds = with_hyperparameters(self.optimizer, **columns)
        starts = np.tile(np.array(self.start, dtype=np.float64), (len(cells), 1))
        return Descent.of(self.landscape, kinds, starts, self.steps, schedule=self.schedule)

    def _losses(self, bulk: Bulk) -> FloatArray:
        arrivals = bulk.arrivals
        with np.errstate(all="ignore"):
            loss = self.landscape.loss_columns(np.ascontiguousarray(arrivals.params))
        good = np.isin(arrivals.outcome, [CODES.index(one) for one in _GOOD])
        return np.where(good & np.isfinite(loss), loss, np.inf)

    def _floor(self, loss: FloatArray) -> float | None:
        """Return the lowest loss of known minima and runs; None if none is known and needed."""
        finite = loss[np.isfinite(loss)]
        lowest = float(finite.min()) if finite.size else np.inf
        minima = self.landscape.minima
        known = float(np.min(self.landscape.loss(minima))) if minima else np.nan
        if np.isfinite(known):
            return min(known, lowest)
        return None if lowest > 0.0 else lowest

    def _bounds(self, end: FloatArray) -> SweepBounds | None:
        if self.schedule != CONSTANT:
            return None
        curvature = curvature_near(self.landscape, end)
        if curvature is None:
            return None
        return bounds_of(self.landscape, self.optimizer, self.axes, curvature)


def sweep_map(sweep: Sweep, threads: int | None = None) -> SweepMap:
    """Compute a sweep to its end."""
    made = None
    for found in sweep.maps(threads):
        made = found or made
    assert made is not None
    return made


_GOOD = (Outcome.CONVERGED, Outcome.LAST_STEP)


def _set(array: NDArray[Any], cells: NDArray[np.intp], values: NDArray[Any] | int) -> None:
    array[tuple(cells.T)] = values


def _advanced(bulk: Bulk) -> Iterator[None]:
    """Take all steps, in rounds that last a few milliseconds."""
    steps = CHUNK
    while bulk.open:
        begun = time.perf_counter()
        bulk.advance(steps)
        took = time.perf_counter() - begun
        if took < _PROMPT:
            steps = min(2 * steps, _MOST_STEPS_AT_ONCE)
        elif took > _SLOW:
            steps = max(steps // 2, 1)
        yield None
