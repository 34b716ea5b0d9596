"""Which steps of a long run are kept, so that memory stays bounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Recording"]

_MOST_ROWS_DENSE = 2_000_000
_DENSE_AT_MOST = 100_000
_DENSE_AT_LEAST = 1_000


@dataclass(frozen=True)
class Recording:
    """The rule by which steps are kept.

    Every step up to `dense` is kept, then every 2nd up to twice as many, every 4th
    up to four times as many, and so on; the last step always. The start of a run,
    where most happens, stays whole, and a run of N steps takes about
    ``dense · (1 + log₂(N / dense) / 2)`` records.

    Attributes
    ----------
    steps : int
        The run's number of steps.
    dense : int
        The step up to which all are kept.
    """

    steps: int
    dense: int

    @classmethod
    def of(cls, steps: int, rows: int) -> Recording:
        """Return the rule for a batch of `rows` runs of `steps` steps."""
        dense = min(max(_MOST_ROWS_DENSE // max(rows, 1), _DENSE_AT_LEAST), _DENSE_AT_MOST)
        return cls(steps, dense)

    @property
    def thinned(self) -> bool:
        """Whether any step is left out."""
        return self.steps > self.dense + 1

    @property
    def sentence(self) -> str:
        """Say what is kept; empty when everything is."""
        if not self.thinned:
            return ""
        return (
            f"Of {self.steps:,} steps, every one up to {self.dense:,} is kept, "
            f"then every 2nd, 4th, … and the last."
        )

    def kept(self, first: int, last: int) -> NDArray[np.int64]:
        """Return the steps from `first` to `last`, both included, that are kept."""
        pieces = [np.empty(0, dtype=np.int64)]
        bottom, top, stride = 0, self.dense, 1
        while bottom <= last:
            low = -(-max(first, bottom) // stride) * stride
            pieces.append(np.arange(low, min(last, top) + 1, stride, dtype=np.int64))
            bottom, top, stride = top + 1, 2 * top, 2 * stride
        kept = np.concatenate(pieces)
        if first <= self.steps <= last and self.steps not in kept[-1:]:
            kept = np.append(kept, self.steps)
        return kept
