"""Taking a block of rows from one step to another, and ending the rows that end between."""

from __future__ import annotations

from typing import Protocol

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.in_place import InPlaceStepping
from gdviz.engine.bulk.judge import CHUNK, Judge
from gdviz.engine.bulk.stepping import PlainStepping, Stepping
from gdviz.engine.descent import Descent
from gdviz.engine.tracing import Untraceable

__all__ = ["NumpyPilot", "Pilot", "stepping_of"]


class Pilot(Protocol):
    """Advances blocks; all pilots lead a row to the same end, by the same steps."""

    @property
    def block_rows(self) -> int:
        """How many rows a block has at most for it to be quick."""
        ...

    def begin(self, block: Block) -> None:
        """Judge rows at their starts."""
        ...

    def run(self, block: Block, first: int, last: int) -> None:
        """Take a block from one step to another, judging it at each multiple of 16."""
        ...


class NumpyPilot:
    """Advances with NumPy.

    Parameters
    ----------
    descent : Descent
    arrivals : Arrivals
        Where the ends are written.
    stepping : Stepping, optional
        What takes the steps; the quickest there is if left out.
    """

    def __init__(
        self, descent: Descent, arrivals: Arrivals, stepping: Stepping | None = None
    ) -> None:
        self._last = descent.steps
        self._stepping = stepping or stepping_of(descent)
        self._judge = Judge(descent, arrivals)

    @property
    def block_rows(self) -> int:
        return self._stepping.block_rows

    def begin(self, block: Block) -> None:
        self._judge.look(block, 0, 0, self._stepping)

    def run(self, block: Block, first: int, last: int) -> None:
        while first < last and block.size:
            judged = first - first % CHUNK
            if first == judged:
                block.remember()
            ahead = min(judged + CHUNK, last)
            self._stepping.advance(block, first, ahead - first)
            if ahead == self._last or ahead % CHUNK == 0:
                self._judge.look(block, judged, ahead, self._stepping)
            first = ahead


def stepping_of(descent: Descent) -> Stepping:
    """Return what takes the steps of a descent most quickly with NumPy."""
    try:
        return InPlaceStepping(descent)
    except Untraceable:
        return PlainStepping(descent)
