"""Computing very many runs in blocks, with all cores, for the sake of their ends."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np

from gdviz.engine.bulk.arrivals import Arrivals
from gdviz.engine.bulk.block import Block, joined, split
from gdviz.engine.bulk.in_place import stepping_of
from gdviz.engine.bulk.judge import CHUNK, Judge
from gdviz.engine.bulk.pilot import ComingPilot, Pilot, Pilots, SteppingPilot
from gdviz.engine.bulk.snapshot import Snapshot
from gdviz.engine.bulk.stepping import begin
from gdviz.engine.descent import Descent
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray

__all__ = ["Bulk", "arrivals", "cores"]

_LEAST_FILLED = 0.5
_LEAST_ROWS = 1024
_ROUND = 16 * CHUNK


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
    kernels : Pilots, optional
        Where a quicker pilot comes from, which takes over when it is there.

    Attributes
    ----------
    step : int
        The step that all rows in flight have reached.
    arrivals : Arrivals
    pilot : Pilot
        What runs the blocks; another one may take its place between two advances.

    Raises
    ------
    UserError
        If the descent has noise.
    """

    def __init__(
        self,
        descent: Descent,
        threads: int | None = None,
        block_rows: int | None = None,
        kernels: Pilots | None = None,
    ) -> None:
        if descent.noises:
            raise UserError("very many runs at once are computed without noise; leave it out")
        self._descent = descent
        self._threads = threads or cores()
        self.step = 0
        self.arrivals = Arrivals.begun(np.ascontiguousarray(descent.starts.T))
        self.judge = Judge(descent, self.arrivals)
        self._stepping = stepping = stepping_of(descent)
        self.pilot: Pilot = SteppingPilot(stepping, self.judge)
        self._coming: ComingPilot | None = None if kernels is None else kernels.awaited(descent)
        self._change_pilot()
        self._block_rows = size = block_rows or self._evenly(descent.rows)
        self._blocks = [
            begin(descent, np.arange(first, min(first + size, descent.rows), dtype=np.int64))
            for first in range(0, descent.rows, size)
        ]
        with self._helpers() as helpers:
            self._each(lambda block: self.judge.look(block, 0, 0, stepping), helpers)

    @property
    def descent(self) -> Descent:
        """What is computed."""
        return self._descent

    @property
    def open(self) -> int:
        """How many rows are in flight."""
        return sum(block.size for block in self._blocks)

    @property
    def in_flight(self) -> list[FloatArray]:
        """Where the rows in flight are, some at a time, (d, m) each; changed by each advance."""
        return [block.params for block in self._blocks]

    @property
    def relieved(self) -> bool:
        """Whether a quicker pilot has taken over."""
        return not isinstance(self.pilot, SteppingPilot)

    def regroup(self, block_rows: int) -> None:
        """Put all rows in flight into blocks of so many, unless there are no more blocks."""
        self._block_rows = block_rows
        if -(-self.open // block_rows) < len(self._blocks):
            self._blocks = split(joined(self._blocks), block_rows)

    def advance(self, steps: int) -> None:
        """Take so many steps with all rows in flight, at most up to the last one."""
        last = min(self.step + steps, self._descent.steps)
        with self._helpers() as helpers:
            while self.step < last:
                self._change_pilot()
                first, ahead = self.step, min(self.step + _ROUND, last)
                self._each(partial(self._run, first, ahead), helpers)
                self.step = ahead
                self._fill_blocks()

    def params(self, out: FloatArray | None = None) -> FloatArray:
        """Return where all rows are now, shape (d, n); those that have ended, where they did.

        Parameters
        ----------
        out : ndarray, shape (d, n), optional
            Where they are put.
        """
        params = np.empty_like(self.arrivals.params) if out is None else out
        if self.open < self._descent.rows:
            np.copyto(params, self.arrivals.params)
        for block in self._blocks:
            block.put_into(params)
        return params

    def snapshot(self) -> Snapshot:
        """Return all that is needed to go on from here, whatever happens to this one."""
        return Snapshot.of(self.step, self._blocks, self.arrivals)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back, or ahead, to where a snapshot of this descent was taken."""
        self.step = snapshot.step
        self._blocks = snapshot.restored(self._blocks, self.arrivals, self._descent.starts)

    def _change_pilot(self) -> None:
        """Go on with a pilot that has been waited for, if it is there."""
        if self._coming is not None and self._coming.over:
            self.pilot = self._coming.pilot(self.judge, self._stepping) or self.pilot
            self._coming = None

    def _evenly(self, rows: int) -> int:
        """Return how many of so many rows make a block, so that all threads are kept busy."""
        rounds = math.ceil(rows / (self._threads * self.pilot.block_rows))
        return max(math.ceil(rows / (self._threads * max(rounds, 1))), _LEAST_ROWS)

    def _run(self, first: int, last: int, block: Block) -> None:
        self.pilot.run(block, first, last)

    @contextmanager
    def _helpers(self) -> Iterator[ThreadPoolExecutor | None]:
        """Lend the threads that compute besides the one that asks, if there is work for them."""
        count = min(self._threads, len(self._blocks)) - 1
        if count < 1:
            yield None
            return
        with ThreadPoolExecutor(count, thread_name_prefix="rows") as pool:
            yield pool

    def _each(self, work: Callable[[Block], None], helpers: ThreadPoolExecutor | None) -> None:
        """Do some work on every block, and drop those that are empty behind it."""
        # All threads take from one iterator: whichever is free gets the next block.
        blocks = iter(self._blocks)

        def work_on() -> None:
            for block in blocks:
                work(block)

        count = min(self._threads, len(self._blocks)) - 1
        helping = [] if helpers is None else [helpers.submit(work_on) for _ in range(count)]
        try:
            work_on()
        finally:
            for one in helping:
                one.result()
        self._blocks = [block for block in self._blocks if block.size]

    def _fill_blocks(self) -> None:
        """Put what is left of many blocks into few."""
        count = len(self._blocks)
        if count > 1 and self.open < _LEAST_FILLED * count * self._block_rows:
            size = min(self._block_rows, self._evenly(self.open))
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
        The same one after each round, with more filled in; at first those of the starts.
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
