"""Bringing one block of rows from a step to a later one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.judge import CHUNK, Judge
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.descent import Descent

__all__ = ["ComingPilot", "Counter", "Pilot", "Pilots", "SteppingPilot"]

Counter = Callable[..., None]
"""Adds points to counts; see `gdviz.engine.compiled.counting`."""


class Pilot(Protocol):
    """Takes a block's steps and ends its rows; all that do give the same bits.

    A block may be run by one pilot up to some step and by another one from there: what they
    hand over is the block itself.
    """

    @property
    def block_rows(self) -> int:
        """With how many rows a block is computed most quickly."""
        ...

    def run(self, block: Block, first: int, last: int) -> None:
        """Bring a block from the step `first` to the step `last`.

        Rows are judged at multiples of 16 and at the descent's last step; those that have
        ended are written into the arrivals and dropped. Between multiples of 16, the block's
        `before` holds the rows as they were at the last one; at a multiple it may be None.
        May be called from many threads at once, each with a block of its own.

        Parameters
        ----------
        block : Block
            At the step `first`; it may be left with no rows.
        first, last : int
        """
        ...


class ComingPilot(Protocol):
    """A quicker pilot that is being made, or isn't made after all."""

    @property
    def over(self) -> bool:
        """Whether the waiting is over, with a pilot or without one."""
        ...

    def pilot(self, judge: Judge, fallback: Stepping) -> Pilot | None:
        """Return it, or None. It leaves steps that it isn't made for to `fallback`."""
        ...


class Pilots(Protocol):
    """Makes quicker pilots in the background."""

    def awaited(self, descent: Descent) -> ComingPilot | None:
        """Begin with the one for a descent, if that pays; None if there will be none."""
        ...

    def counter(self) -> Counter | None:
        """Return what counts points into pixels; None while it isn't there, but begin with it."""
        ...


class SteppingPilot:
    """Has a stepping take 16 steps and the judge look at where they led, in turn.

    Parameters
    ----------
    stepping : Stepping
    judge : Judge
    """

    def __init__(self, stepping: Stepping, judge: Judge) -> None:
        self._stepping = stepping
        self._judge = judge
        self._spare = threading.local()

    @property
    def block_rows(self) -> int:
        """With how many rows a block is computed most quickly."""
        return self._stepping.block_rows

    def run(self, block: Block, first: int, last: int) -> None:
        steps = self._judge.descent.steps
        while first < last and block.size:
            judged = first - first % CHUNK
            if first == judged:
                # One copy serves all blocks of a thread in turn, and stays in the cache.
                block.before = block.before or self._spare.__dict__.pop("copy", None)
                block.remember()
            ahead = min(judged + CHUNK, last)
            self._stepping.advance(block, first, ahead - first)
            if ahead == steps or ahead % CHUNK == 0:
                self._judge.look(block, judged, ahead, self._stepping)
                self._spare.copy, block.before = block.before, None
            first = ahead
