"""Colors of losses as filled contours, which stay sharp at every size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gdviz.engine import ContourMap, LevelLines
from gdviz.landscapes import FloatArray
from gdviz.views.pixel_map import PixelMap, polygon

__all__ = ["draw_bands", "straightened"]

_BANDS = 96
_TOLERANCE, _PASSES = 0.04, 5
_FEW = 8


def draw_bands(
    painter: QPainter, pixel_map: PixelMap, contour_map: ContourMap, palette: NDArray[np.uint32]
) -> None:
    """Draw a field in many bands of color.

    Each band lies on all that is above it: between bands that only touched each other, the
    ground would shine through.

    Parameters
    ----------
    painter : QPainter
    pixel_map : PixelMap
    contour_map : ContourMap
    palette : ndarray of uint32
        Colors of shades from 0 to 1, as 0xAARRGGBB.
    """
    scale = contour_map.scale
    regions = LevelLines(contour_map.field)
    count = _BANDS if scale.high > scale.low else 1
    levels = scale.loss(np.arange(count) / count).tolist()
    levels[0] = -np.inf
    painter.setPen(Qt.PenStyle.NoPen)
    for number, level in enumerate(levels):
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for region in regions.above(level):
            for outline in region:
                path.addPolygon(polygon(straightened(pixel_map.pixels(outline))))
                path.closeSubpath()
        if not path.isEmpty():
            place = round((number + 0.5) / count * (len(palette) - 1))
            painter.setBrush(QColor.fromRgb(int(palette[place])))
            painter.drawPath(path)


def straightened(outline: FloatArray) -> FloatArray:
    """Return a closed outline (n, 2) without the points that hardly bend it."""
    for _ in range(_PASSES):
        if len(outline) < _FEW:
            break
        before, at, after = outline[:-2], outline[1:-1], outline[2:]
        chord = after - before
        aside = at - before
        across = np.abs(chord[:, 0] * aside[:, 1] - chord[:, 1] * aside[:, 0])
        flat = across < _TOLERANCE * np.hypot(*chord.T)
        flat[1::2] = False  # of neighbors one stays
        kept = np.concatenate([[True], ~flat, [True]])
        if kept.all():
            break
        outline = outline[kept]
    return outline
