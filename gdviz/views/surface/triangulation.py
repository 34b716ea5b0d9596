"""A grid of heights as triangles, cut off sharply at a ceiling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["Triangulation", "triangulated"]

_UP = (0.0, 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Triangulation:
    """Triangles with what is known at their corners.

    Attributes
    ----------
    vertices, normals : ndarray, shape (n, 3)
    shades : ndarray, shape (n,)
    triangles : ndarray of int, shape (m, 3)
    """

    vertices: FloatArray
    normals: FloatArray
    shades: FloatArray
    triangles: NDArray[np.int32]


def triangulated(
    flat: FloatArray, z: FloatArray, shades: FloatArray, shape: tuple[int, int], ceiling: float
) -> Triangulation:
    """Make triangles of a grid.

    Parameters
    ----------
    flat : ndarray, shape (rows · columns, 2)
        Where the grid's points are, row after row.
    z : ndarray, shape (rows · columns,)
        How high they are; NaN in holes.
    shades : ndarray, shape (rows · columns,)
    shape : (int, int)
        Rows and columns.
    ceiling : float
        Triangles that pass it are divided there, and what is above lies flat upon it.
    """
    triangles = _cells(shape)
    defined = np.isfinite(z)
    if not defined.all():
        triangles = triangles[defined[triangles].all(axis=1)]
    vertices = np.column_stack([flat, np.where(defined, np.minimum(z, ceiling), 0.0)])
    shades = np.nan_to_num(shades)
    above = (z > ceiling)[triangles]
    crossing = above.any(axis=1) & ~above.all(axis=1)
    if not crossing.any():
        normals = _normals(vertices, triangles)
        return Triangulation(vertices, normals, shades, triangles)
    ends = _edges_of(triangles[crossing], above[crossing])
    begin, end = ends[:, :, 0], ends[:, :, 1]
    share = (ceiling - z[begin]) / (z[end] - z[begin])
    cut = np.empty((*share.shape, 3))
    cut[..., :2] = flat[begin] + share[..., np.newaxis] * (flat[end] - flat[begin])
    cut[..., 2] = ceiling
    cut_shades = shades[begin] + share * (shades[end] - shades[begin])
    # Each cut point twice: one belongs to the slope, the other to the ceiling.
    count, more = len(vertices), share.size
    first = count + np.arange(more).reshape(share.shape)
    odd_is_above = above[crossing].sum(axis=1) == 1
    own = np.where(odd_is_above[:, np.newaxis], first + more, first)
    others = np.where(odd_is_above[:, np.newaxis], first, first + more)
    odd, left, right = begin[:, 0], end[:, 0], end[:, 1]
    parts = [
        triangles[~crossing],
        np.column_stack([odd, own]),
        np.column_stack([others[:, 0], left, right]),
        np.column_stack([others[:, 0], right, others[:, 1]]),
    ]
    triangles = np.concatenate(parts).astype(np.int32)
    vertices = np.concatenate([vertices, *[cut.reshape(-1, 3)] * 2])
    normals = _normals(vertices, triangles)
    below = np.where(odd_is_above[:, np.newaxis], end, begin)
    normals[count : count + more] = normals[below.ravel()]
    normals[count + more :] = _UP
    shades = np.concatenate([shades, *[cut_shades.ravel()] * 2])
    return Triangulation(vertices, normals, shades, triangles)


def _cells(shape: tuple[int, int]) -> NDArray[np.int32]:
    """Return two triangles for each cell, row after row."""
    rows, columns = shape
    index = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    low, right = index[:-1, :-1], index[:-1, 1:]
    left, high = index[1:, :-1], index[1:, 1:]
    return np.stack([low, right, high, low, high, left], axis=-1).reshape(-1, 3)


def _edges_of(triangles: NDArray[np.int32], above: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the two edges from the corner that is alone on its side, shape (n, 2, 2)."""
    alone = np.where((above.sum(axis=1) == 1)[:, np.newaxis], above, ~above).argmax(axis=1)
    order = (alone[:, np.newaxis] + np.arange(3)) % 3
    odd, left, right = np.take_along_axis(triangles, order, axis=1).T
    return np.stack([np.stack([odd, left], axis=1), np.stack([odd, right], axis=1)], axis=1)


def _normals(vertices: FloatArray, triangles: NDArray[np.int32]) -> FloatArray:
    """Return unit vectors: the means of those across the triangles about each vertex."""
    first, second, third = (vertices[triangles[:, corner]] for corner in range(3))
    across = np.cross(second - first, third - first)
    count = len(vertices)
    normals = np.empty((count, 3))
    for axis in range(3):
        sums = [np.bincount(triangles[:, corner], across[:, axis], count) for corner in range(3)]
        normals[:, axis] = sums[0] + sums[1] + sums[2]
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    known = length > 0.0
    return np.where(known, normals / np.where(known, length, 1.0), _UP)
