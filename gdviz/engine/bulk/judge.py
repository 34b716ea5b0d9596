"""Deciding which rows have ended, at every 16th step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import RUNAWAY, Breaks
from gdviz.engine.bulk.arrivals import Arrivals, code_of
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.curvature import goes_down
from gdviz.engine.bulk.slopes import Slopes, SlopesHere
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.bulk.written import Scratch
from gdviz.engine.descent import Descent
from gdviz.engine.endings import REST_STEPS, flatness
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray

__all__ = ["CHUNK", "Judge"]

CHUNK = REST_STEPS
"""Rows are judged at multiples of so many steps, wherever the computation stops between."""
_SLACK = 1.0 + 1e-9


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

    Attributes
    ----------
    flat : float
        The gradient norm that counts as 0.
    """

    def __init__(self, descent: Descent, arrivals: Arrivals) -> None:
        self.descent = descent
        self.arrivals = arrivals
        landscape = descent.landscape
        self.flat = flatness(landscape, descent.tolerance)
        self._slopes = Slopes(landscape)
        self._nearly_flat = self.flat * self.flat * _SLACK
        # Within this box no row is too far away or outside, wherever it began.
        reach = 0.5 * RUNAWAY * landscape.domain.width
        self._low, self._high = landscape.domain.center - reach, landscape.domain.center + reach
        if landscape.limits is not None:
            self._low = np.maximum(self._low, landscape.limits.low)
            self._high = np.minimum(self._high, landscape.limits.high)
        self._idle: list[Scratch] = []

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
        scratch = self._idle.pop() if self._idle else Scratch()
        wanted = self._wanted(block, self._slopes.here(block.params, scratch))
        ended = np.zeros(block.size, dtype=np.bool_)
        if wanted.size:
            ended[wanted] = self._retrace(block, wanted, first, last, stepping, scratch)
        self._idle.append(scratch)
        if last == self.descent.steps:
            self._finish(block, ~ended)
            ended[:] = True
        if ended.any():
            block.keep(~ended)

    def _wanted(self, block: Block, here: SlopesHere) -> NDArray[np.intp]:
        """Return the rows that may have ended, and note which are no longer flat."""
        certain = self._certainly_whole(block.params, here)
        if certain and not np.min(here.square) <= self._nearly_flat:
            block.flat_since.fill(-1)
            block.held.fill(False)  # noqa: FBT003 -- a value, no flag
            return np.empty(0, dtype=np.intp)
        with np.errstate(all="ignore"):
            flat = np.sqrt(here.square) <= self.flat
        block.held &= flat
        block.flat_since[~flat] = -1
        some = flat & ~block.held
        if not certain:
            some |= self._breaks(block.rows).broken(block.params, here.loss, here.gradient)
        return np.flatnonzero(some)

    def _certainly_whole(self, params: FloatArray, here: SlopesHere) -> bool:
        """Tell at little cost whether surely no row has broken off."""
        for column, low, high in zip(params, self._low, self._high, strict=True):
            if not (column.min() >= low and column.max() <= high):
                return False
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.add.reduce(here.square) + np.add.reduce(here.loss)))

    def _retrace(
        self,
        block: Block,
        wanted: NDArray[np.intp],
        first: int,
        last: int,
        stepping: Stepping,
        scratch: Scratch,
    ) -> NDArray[np.bool_]:
        """Find out at which steps something happened to some rows; tell which have ended."""
        columns = self._records(block, wanted, first, last, stepping)
        dimension, records, rows = columns.shape
        slopes, losses = self._slopes.of(columns.reshape(dimension, -1), scratch)
        loss = losses.reshape(records, rows)
        params, gradient = (
            one.reshape(dimension, records, rows).transpose(1, 0, 2) for one in (columns, slopes)
        )
        with np.errstate(all="ignore"):
            flat = np.sqrt(np.sum(gradient * gradient, axis=1)) <= self.flat
        begins = last - records + 1
        breaks = self._breaks(block.rows[wanted])
        broken = breaks.broken(params, loss, gradient)
        ended = np.asarray(np.any(broken, axis=0))
        bad = np.flatnonzero(ended)
        if bad.size:
            at = np.argmax(broken[:, bad], axis=0)
            found = breaks.found_all(
                bad, params[at, :, bad].T, loss[at, bad], gradient[at, :, bad].T
            )
            stays = at - 1 + found.kinked
            # The record before the first one is where the rows were judged before.
            old = block if block.before is None or first == last else block.before
            places = np.where(
                stays < 0, old.params[:, wanted[bad]], params[np.maximum(stays, 0), :, bad].T
            )
            codes = np.select(
                [found.left, found.gap],
                [code_of(Outcome.LEFT_DOMAIN), code_of(Outcome.UNDEFINED)],
                code_of(Outcome.DIVERGED),
            )
            self._end(block.rows[wanted[bad]], codes, begins + at, places)
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
            falls = goes_down(self.descent.landscape, block.params[:, which[candidates]])
            block.held[which[candidates]] = falls
            ended[candidates] = ~falls
        places = which[ended]
        code = code_of(Outcome.CONVERGED)
        self._end(block.rows[places], code, since[ended], block.params[:, places])
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
            return block.params[:, np.newaxis, wanted]
        assert block.before is not None
        some = block.before.taken(wanted)
        params = np.empty((some.params.shape[0], last - first, wanted.size))
        for record in range(last - first):
            stepping.advance(some, first + record, 1)
            params[:, record] = some.params
        return params

    def _finish(self, block: Block, still: NDArray[np.bool_]) -> None:
        for at_rest, outcome in ((True, Outcome.CONVERGED), (False, Outcome.LAST_STEP)):
            which = np.flatnonzero(still & ((block.flat_since >= 0) == at_rest))
            since = block.flat_since[which] if at_rest else self.descent.steps
            self._end(block.rows[which], code_of(outcome), since, block.params[:, which])

    def _end(
        self,
        rows: NDArray[np.int64],
        codes: NDArray[np.int_] | int,
        steps: NDArray[np.int64] | int,
        params: FloatArray,
    ) -> None:
        for whole, part in zip(self.arrivals.params, params, strict=True):
            whole[rows] = part
        self.arrivals.step[rows] = steps
        self.arrivals.outcome[rows] = codes

    def _breaks(self, rows: NDArray[np.int64]) -> Breaks:
        starts = np.ascontiguousarray(self.descent.starts[rows].T)
        return Breaks(self.descent.landscape, starts)
