"""Many polylines as one array, so that NumPy handles them all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["Strands"]


@dataclass(frozen=True, eq=False)
class Strands:
    """Polylines one after the other.

    Attributes
    ----------
    points : ndarray, shape (n, 2)
    strand : ndarray of int, shape (n,)
        The polyline that each point belongs to; it never falls.
    """

    points: FloatArray
    strand: NDArray[np.int64]

    @classmethod
    def of(cls, lines: Sequence[FloatArray]) -> Self:
        """Join polylines, each of shape (points, 2)."""
        lengths = [len(line) for line in lines]
        points = np.concatenate([np.empty((0, 2)), *lines])
        return cls(points, np.repeat(np.arange(len(lengths)), lengths))

    @property
    def count(self) -> int:
        """The number of polylines that have points."""
        return int(np.count_nonzero(self._begins))

    @property
    def lines(self) -> list[FloatArray]:
        """The polylines that have points."""
        return np.split(self.points, np.flatnonzero(self._begins)[1:]) if len(self.points) else []

    @property
    def segments(self) -> FloatArray:
        """The straight lines from each point to the next one, shape (m, 4): x, y, x, y."""
        inner = ~self._begins[1:]
        return np.concatenate([self.points[:-1], self.points[1:]], axis=1)[inner]

    def at(self, points: FloatArray) -> Strands:
        """Return the same polylines with other points, shape (n, 2)."""
        return Strands(points, self.strand)

    def only(self, chosen: NDArray[np.bool_]) -> Strands:
        """Return some polylines.

        Parameters
        ----------
        chosen : ndarray of bool
            For each polyline, whether it is wanted.
        """
        wanted = np.flatnonzero(chosen)
        if wanted.size == 1:
            begin, end = np.searchsorted(self.strand, [wanted[0], wanted[0] + 1]).tolist()
            return Strands(self.points[begin:end], self.strand[begin:end])
        mask = chosen[self.strand]
        return Strands(self.points[mask], self.strand[mask])

    def simplified(self, cell: float = 0.25) -> Strands:
        """Leave out points that lie in the same `cell` as the one before.

        Parameters
        ----------
        cell : float
            The side of the squares within which points are not told apart.
        """
        cells = np.rint(self.points / cell)
        kept = self._begins
        kept[1:] |= np.any(cells[1:] != cells[:-1], axis=1)
        return Strands(self.points[kept], self.strand[kept])

    def far_ends(self, spacing: float) -> FloatArray:
        """Return the points, shape (m, 2), that are at least `spacing` away from the one before."""
        if len(self.points) < 2:
            return np.empty((0, 2))
        far = np.hypot(*np.diff(self.points, axis=0).T) >= spacing
        return np.asarray(self.points[1:][far & ~self._begins[1:]])

    @property
    def _begins(self) -> NDArray[np.bool_]:
        """Whether each point is the first one of its polyline, shape (n,)."""
        begins = np.ones(len(self.points), dtype=bool)
        begins[1:] = self.strand[1:] != self.strand[:-1]
        return begins
