"""From parameters to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from gdviz.landscapes import FloatArray

__all__ = ["PixelMap", "polygon"]

_FAR = 1e6


@dataclass(frozen=True)
class PixelMap:
    """The linear map of a plot: data ranges onto a box of pixels, y upward.

    Attributes
    ----------
    x, y : (float, float)
        What the box shows, low to high.
    width, height : float
        The box, in logical pixels.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    def pixels(self, points: FloatArray) -> FloatArray:
        """Return the pixels (n, 2) of points (n, 2), far ones drawn in to a million."""
        low = np.array([self.x[0], self.y[1]])
        scale = self.scale
        with np.errstate(all="ignore"):
            pixels: FloatArray = np.clip((points - low) * scale, -_FAR, _FAR)
        return pixels

    def pixel(self, x: float, y: float) -> QPointF:
        """Return the pixel of one point."""
        ((left, top),) = self.pixels(np.array([[x, y]])).tolist()
        return QPointF(left, top)

    @property
    def scale(self) -> FloatArray:
        """Pixels per unit along x and y, shape (2,); y is negative."""
        return np.array(
            [self.width / (self.x[1] - self.x[0]), -self.height / (self.y[1] - self.y[0])]
        )

    def rectangle(self, x: tuple[float, float], y: tuple[float, float]) -> QRectF:
        """Return the pixels that a box of data covers."""
        return QRectF(self.pixel(x[0], y[1]), self.pixel(x[1], y[0]))


def polygon(pixels: FloatArray) -> QPolygonF:
    """Return a polyline through pixels (n, 2)."""
    if not len(pixels):
        return QPolygonF()
    made: QPolygonF = pg.functions.create_qpolygonf(len(pixels))
    pg.functions.ndarray_from_qpolygonf(made)[:] = pixels
    return made
