"""Computing very many runs in blocks, with all cores, for the sake of their ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block, joined, split
from gdviz.engine.bulk.judge import CHUNK, Judge
from gdviz.engine.bulk.stepping import PlainStepping, Stepping, begin
from gdviz.engine.descent import Descent
from gdviz.landscapes import FloatArray

__all__ = ["Bulk", "arrivals", "cores"]

_LEAST_FILLED = 0.5


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

    Attributes
    ----------
    step : int
        The step that all rows in flight have reached.
    arrivals : Arrivals
    """

    def __init__(
        self, descent: Descent, threads: int | None = None, block_rows: int | None = None
    ) -> None:
        self._descent = descent
        self._threads = threads or cores()
        self._stepping: Stepping = PlainStepping(descent)
        self._block_rows = block_rows or self._stepping.block_rows
        self.step = 0
        self.arrivals = Arrivals.begun(np.ascontiguousarray(descent.starts.T))
        self._judge = Judge(descent, self.arrivals)
        size = self._block_rows
        self._blocks = [
            begin(descent, np.arange(first, min(first + size, descent.rows), dtype=np.int64))
            for first in range(0, descent.rows, size)
        ]
        self._each(lambda block: self._judge.look(block, 0, 0, self._stepping))

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
        self._each(lambda block: self._run(block, first, last))
        self.step = last
        self._fill_blocks()

    def params(self) -> FloatArray:
        """Return where all rows are now, shape (d, n); those that have ended, where they did."""
        params = self.arrivals.params.copy()
        for block in self._blocks:
            params[:, block.rows] = block.params
        return params

    def _run(self, block: Block, first: int, last: int) -> None:
        while first < last and block.size:
            judged = first - first % CHUNK
            if first == judged:
                block.remember()
            ahead = min(judged + CHUNK, last)
            self._stepping.advance(block, first, ahead - first)
            if ahead == self._descent.steps or ahead % CHUNK == 0:
                self._judge.look(block, judged, ahead, self._stepping)
            first = ahead

    def _each(self, work: object) -> None:
        assert callable(work)
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
            self._blocks = split(joined(self._blocks), self._block_rows)


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
    while bulk.open:
        bulk.advance(steps)
        yield bulk.arrivals
        steps = min(2 * steps, most)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
