"""Some runs of a swarm, and which of their steps are kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk import CHUNK, Bulk, cores
from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.bulk.snapshot import Snapshot
from gdviz.engine.descent import Descent
from gdviz.engine.swarm.frame import SwarmCounts, drawn_of
from gdviz.landscapes import FloatArray

__all__ = ["Lane", "ordinal"]

_ROW_STEPS_AT_ONCE = 1 << 18
_QUICK_ROW_STEPS_AT_ONCE = 1 << 23
_QUICK_EVERY = 4 * CHUNK  # to keep a step takes as long as to compute dozens with a kernel
_BLOCK_ROWS = 1 << 15  # many short calls of NumPy would keep a window from its turn


class Lane:
    """Runs that are computed together; every k-th step of them is kept.

    Where that takes too many bytes, every other one is dropped and k doubles.

    Parameters
    ----------
    descent : Descent
        Of these runs only.
    budget : int
        In bytes. The start is always kept.
    threads : int or None
        As many as there are cores if None.
    kernels : Pilots, optional
        Where a quicker pilot comes from.

    Attributes
    ----------
    every : int
        This is k.
    settled : int or None
        The step after which none of them moves any more; None while it isn't known.
    """

    def __init__(
        self,
        descent: Descent,
        budget: int,
        threads: int | None = None,
        kernels: Pilots | None = None,
    ) -> None:
        self._descent, self._budget, self._threads = descent, budget, threads
        self._kernels = kernels
        self._made: Bulk | None = None
        self._kept: dict[int, Snapshot] = {}
        self._params: FloatArray = np.empty((0, 0))
        self._counted: tuple[int, SwarmCounts] | None = None
        self.every = CHUNK
        self.settled: int | None = None

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(snapshot.nbytes for snapshot in self._kept.values())

    @property
    def outcome(self) -> NDArray[np.uint8]:
        """How the runs ended, as far as they have; see `gdviz.engine.bulk.Arrivals`."""
        return self._bulk.arrivals.outcome

    def reach(self, step: int) -> Iterator[None]:
        """Come to a step, in parts of a few milliseconds each; None after each of them."""
        if self._made is None:
            yield None
        bulk = self._bulk
        nearest = max(kept for kept in self._kept if kept <= step)
        if bulk.step > step or nearest > bulk.step:
            bulk.restore(self._kept[nearest])
        while bulk.step < step:
            rows, at_once = self._descent.rows, _ROW_STEPS_AT_ONCE
            if bulk.relieved:
                # A kernel leaves the interpreter to others while it runs: the fewer calls the
                # better, since for each one it must be asked back.
                bulk.regroup(-(-rows // (self._threads or cores())))
                at_once = _QUICK_ROW_STEPS_AT_ONCE
                self._thin_to(max(self.every, _QUICK_EVERY))
            most = max(at_once // rows, 1)
            to_keep = bulk.step - bulk.step % self.every + self.every
            part = bulk.step + most
            if most >= CHUNK:
                part -= part % CHUNK  # from there on, a kernel judges as it goes
            ahead = min(step, to_keep, part) if bulk.open else step
            bulk.advance(ahead - bulk.step)
            if not bulk.open and self.settled is None:
                self.settled = int(bulk.arrivals.step.max())
            self._keep()
            yield None

    def params(self) -> FloatArray:
        """Return where the runs are, shape (d, m); overwritten at the next call."""
        if not self._params.size:
            self._params = np.empty_like(self._bulk.arrivals.params)
        return self._bulk.params(out=self._params)

    def places(self) -> Iterator[tuple[FloatArray, NDArray[np.bool_] | None]]:
        """Yield where the runs are, uncopied: places (d, m), and which of them are drawn.

        None stands for all. Only to be read, and before the next step.
        """
        bulk = self._bulk
        for params in bulk.in_flight:
            yield params, None
        ended = bulk.arrivals.outcome
        if bulk.open < ended.size:
            yield bulk.arrivals.params, drawn_of(ended) & (ended > 0)

    def counts(self) -> SwarmCounts:
        """Count how far the runs have come."""
        # Ends only add up: as many rows in flight are the same rows, hence the same counts.
        going = self._bulk.open
        if self._counted is None or self._counted[0] != going:
            self._counted = (going, SwarmCounts.of(self.outcome))
        return self._counted[1]

    @property
    def _bulk(self) -> Bulk:
        if self._made is None:
            self._made = Bulk(self._descent, self._threads, _BLOCK_ROWS, self._kernels)
            if not self._made.open:
                self.settled = 0
            self._keep()
        return self._made

    def _keep(self) -> None:
        """Keep the runs as they are now, if this is such a step and they have moved since."""
        assert self._made is not None
        bulk, step = self._made, self._made.step
        if step % self.every or step in self._kept:
            return
        before = max((kept for kept in self._kept if kept < step), default=None)
        if before is not None and not any(block.size for block in self._kept[before].blocks):
            return
        self._kept[step] = bulk.snapshot()
        while self.size > self._budget and len(self._kept) > 1:
            self._thin_to(2 * self.every)

    def _thin_to(self, every: int) -> None:
        """Keep every so many steps only, from now on and of those that are kept."""
        if every != self.every:
            self.every = every
            self._kept = {at: some for at, some in self._kept.items() if at % every == 0}


def ordinal(number: int) -> str:
    """Return a number as ``16th``."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if 10 <= number % 100 < 20 else ending}"
