"""Deciding which rows have ended, at every 16th step."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import Breaks
from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.curvature import goes_down
from gdviz.engine.bulk.look import Look, Seen
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.descent import Descent
from gdviz.engine.endings import REST_STEPS, flatness
from gdviz.engine.outcome import Outcome, code_of
from gdviz.landscapes import FloatArray

__all__ = ["CHUNK", "Judge"]

CHUNK = REST_STEPS
"""Rows are judged at multiples of so many steps, wherever the computation stops between."""
_TRACED = 2048


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

    flat: float = field(init=False)
    seer: Look = field(init=False)

    def __post_init__(self) -> None:
        landscape = self.descent.landscape
        object.__setattr__(self, "flat", flatness(landscape, self.descent.tolerance))
        object.__setattr__(self, "seer", Look(landscape))

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
        with self.seer.at(block.params) as seen:
            if self.seer.is_uneventful(block.params, seen, self.flat):
                block.held[:] = False
                block.flat_since[:] = -1
                wanted = np.empty(0, dtype=np.intp)
            else:
                wanted = self._wanted(block, seen)
        ended = np.zeros(block.size, dtype=np.bool_)
        for begin in range(0, wanted.size, _TRACED):
            some = wanted[begin : begin + _TRACED]
            ended[some] = self._retrace(block, some, first, last, stepping)
        self.settle(block, ended, last)

    def settle(self, block: Block, ended: NDArray[np.bool_], step: int) -> None:
        """Drop the rows of a block that have ended; behind the last step, end all others."""
        if step == self.descent.steps:
            self._finish(block, ~ended)
            ended = np.ones_like(ended)
        if ended.any():
            block.keep(~ended)

    def _wanted(self, block: Block, seen: Seen) -> NDArray[np.intp]:
        """Return the rows that may have ended, and note which are no longer flat."""
        flat = seen.is_flat(self.flat)
        block.held &= flat
        block.flat_since[~flat] = -1
        some = flat & ~block.held
        if not self.seer.is_unbroken(block.params, seen):
            some |= self._breaks(block.rows).broken(block.params, seen.loss, seen.gradient)
        return np.flatnonzero(some)

    def _retrace(
        self,
        block: Block,
        wanted: NDArray[np.intp],
        first: int,
        last: int,
        stepping: Stepping,
    ) -> NDArray[np.bool_]:
        """Find out at which steps something happened to some rows; tell which have ended."""
        columns = self._records(block, wanted, first, last, stepping)
        dimension, records, rows = columns.shape
        places = columns.reshape(dimension, -1)
        seen = self.seer.kept_at(places)
        params = columns.transpose(1, 0, 2)
        loss = seen.loss.reshape(records, rows)
        gradient = seen.gradient.reshape(dimension, records, rows).transpose(1, 0, 2)
        flat = seen.is_flat(self.flat).reshape(records, rows)
        begins = last - records + 1
        ended = np.zeros(rows, dtype=np.bool_)
        if not self.seer.is_unbroken(places, seen):
            # The record before the first one is where the rows were judged before.
            old = block if block.before is None or first == last else block.before
            before = old.params[:, wanted]
            ended = self._break(block.rows[wanted], before, begins, (params, loss, gradient))
        resting = np.flatnonzero(~ended & flat[-1])
        ended[resting] = self._rest(block, wanted[resting], flat[:, resting], begins, last)
        return ended

    def _break(
        self,
        rows: NDArray[np.int64],
        before: FloatArray,
        begins: int,
        records: tuple[FloatArray, FloatArray, FloatArray],
    ) -> NDArray[np.bool_]:
        """End the rows that have broken off, and tell which have."""
        params, loss, gradient = records
        breaks = self._breaks(rows)
        broken = breaks.broken(params, loss, gradient)
        ended = np.asarray(np.any(broken, axis=0))
        bad = np.flatnonzero(ended)
        if bad.size:
            at = np.argmax(broken[:, bad], axis=0)
            there = (params[at, :, bad].T, loss[at, bad], gradient[at, :, bad].T)
            outcome, stays = breaks.endings(bad, *there)
            stand = at - ~stays
            places = np.where(stand >= 0, params[stand, :, bad].T, before[:, bad])
            self._end(rows[bad], outcome, begins + at, places)
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
            falls = goes_down(self.descent.landscape, block.params[:, which[candidates]])
            block.held[which[candidates]] = falls
            ended[candidates] = ~falls
        done = which[ended]
        converged = np.full(done.size, code_of(Outcome.CONVERGED), dtype=np.uint8)
        self._end(block.rows[done], converged, since[ended], block.params[:, done])
        return ended

    def _records(
        self,
        block: Block,
        wanted: NDArray[np.intp],
        first: int,
        last: int,
        stepping: Stepping,
    ) -> FloatArray:
        """Return where some rows were at each step, shape (d, records, m)."""
        if first == last:
            return block.params.take(wanted, axis=-1)[:, np.newaxis]
        assert block.before is not None
        some = block.before.taken(wanted)
        params = np.empty((some.params.shape[0], last - first, wanted.size))
        for record in range(last - first):
            stepping.advance(some, first + record, 1)
            params[:, record] = some.params
        return params

    def _finish(self, block: Block, still: NDArray[np.bool_]) -> None:
        rows, since = block.rows[still], block.flat_since[still]
        codes = [code_of(outcome) for outcome in (Outcome.CONVERGED, Outcome.LAST_STEP)]
        outcome = np.where(since >= 0, *codes).astype(np.uint8)
        step = np.where(since >= 0, since, self.descent.steps)
        self._end(rows, outcome, step, block.params[:, still])

    def _end(
        self,
        rows: NDArray[np.int64],
        outcome: NDArray[np.uint8],
        step: NDArray[np.int64],
        params: FloatArray,
    ) -> None:
        for whole, part in zip(self.arrivals.params, params, strict=True):
            whole[rows] = part
        self.arrivals.step[rows] = step
        self.arrivals.outcome[rows] = outcome

    def _breaks(self, rows: NDArray[np.int64]) -> Breaks:
        starts = np.ascontiguousarray(self.descent.starts[rows].T)
        return Breaks(self.descent.landscape, starts)
