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
_AROUND = ((0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))


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
        depth = self._depth(pixels)
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
        deepest = np.full(len(pixels), -1, dtype=np.int64)
        for right, down in _AROUND:
            found = self._depth(pixels[:, :2] + (right, down))
            np.maximum(deepest, np.where(found < 0, DEEPEST, found), out=deepest)
        with np.errstate(invalid="ignore"):
            return np.asarray(pixels[:, 2] * DEEPEST <= deepest + _BIAS)

    def _depth(self, pixels: FloatArray) -> NDArray[np.int64]:
        """Return the depth at logical pixels (n, 2) as a whole number; −1 where there is none."""
        rows, columns = self.depths.shape
        with np.errstate(invalid="ignore"):
            places = np.floor(np.nan_to_num(pixels, nan=-1.0) * self.factor)
        inside = np.all((places >= 0.0) & (places < (columns, rows)), axis=1)
        column, row = np.where(inside[:, np.newaxis], places, 0.0).astype(np.int64).T
        raw = self.depths[row, column]
        depth = (raw & np.uint32(DEEPEST)).astype(np.int64)
        return np.asarray(np.where(inside & (raw != 0), depth, -1))


def packed(depth: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return depths as a `Relief` keeps them."""
    return np.asarray(depth.astype(np.uint32) | _OPAQUE)
