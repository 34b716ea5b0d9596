"""Deciding which rows have ended, at every 16th step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import Breaks
from gdviz.engine.bulk.arrivals import Arrivals, code_of
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.descent import Descent
from gdviz.engine.endings import REST_STEPS, flatness
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray

__all__ = ["CHUNK", "Judge"]

CHUNK = REST_STEPS
"""Rows are judged at multiples of so many steps, wherever the computation stops between."""
_BENT = 1e-9


@dataclass(frozen=True, eq=False)
class Judge:
    """Looks at rows every 16 steps, and takes the steps between again where one matters.

    A row has ended when it has broken off; or when its slope has been as good as 0 for 16
    steps in a row and it goes down from there in no direction; or with the last step. It is
    as a recorded run is judged at every step, but for two things: one that comes back from
    beyond all bounds within 16 steps goes on, and one that has been at rest for 16 steps is
    not waited for any longer.

    Parameters
    ----------
    descent : Descent
    arrivals : Arrivals
        Where the ends are written.
    """

    descent: Descent
    arrivals: Arrivals

    def __post_init__(self) -> None:
        flat = flatness(self.descent.landscape, self.descent.tolerance)
        object.__setattr__(self, "flat", flat)

    flat: float = 0.0

    def look(self, block: Block, first: int, last: int, stepping: Stepping) -> None:
        """Judge the steps behind `first` up to `last`, and drop the rows that have ended.

        Parameters
        ----------
        block : Block
            At the step `last`; its `before` is at `first`.
        first, last : int
            Both 0 for a look at the starts.
        stepping : Stepping
            What has taken the steps.
        """
        landscape = self.descent.landscape
        with np.errstate(all="ignore"):
            gradient = landscape.gradient_columns(block.params)
            loss = landscape.loss_columns(block.params)
            flat = np.sqrt(np.sum(gradient * gradient, axis=0)) <= self.flat
        breaks = self._breaks(block.rows)
        broken = breaks.broken(block.params, loss, gradient)
        block.held &= flat
        block.flat_since[~flat] = -1
        wanted = np.flatnonzero(broken | (flat & ~block.held))
        ended = np.zeros(block.size, dtype=np.bool_)
        if wanted.size:
            ended[wanted] = self._retrace(block, wanted, first, last, stepping)
        if last == self.descent.steps:
            self._finish(block, ~ended)
            ended[:] = True
        if ended.any():
            block.keep(~ended)

    def _retrace(
        self,
        block: Block,
        wanted: NDArray[np.intp],
        first: int,
        last: int,
        stepping: Stepping,
    ) -> NDArray[np.bool_]:
        """Find out at which steps something happened to some rows; tell which have ended."""
        params = self._records(block, wanted, first, last, stepping)
        records, dimension, rows = params.shape
        columns = np.ascontiguousarray(params.transpose(1, 0, 2).reshape(dimension, -1))
        landscape = self.descent.landscape
        with np.errstate(all="ignore"):
            loss = landscape.loss_columns(columns).reshape(records, rows)
            slopes = landscape.gradient_columns(columns).reshape(dimension, records, rows)
            gradient = slopes.transpose(1, 0, 2)
            flat = np.sqrt(np.sum(gradient * gradient, axis=1)) <= self.flat
        begins = last - records + 1
        breaks = self._breaks(block.rows[wanted])
        broken = breaks.broken(params, loss, gradient)
        ended = np.asarray(np.any(broken, axis=0))
        for row in np.flatnonzero(ended):
            at = int(np.argmax(broken[:, row]))
            found = breaks.found(
                int(row), at, params[at, :, row], float(loss[at, row]), gradient[at, :, row]
            )
            # The record before the first one is where the rows were judged before.
            place = params[found.last, :, row]
            if found.last < 0:
                old = block if block.before is None or first == last else block.before
                place = old.params[:, wanted[row]]
            self._end(block.rows[wanted[row]], found.outcome, begins + at, place)
        resting = np.flatnonzero(~ended & flat[-1])
        ended[resting] = self._rest(block, wanted[resting], flat[:, resting], begins, last)
        return ended

    def _rest(
        self,
        block: Block,
        which: NDArray[np.intp],
        flat: NDArray[np.bool_],
        begins: int,
        last: int,
    ) -> NDArray[np.bool_]:
        """Note since when rows have been flat, and end those that have come to rest."""
        steep = ~flat
        behind = steep.shape[0] - np.argmax(steep[::-1], axis=0)
        since = np.where(steep.any(axis=0), begins + behind, begins)
        known = block.flat_since[which]
        since = np.where((known >= 0) & ~steep.any(axis=0), known, since)
        block.flat_since[which] = since
        ended = np.asarray(last - since + 1 >= REST_STEPS)
        candidates = np.flatnonzero(ended)
        if candidates.size:
            falls = self._goes_down(block.params[:, which[candidates]])
            block.held[which[candidates]] = falls
            ended[candidates] = ~falls
        for place, step in zip(which[ended], since[ended], strict=True):
            self._end(block.rows[place], Outcome.CONVERGED, int(step), block.params[:, place])
        return ended

    def _goes_down(self, params: FloatArray) -> NDArray[np.bool_]:
        """Tell at which points, shape (d, n), the curvature along some direction is negative."""
        hessian = self.descent.landscape.hessian(params.T)
        known = np.asarray(np.isfinite(hessian).all(axis=(1, 2)))
        values: FloatArray = np.linalg.eigvalsh(
            np.where(known[:, np.newaxis, np.newaxis], hessian, 0.0)
        )
        return np.asarray(values[:, 0] < -_BENT * np.abs(values).max(axis=1))

    def _records(
        self,
        block: Block,
        wanted: NDArray[np.intp],
        first: int,
        last: int,
        stepping: Stepping,
    ) -> FloatArray:
        """Return where some rows were at each step, shape (records, d, m)."""
        if first == last:
            return block.params[np.newaxis][..., wanted]
        assert block.before is not None
        some = block.before.taken(wanted)
        params = np.empty((last - first, *some.params.shape))
        for record in range(last - first):
            stepping.advance(some, first + record, 1)
            params[record] = some.params
        return params

    def _finish(self, block: Block, still: NDArray[np.bool_]) -> None:
        for at_rest, outcome in ((True, Outcome.CONVERGED), (False, Outcome.LAST_STEP)):
            which = still & ((block.flat_since >= 0) == at_rest)
            rows = block.rows[which]
            self.arrivals.params[:, rows] = block.params[:, which]
            self.arrivals.outcome[rows] = code_of(outcome)
            self.arrivals.step[rows] = block.flat_since[which] if at_rest else self.descent.steps

    def _end(self, row: np.int64, outcome: Outcome, step: int, params: FloatArray) -> None:
        self.arrivals.params[:, row] = params
        self.arrivals.step[row] = step
        self.arrivals.outcome[row] = code_of(outcome)

    def _breaks(self, rows: NDArray[np.int64]) -> Breaks:
        starts = np.ascontiguousarray(self.descent.starts[rows].T)
        return Breaks(self.descent.landscape, starts)
