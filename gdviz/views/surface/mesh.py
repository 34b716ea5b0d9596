"""A landscape's sampled field as triangles in a box."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdviz.engine import ContourMap
from gdviz.experiment.camera import HALF_SIDES
from gdviz.landscapes import FloatArray
from gdviz.views.surface.heights import HeightScale
from gdviz.views.surface.triangulation import Triangulation, triangulated

__all__ = ["SurfaceMesh", "surface_mesh"]

MOST_SAMPLES = 200
_FARTHEST = 1e6


@dataclass(frozen=True, eq=False)
class SurfaceMesh:
    """Heights on a grid; the domain and the heights fill the box of `HALF_SIDES`.

    Each cell is two triangles that share the diagonal from its lowest corner in x and y to its
    highest; one with a corner that is undefined is left out. What would be above the box is
    flat, at its top, with a sharp edge.

    Attributes
    ----------
    x, y : ndarray, shapes (nx,) and (ny,)
        The parameters.
    height : ndarray, shape (ny, nx)
        From 0 on, 1 at the top of the box; NaN where the landscape is undefined.
    shade : ndarray, shape (ny, nx)
        Where each loss is in the color map, from 0 to 1.
    heights : HeightScale
        Where the heights are from.
    """

    x: FloatArray
    y: FloatArray
    height: FloatArray
    shade: FloatArray
    heights: HeightScale

    @property
    def vertices(self) -> FloatArray:
        """The corners of the triangles in the box, shape (n, 3): the grid first, in rows."""
        return self._triangulation.vertices

    @property
    def shades(self) -> FloatArray:
        """Where each vertex is in the color map, shape (n,)."""
        return self._triangulation.shades

    @property
    def triangles(self) -> NDArray[np.int32]:
        """The vertices of each triangle, shape (m, 3), counterclockwise from above."""
        return self._triangulation.triangles

    @property
    def normals(self) -> FloatArray:
        """Unit vectors across the surface at each vertex, shape (n, 3), upward."""
        return self._triangulation.normals

    @cached_property
    def _triangulation(self) -> Triangulation:
        x, y = np.meshgrid(self.x, self.y)
        flat = self.in_box(np.stack([x.ravel(), y.ravel()], axis=1))
        z = HALF_SIDES[2] * (2.0 * self.height.ravel() - 1.0)
        return triangulated(flat, z, self.shade.ravel(), self.height.shape, HALF_SIDES[2])

    def in_box(self, params: FloatArray) -> FloatArray:
        """Return where parameters (n, 2) are in the box, far ones drawn in to a million."""
        low = np.array([self.x[0], self.y[0]])
        high = np.array([self.x[-1], self.y[-1]])
        with np.errstate(all="ignore"):
            share = (params - low) / (high - low)
        places = np.multiply(HALF_SIDES[:2], 2.0 * share - 1.0)
        return np.asarray(np.clip(places, -_FARTHEST, _FARTHEST))

    def params(self, points: FloatArray) -> FloatArray:
        """Return the parameters (n, 2) of points (n, 2) or (n, 3) of the box."""
        share = 0.5 * (points[:, :2] / HALF_SIDES[:2] + 1.0)
        low = np.array([self.x[0], self.y[0]])
        return np.asarray(low + share * (np.array([self.x[-1], self.y[-1]]) - low))

    def on_surface(self, flat: FloatArray) -> FloatArray:
        """Return the points (n, 3) of the triangles above or below places (n, 2) of the box.

        Those outside the domain and in holes are NaN.
        """
        rows, columns = self.height.shape
        across, column = _between(flat[:, 0] / HALF_SIDES[0], self._grid[0], columns)
        along, row = _between(flat[:, 1] / HALF_SIDES[1], self._grid[1], rows)
        height = self.height
        low, high = height[row, column], height[row + 1, column + 1]
        right, left = height[row, column + 1], height[row + 1, column]
        with np.errstate(invalid="ignore"):
            beneath = low + across * (right - low) + along * (high - right)
            above = low + along * (left - low) + across * (high - left)
        found = np.where(across >= along, beneath, above)
        return np.column_stack([flat, HALF_SIDES[2] * (2.0 * np.minimum(found, 1.0) - 1.0)])

    def at(self, params: FloatArray) -> FloatArray:
        """Return the points (n, 3) of the surface at parameters (n, 2); NaN where none is."""
        return self.on_surface(self.in_box(params))

    def tangent(self, loss: float, gradient: FloatArray) -> FloatArray:
        """Return by how much the box's z grows with its x and its y at a point, shape (2,).

        Parameters
        ----------
        loss : float
            At the point.
        gradient : ndarray, shape (2,)
            Its partial derivatives there.
        """
        per_loss = float(self.heights.per_loss(np.array([loss]))[0])
        widths = np.array([self.x[-1] - self.x[0], self.y[-1] - self.y[0]])
        with np.errstate(all="ignore"):
            slope = HALF_SIDES[2] * per_loss * gradient * widths / HALF_SIDES[:2]
        return np.asarray(slope)

    def coarser(self, most: int) -> SurfaceMesh:
        """Return the mesh of some of its samples: at most so many along each parameter."""
        some_x, some_y = _spread(self.x.size, most), _spread(self.y.size, most)
        grid = np.ix_(some_y, some_x)
        return SurfaceMesh(
            self.x[some_x], self.y[some_y], self.height[grid], self.shade[grid], self.heights
        )

    @cached_property
    def _grid(self) -> tuple[FloatArray, FloatArray]:
        """The samples' places along each side of the box, from −1 to 1."""
        across, along = (
            2.0 * (values - values[0]) / (values[-1] - values[0]) - 1.0
            for values in (self.x, self.y)
        )
        return across, along


def surface_mesh(
    contour_map: ContourMap, heights: HeightScale, most: int = MOST_SAMPLES
) -> SurfaceMesh:
    """Make the mesh of a contour map's field.

    Parameters
    ----------
    contour_map : ContourMap
    heights : HeightScale
    most : int
        How many samples along each parameter are enough.
    """
    field = contour_map.field
    some_x, some_y = _spread(field.x.size, most), _spread(field.y.size, most)
    loss = field.loss[np.ix_(some_y, some_x)]
    shade = contour_map.scale.shade(loss)
    return SurfaceMesh(field.x[some_x], field.y[some_y], heights.uncut(loss), shade, heights)


def _spread(count: int, most: int) -> NDArray[np.int64]:
    return np.rint(np.linspace(0, count - 1, min(count, most))).astype(np.int64)


def _between(
    places: FloatArray, grid: FloatArray, count: int
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return how far between two samples places are, NaN outside, and the sample before."""
    index = np.interp(places, grid, np.arange(count), left=np.nan, right=np.nan)
    before = np.clip(np.nan_to_num(np.floor(index)), 0, count - 2).astype(np.int64)
    return index - before, before
