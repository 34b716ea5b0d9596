"""Very many runs as they were at one step, to come back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block
from gdviz.landscapes import FloatArray

__all__ = ["Snapshot"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A copy of rows in flight and of the ends of the others; never changed.

    Attributes
    ----------
    step : int
        The step that the rows in flight had reached.
    blocks : tuple of Block
    arrivals : Arrivals or None
        None if no row had ended.
    """

    step: int
    blocks: tuple[Block, ...]
    arrivals: Arrivals | None

    @classmethod
    def of(cls, step: int, blocks: Iterable[Block], arrivals: Arrivals) -> Snapshot:
        """Return a copy of these."""
        ended = arrivals.outcome.any()
        return cls(
            step,
            tuple(block.copy() for block in blocks),
            arrivals.copy() if ended else None,
        )

    @property
    def nbytes(self) -> int:
        """About how much memory it takes."""
        total = 0 if self.arrivals is None else self.arrivals.nbytes
        return total + sum(block.nbytes for block in self.blocks)

    def restored(
        self, blocks: Sequence[Block], arrivals: Arrivals, starts: FloatArray
    ) -> list[Block]:
        """Return blocks to go on with, and write the ends as they were.

        Parameters
        ----------
        blocks : sequence of Block
            Not needed any longer: their arrays are used where they fit.
        arrivals : Arrivals
            Of the same descent; changed in place.
        starts : ndarray, shape (n, d)
            Where the rows began.
        """
        if self.arrivals is None:
            np.copyto(arrivals.params, starts.T)
            arrivals.outcome.fill(0)
            arrivals.step.fill(0)
        else:
            np.copyto(arrivals.params, self.arrivals.params)
            np.copyto(arrivals.outcome, self.arrivals.outcome)
            np.copyto(arrivals.step, self.arrivals.step)
        olds = zip_longest(self.blocks, blocks[: len(self.blocks)])
        return [block.copied_onto(old) for block, old in olds]
