"""Where two optimizers lead to different places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.basins.basin_map import PENDING, BasinMap

__all__ = ["BasinDifference", "Comparison", "difference"]


class Comparison(IntEnum):
    """What two runs from one start have in common."""

    PENDING = 0
    SAME = 1
    OTHER = 2
    FIRST = 3
    SECOND = 4
    NEITHER = 5

    @property
    def title(self) -> str:
        """What it is called in a legend."""
        return _TITLES[self]


_TITLES = {
    Comparison.PENDING: "not computed yet",
    Comparison.SAME: "the same place",
    Comparison.OTHER: "different places",
    Comparison.FIRST: "only the first rests",
    Comparison.SECOND: "only the second rests",
    Comparison.NEITHER: "neither rests",
}


@dataclass(frozen=True, eq=False)
class BasinDifference:
    """Two maps of one box, compared pixel by pixel; arrays are read-only.

    Attributes
    ----------
    first, second : BasinMap
        Their numbers stand for the same places.
    comparison : ndarray of int8, shape (ny, nx)
        Values of `Comparison`.
    saved : ndarray of int64, shape (ny, nx)
        How many steps fewer the second takes where both come to rest; else 0.
    """

    first: BasinMap
    second: BasinMap
    comparison: NDArray[np.int8]
    saved: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.comparison, self.saved):
            array.flags.writeable = False

    def share_of(self, comparison: Comparison) -> float:
        """Return which part of the box has one of the values."""
        return float(np.mean(self.comparison == comparison))

    def sentence(self, row: int, column: int) -> str:
        """Say what becomes of both runs from a pixel's center."""
        one, other = (part.sentence(row, column) for part in (self.first, self.second))
        return f"{one}; the second {other.partition(': ')[2]}"


def difference(first: BasinMap, second: BasinMap) -> BasinDifference:
    """Compare two maps.

    Parameters
    ----------
    first, second : BasinMap
        Of one box and one shape; `second` was computed with the places of `first` known,
        so that the same number is the same place.

    Raises
    ------
    ValueError
        If they have different boxes or shapes, or number their places differently.
    """
    if first.shape != second.shape or first.domain != second.domain:
        raise ValueError(f"two maps of one box are needed, got {first.shape} and {second.shape}")
    shared = min(len(first.rests), len(second.rests))
    if first.rests[:shared] != second.rests[:shared]:
        raise ValueError("the two maps number their places differently")
    one, other = first.basin, second.basin
    comparison = np.full(one.shape, Comparison.NEITHER, dtype=np.int8)
    comparison[(one >= 0) & (other < 0)] = Comparison.FIRST
    comparison[(one < 0) & (other >= 0)] = Comparison.SECOND
    both = (one >= 0) & (other >= 0)
    comparison[both] = np.where(one == other, Comparison.SAME, Comparison.OTHER)[both]
    comparison[(one == PENDING) | (other == PENDING)] = Comparison.PENDING
    saved = np.where(both, first.step - second.step, 0)
    return BasinDifference(first, second, comparison, saved)
