"""The picture of a surface, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["DEEPEST", "Lighting", "Relief"]

DEEPEST = (1 << 24) - 1
"""Depths from 0 to 1 are kept as whole numbers up to this one."""
_OPAQUE = np.uint32(0xFF000000)
_BIAS = 0.004 * DEEPEST
_AROUND = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))


@dataclass(frozen=True)
class Lighting:
    """How bright a surface is: soft light from above the eye's left shoulder.

    Attributes
    ----------
    light : (float, float, float)
        Where it comes from: right, up and toward the eye.
    ambient, diffuse : float
        What lies in the shadow, and what faces the light gets in addition.
    gloss, shine : float
        How bright and how narrow the highlight is.
    """

    light: tuple[float, float, float] = (-0.42, 0.56, 0.71)
    ambient: float = 0.55
    diffuse: float = 0.56
    gloss: float = 0.1
    shine: float = 18.0


@dataclass(frozen=True, eq=False)
class Relief:
    """A rendered surface.

    Attributes
    ----------
    colors : ndarray of uint32, shape (rows, columns)
        0xAARRGGBB, premultiplied; 0 where there is no surface.
    depths : ndarray of uint32, shape (rows, columns)
        0xFF in front of a whole number up to `DEEPEST`; 0 where there is no surface.
    factor : float
        How many of its rows and columns make up one logical pixel.
    """

    colors: NDArray[np.uint32]
    depths: NDArray[np.uint32]
    factor: float

    def depth_at(self, pixels: FloatArray) -> FloatArray:
        """Return the surface's depth, 0 to 1, at logical pixels (n, 2); NaN where there is none."""
        depth = self._depth(pixels[:, 0], pixels[:, 1])
        return np.where(depth < 0, np.nan, depth / DEEPEST)

    def shows(self, pixels: FloatArray) -> NDArray[np.bool_]:
        """Tell whether points are seen: before the surface, or on it.

        What counts is the deepest place within a pixel, so that what lies on a slope is not
        lost in it.

        Parameters
        ----------
        pixels : ndarray, shape (n, 3)
            Column, row, and depth from 0 to 1. What isn't a number is not seen.
        """
        with np.errstate(invalid="ignore"):
            wanted = pixels[:, 2] * DEEPEST - _BIAS
        column, row = pixels[:, 0], pixels[:, 1]
        seen = wanted <= self._open_depth(column, row)
        left = np.flatnonzero(~seen & np.isfinite(wanted))
        for right, down in _AROUND:
            if left.size:
                deep = self._open_depth(column[left] + right, row[left] + down)
                found = wanted[left] <= deep
                seen[left[found]] = True
                left = left[~found]
        return np.asarray(seen)

    def _open_depth(self, column: FloatArray, row: FloatArray) -> NDArray[np.int64]:
        """Return the depth up to which there is nothing, at logical pixels."""
        depth = self._depth(column, row)
        depth[depth < 0] = DEEPEST
        return depth

    def _depth(self, column: FloatArray, row: FloatArray) -> NDArray[np.int64]:
        """Return the depth at logical pixels as a whole number; −1 where there is none."""
        rows, columns = self.depths.shape
        across, down = column * self.factor, row * self.factor
        inside = (across >= 0.0) & (across < columns) & (down >= 0.0) & (down < rows)
        place = np.where(inside, down, 0.0).astype(np.int64) * columns
        place += np.where(inside, across, 0.0).astype(np.int64)
        raw = self.depths.ravel()[place]
        depth = (raw & np.uint32(DEEPEST)).astype(np.int64)
        depth[~inside | (raw == 0)] = -1
        return np.asarray(depth)


def packed(depth: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return depths as a `Relief` keeps them."""
    return np.asarray(depth.astype(np.uint32) | _OPAQUE)
