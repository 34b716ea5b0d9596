"""The loss along one direction from each point, which is what a line search looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.rows import dot, finite, norm, times

__all__ = ["Ray", "Rows"]

Rows = NDArray[np.intp]
_LONGEST = 2.0**10
_EPSILON = float(np.finfo(np.float64).eps)
# Rounding hides a decrease below half an ε of the loss. A search may go on for a while where
# slopes decide, so that a gradient gets a hundred times smaller than losses alone can tell.
_VISIBLE = 1e-4 * _EPSILON


@dataclass(frozen=True, eq=False)
class Ray:
    """φ(t) = f(x + t p) for each row of a batch, t ≥ 0.

    The points x + t p are rounded as a caller rounds who adds `update` to x: what holds of
    the loss here holds of the loss there, to the last bit.

    Attributes
    ----------
    objective : Objective
    origin, direction : ndarray, shape (n, d)
        x and p.
    loss, slope : ndarray, shape (n,)
        φ(0), and φ′(0) = pᵀ∇f(x).
    resting : ndarray of bool, shape (n,)
        The rows that are not to be searched.
    """

    objective: Objective
    origin: FloatArray
    direction: FloatArray
    loss: FloatArray
    slope: FloatArray
    resting: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        objective: Objective,
        origin: FloatArray,
        gradient: FloatArray,
        direction: FloatArray,
        resting: NDArray[np.bool_],
    ) -> Self:
        """Return the rays from points with known gradients, arrays of (n, d)."""
        slope = dot(gradient, direction)
        return cls(objective, origin, direction, objective.loss(origin), slope, resting)

    def downhill(self, first: FloatArray) -> Rows:
        """Return the rows to search: the loss is known, and falls enough to be told.

        Parameters
        ----------
        first : ndarray, shape (n,)
            The first trial of each row.
        """
        known = np.isfinite(self.loss) & np.isfinite(self.slope) & finite(self.direction)
        rows = np.flatnonzero(known & (self.slope < 0.0) & ~self.resting)
        return rows[self.tells(rows, first[rows])]

    def update(self, steps: FloatArray) -> FloatArray:
        """Return what steps t (n,) add to the points; where t is 0, that is 0."""
        long = steps[:, np.newaxis]
        return np.where(long > 0.0, long * self.direction, 0.0)

    def losses(self, rows: Rows, steps: FloatArray) -> FloatArray:
        """Return φ(t) of some rows."""
        return self.objective.loss(self._points(rows, steps))

    def slopes(self, rows: Rows, steps: FloatArray) -> FloatArray:
        """Return φ′(t) of some rows."""
        return dot(self.objective.gradient(self._points(rows, steps)), self.direction[rows])

    def bends(self) -> FloatArray:
        """Return φ″(0) of all rows."""
        return dot(self.direction, times(self.objective.hessian(self.origin), self.direction))

    def tells(self, rows: Rows, steps: FloatArray) -> NDArray[np.bool_]:
        """Tell where a step changes the point, and by its slope might change the loss."""
        moves = np.any(self._points(rows, steps) != self.origin[rows], axis=1)
        drop = -steps * self.slope[rows]
        return np.asarray(moves & (drop > _VISIBLE * np.abs(self.loss[rows])))

    def longest(self, rows: Rows, first: FloatArray) -> FloatArray:
        """Return how long steps get where the loss falls on and on.

        1024 times the first trial, or as long as 1024 units of the parameters if that is
        more: far enough to leave a picture soon, and near enough to be seen leaving.
        """
        return _LONGEST * np.maximum(first, 1.0 / norm(self.direction[rows]))

    def resolution(self, rows: Rows, steps: FloatArray) -> FloatArray:
        """Return by how much a step must change for rounding to give another point."""
        ratios = np.abs(self._points(rows, steps) / self.direction[rows])
        finest = np.fmin.reduce(ratios, axis=1)
        return 2.0 * _EPSILON * np.where(finest < np.inf, np.fmax(finest, steps), steps)

    def _points(self, rows: Rows, steps: FloatArray) -> FloatArray:
        return self.origin[rows] + steps[:, np.newaxis] * self.direction[rows]
