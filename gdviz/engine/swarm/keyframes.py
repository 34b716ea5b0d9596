"""Which steps of a swarm are kept."""

from __future__ import annotations

from gdviz.engine.bulk import CHUNK, Bulk
from gdviz.engine.bulk.snapshot import Snapshot
from gdviz.numbers import format_number

__all__ = ["Keyframes"]

_MEGABYTE = 1_000_000


class Keyframes:
    """Keeps every k-th step of a bulk within a number of bytes.

    Where there are too many, every other one is dropped and k doubles.

    Parameters
    ----------
    budget : int
        In bytes. The start is always kept.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._kept: dict[int, Snapshot] = {}
        self._sizes: dict[int, int] = {}
        self.every = CHUNK

    @property
    def steps(self) -> tuple[int, ...]:
        """Which steps are kept, in order."""
        return tuple(sorted(self._kept))

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return sum(self._sizes.values())

    def next_after(self, step: int) -> int:
        """Return the next step that is to be kept."""
        return step - step % self.every + self.every

    def offer(self, bulk: Bulk) -> None:
        """Keep a bulk as it is now, if it is at such a step."""
        step = bulk.step
        if step % self.every or step in self._kept:
            return
        before = max((kept for kept in self._kept if kept < step), default=None)
        if before is not None and bulk.open == 0 and self._ended_at(before):
            return
        snapshot = bulk.snapshot()
        self._kept[step], self._sizes[step] = snapshot, snapshot.nbytes
        while self.size > self._budget and len(self._kept) > 1:
            self.every *= 2
            for other in [kept for kept in self._kept if kept % self.every]:
                del self._kept[other], self._sizes[other]

    def rewind(self, bulk: Bulk, step: int) -> None:
        """Take a bulk to the nearest step up to the one given, if it isn't nearer already."""
        nearest = max(kept for kept in self._kept if kept <= step)
        if bulk.step > step or nearest > bulk.step:
            bulk.restore(self._kept[nearest])

    def sentence(self, runs: int) -> str:
        """Say in a sentence what is kept of so many runs."""
        size = f"{format_number(round(self.size / _MEGABYTE, 1))} MB"
        return (
            f"Of {runs:,} runs, every {_ordinal(self.every)} step is kept, "
            f"the steps between are computed again; {size}."
        )

    def _ended_at(self, step: int) -> bool:
        return not any(block.size for block in self._kept[step].blocks)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if 10 <= number % 100 < 20 else ending}"
