"""Computing very many runs in blocks, with all cores, for the sake of their ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block, joined, split
from gdviz.engine.bulk.judge import CHUNK
from gdviz.engine.bulk.pilot import NumpyPilot, Pilot
from gdviz.engine.bulk.stepping import begin
from gdviz.engine.descent import Descent
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray

__all__ = ["Bulk", "BulkSnapshot", "arrivals", "cores"]

_LEAST_FILLED = 0.5
_LEAST_ROWS = 1024


@dataclass(frozen=True, eq=False)
class BulkSnapshot:
    """Where the rows of a `Bulk` were at a step; a value of its own.

    Attributes
    ----------
    step : int
    blocks : tuple of Block
    arrivals : Arrivals
    """

    step: int
    blocks: tuple[Block, ...]
    arrivals: Arrivals

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        held = self.arrivals
        ends = held.params.nbytes + held.outcome.nbytes + held.step.nbytes
        return ends + sum(block.nbytes for block in self.blocks)


class Bulk:
    """The rows of a descent in flight; nothing is kept of where they have been.

    A row's bits depend on its start and its hyperparameters alone: not on blocks, threads,
    other rows, or on where the computation stopped on its way.

    Parameters
    ----------
    descent : Descent
        Without noise.
    threads : int, optional
        How many compute at once; as many as there are cores if left out.
    block_rows : int, optional
        How many rows are computed together; what suits a processor's cache if left out.

    Raises
    ------
    UserError
        If the descent has noise.
    """

    def __init__(
        self, descent: Descent, threads: int | None = None, block_rows: int | None = None
    ) -> None:
        if descent.noises:
            raise UserError("very many runs at once are computed without noise")
        self._descent = descent
        self._threads = threads or cores()
        self.step = 0
        self.arrivals = Arrivals.begun(np.ascontiguousarray(descent.starts.T))
        self._pilot: Pilot = NumpyPilot(descent, self.arrivals)
        self._block_rows = block_rows or self._share(descent.rows)
        size = self._block_rows
        self._blocks = [
            begin(descent, np.arange(first, min(first + size, descent.rows), dtype=np.int64))
            for first in range(0, descent.rows, size)
        ]
        self._each(self._pilot.begin)

    @property
    def descent(self) -> Descent:
        """What is computed."""
        return self._descent

    @property
    def open(self) -> int:
        """How many rows are in flight."""
        return sum(block.size for block in self._blocks)

    def advance(self, steps: int) -> None:
        """Take so many steps with all rows in flight, at most up to the last one."""
        first, last = self.step, min(self.step + steps, self._descent.steps)
        self._each(lambda block: self._pilot.run(block, first, last))
        self.step = last
        self._fill_blocks()

    def params(self, out: FloatArray | None = None) -> FloatArray:
        """Return where all rows are now, shape (d, n); those that have ended, where they did.

        Parameters
        ----------
        out : ndarray, shape (d, n), optional
            Where they are put.
        """
        if out is None:
            out = np.empty_like(self.arrivals.params)
        if self.open < self._descent.rows:
            np.copyto(out, self.arrivals.params)
        for block in self._blocks:
            if block.consecutive:
                first = int(block.rows[0])
                out[:, first : first + block.size] = block.params
            else:
                out[:, block.rows] = block.params
        return out

    def snapshot(self) -> BulkSnapshot:
        """Return a copy of everything as it is now."""
        held = self.arrivals
        ends = Arrivals(held.params.copy(), held.outcome.copy(), held.step.copy())
        return BulkSnapshot(self.step, tuple(_whole(block) for block in self._blocks), ends)

    def restore(self, snapshot: BulkSnapshot) -> None:
        """Go back, or ahead, to where everything was when a snapshot was taken."""
        self.step = snapshot.step
        for own, kept in zip(
            (self.arrivals.params, self.arrivals.outcome, self.arrivals.step),
            (snapshot.arrivals.params, snapshot.arrivals.outcome, snapshot.arrivals.step),
            strict=True,
        ):
            np.copyto(own, kept)
        self._blocks = [_whole(block) for block in snapshot.blocks]

    def _share(self, rows: int) -> int:
        """Return how many rows of a block keep all threads busy."""
        return max(min(self._pilot.block_rows, -(-rows // self._threads)), _LEAST_ROWS)

    def _each(self, work: Callable[[Block], None]) -> None:
        if self._threads == 1 or len(self._blocks) == 1:
            for block in self._blocks:
                work(block)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(work, self._blocks))
        self._blocks = [block for block in self._blocks if block.size]

    def _fill_blocks(self) -> None:
        """Put what is left of many blocks into few."""
        count = len(self._blocks)
        if count > 1 and self.open < _LEAST_FILLED * count * self._block_rows:
            size = min(self._block_rows, self._share(self.open))
            if -(-self.open // size) < count:
                self._blocks = split(joined(self._blocks), size)


def arrivals(bulk: Bulk, *, first: int = 4 * CHUNK, most: int = 64 * CHUNK) -> Iterator[Arrivals]:
    """Advance until all rows have ended, in rounds that grow.

    Parameters
    ----------
    bulk : Bulk
    first, most : int
        How many steps the first round and the longest ones take.

    Yields
    ------
    Arrivals
        The same one after each round, with more filled in.
    """
    steps = first
    yield bulk.arrivals
    while bulk.open:
        bulk.advance(steps)
        yield bulk.arrivals
        steps = min(2 * steps, most)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _whole(block: Block) -> Block:
    copy = block.copy()
    copy.before = None if block.before is None else block.before.copy()
    return copy
