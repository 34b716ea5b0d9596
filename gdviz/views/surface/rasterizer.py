"""Drawing triangles without OpenGL: an exact z buffer in NumPy.

The method is the usual one, after J. Pineda, *A parallel algorithm for polygon rasterization*,
SIGGRAPH 1988: a pixel belongs to a triangle if its middle is on the inner side of three edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.relief import DEEPEST, Lighting, Relief, packed

__all__ = ["lit_colors", "rasterize", "render"]

_AT_ONCE = 1 << 20
_TOUCHING = 1e-9
_NOTHING = np.iinfo(np.int64).max


def render(
    mesh: SurfaceMesh,
    colors: FloatArray,
    projection: Projection,
    factor: float,
    lighting: Lighting | None = None,
) -> Relief:
    """Render a surface.

    Parameters
    ----------
    mesh : SurfaceMesh
    colors : ndarray, shape (vertices, 3)
        Red, green and blue from 0 to 1, without light.
    projection : Projection
        In logical pixels.
    factor : float
        How many pixels are rendered along each side of a logical one.
    lighting : Lighting, optional
    """
    pixels = projection.pixels(mesh.vertices)
    pixels[:, :2] *= factor
    columns, rows = (max(round(side * factor), 1) for side in (projection.width, projection.height))
    owner, depth = rasterize(pixels, mesh.triangles, (rows, columns))
    lit = lit_colors(mesh, colors, projection, lighting or Lighting())
    picture = np.zeros(rows * columns, dtype=np.uint32)
    depths = np.zeros(rows * columns, dtype=np.uint32)
    drawn = np.flatnonzero(owner.ravel() >= 0)
    chosen = owner.ravel()[drawn]
    middles = _middles(drawn, columns)
    shares = _Edges.of(pixels, mesh.triangles).shares(chosen, middles)
    corners = mesh.triangles[chosen]
    mixed = sum(shares[:, number, np.newaxis] * lit[corners[:, number]] for number in range(3))
    red, green, blue = np.rint(255.0 * np.clip(mixed, 0.0, 1.0)).astype(np.uint32).T
    picture[drawn] = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    depths[drawn] = packed(depth.ravel()[drawn])
    return Relief(picture.reshape(rows, columns), depths.reshape(rows, columns), factor)


def rasterize(
    pixels: FloatArray, triangles: NDArray[np.int32], shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the nearest triangle at the middle of each pixel.

    Parameters
    ----------
    pixels : ndarray, shape (n, 3)
        Column, row and depth, 0 to 1, of each vertex.
    triangles : ndarray of int, shape (m, 3)
        The vertices of each.
    shape : (int, int)
        Rows and columns of the picture.

    Returns
    -------
    owner : ndarray of int64
        The triangle at each pixel; −1 where there is none.
    depth : ndarray of int64
        Its depth there, up to `DEEPEST`; 0 where there is none.
    """
    rows, columns = shape
    nearest = np.full(rows * columns, _NOTHING)
    edges = _Edges.of(pixels, triangles)
    for some, places in _candidates(pixels, triangles, shape):
        middle = _middles(places, columns)
        second, third = edges.inner(some, middle)
        inside = (second >= -_TOUCHING) & (third >= -_TOUCHING) & (second + third <= 1 + _TOUCHING)
        within = some[inside]
        depth = edges.depth(within, second[inside], third[inside])
        # One number holds the depth and, behind it, the triangle: the least wins.
        np.minimum.at(nearest, places[inside], (depth << 32) | within)
    none = nearest == _NOTHING
    owner = np.where(none, -1, nearest & 0xFFFFFFFF)
    return owner.reshape(shape), np.where(none, 0, nearest >> 32).reshape(shape)


def lit_colors(
    mesh: SurfaceMesh, colors: FloatArray, projection: Projection, lighting: Lighting
) -> FloatArray:
    """Return the color of each vertex in the light, shape (n, 3), from 0 on.

    The side of the surface that faces the eye is the one that is lit; the highlight is that of
    Blinn, *Models of light reflection for computer synthesized pictures*, SIGGRAPH 1977.
    """
    axes = projection.camera.axes
    light = _unit(np.array(lighting.light)) @ axes
    half = _unit(light + axes[2])
    toward = projection.camera.toward_eye(mesh.vertices)
    facing = np.where((mesh.normals * toward).sum(axis=1) < 0.0, -1.0, 1.0)
    lambert = np.maximum(facing * (mesh.normals @ light), 0.0)
    shine = np.maximum(facing * (mesh.normals @ half), 0.0) ** lighting.shine
    brightness = lighting.ambient + lighting.diffuse * lambert
    return np.asarray(colors * brightness[:, np.newaxis] + lighting.gloss * shine[:, np.newaxis])


@dataclass(frozen=True, eq=False)
class _Edges:
    """For each triangle the two linear functions of the pixel that are 0 on two of its edges.

    They are the shares of its second and third corner at a pixel.
    """

    corner: FloatArray  # (m, 3)
    rows: FloatArray  # (m, 2, 2)
    rise: FloatArray  # (m, 2)

    @classmethod
    def of(cls, pixels: FloatArray, triangles: NDArray[np.int32]) -> _Edges:
        first, second, third = (pixels[triangles[:, corner]] for corner in range(3))
        (ux, uy, uz), (vx, vy, vz) = (second - first).T, (third - first).T
        area = ux * vy - uy * vx
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            rows = np.stack([vy, -vx, -uy, ux], axis=1).reshape(-1, 2, 2) / area[:, None, None]
        return cls(first, rows, np.stack([uz, vz], axis=1))

    def inner(self, owner: NDArray[np.int64], middle: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the shares of the second and the third corner; NaN for flat triangles."""
        across, down = (middle - self.corner[owner, :2]).T
        rows = self.rows[owner]
        with np.errstate(invalid="ignore", over="ignore"):
            second = rows[:, 0, 0] * across + rows[:, 0, 1] * down
            third = rows[:, 1, 0] * across + rows[:, 1, 1] * down
        return second, third

    def depth(
        self, owner: NDArray[np.int64], second: FloatArray, third: FloatArray
    ) -> NDArray[np.int64]:
        rise = self.rise[owner]
        depth = self.corner[owner, 2] + second * rise[:, 0] + third * rise[:, 1]
        return np.asarray((np.clip(depth, 0.0, 1.0) * DEEPEST).astype(np.int64))

    def shares(self, owner: NDArray[np.int64], middle: FloatArray) -> FloatArray:
        """Return the shares of all corners, shape (n, 3)."""
        second, third = self.inner(owner, middle)
        return np.stack([1.0 - second - third, second, third], axis=1)


def _candidates(
    pixels: FloatArray, triangles: NDArray[np.int32], shape: tuple[int, int]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield triangles and the pixels of the boxes about them, about a million at a time."""
    rows, columns = shape
    last = np.array([columns - 1, rows - 1])
    corners = pixels[triangles][..., :2]
    low = np.clip(np.ceil(corners.min(axis=1) - 0.5), 0, last + 1).astype(np.int64)
    high = np.clip(np.floor(corners.max(axis=1) - 0.5), -1, last).astype(np.int64)
    wide, tall = np.maximum(high - low + 1, 0).T
    count = wide * tall
    begins = np.cumsum(count) - count
    whole = int(count.sum())
    cuts = np.searchsorted(begins, np.arange(_AT_ONCE, whole + _AT_ONCE, _AT_ONCE)).tolist()
    first = 0
    for cut in cuts:
        some = slice(first, max(cut, first + 1))
        first = some.stop
        owner = np.repeat(np.arange(some.start, min(some.stop, len(count))), count[some])
        if owner.size:
            number = np.arange(owner.size) + begins[some][0] - begins[owner]
            column = low[owner, 0] + number % wide[owner]
            row = low[owner, 1] + number // wide[owner]
            yield owner, row * columns + column


def _middles(places: NDArray[np.int64], columns: int) -> FloatArray:
    """Return column and row (n, 2) of the middles of pixels."""
    return np.stack([places % columns, places // columns], axis=1).astype(np.float64) + 0.5


def _unit(vector: FloatArray) -> FloatArray:
    return np.asarray(vector / np.linalg.norm(vector))
