"""Polylines painted well when they are few, and quickly when they are many."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import polygon
from gdviz.views.strands import Strands

__all__ = ["draw_dots", "draw_polylines", "finite_pieces"]

_FEW_LINES, _FEW_POINTS = 12, 200
_CHUNK = 32


def draw_polylines(
    painter: QPainter, strands: Strands, color: str | QColor, width: float, *, whole: bool
) -> None:
    """Draw polylines with a round pen.

    Qt's raster engine strokes a long polyline as one outline, whose cost grows faster than its
    length; so it is drawn in parts. Very many points are drawn as separate lines with square
    ends, which that engine paints some fifteen times as quickly, and which look the same at
    the widths that are used here.

    Parameters
    ----------
    painter : QPainter
    strands : Strands
        Finite pixels.
    color : str or QColor
        Opaque, unless each line is drawn whole.
    width : float
        In logical pixels.
    whole : bool
        Whether each polyline is to be one shape, as vector pictures want it, however long that
        takes.
    """
    if not len(strands.points):
        return
    pen = round_pen(color, width)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if whole or (len(strands.points) <= _FEW_POINTS and strands.count <= _FEW_LINES):
        painter.setPen(pen)
        for line in strands.lines:
            length = len(line) if whole else _CHUNK
            for begin in range(0, max(len(line) - 1, 1), length):
                painter.drawPolyline(polygon(line[begin : begin + length + 1]))
        return
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    segments = strands.segments
    if len(segments):
        array = PrimitiveArray(QLineF, 4)
        array.resize(len(segments))
        array.ndarray()[:] = segments
        painter.drawLines(*array.drawargs())


def draw_dots(painter: QPainter, pixels: FloatArray, color: str | QColor, radius: float) -> None:
    """Draw filled discs about pixels (n, 2)."""
    if len(pixels):
        painter.setPen(round_pen(color, 2.0 * radius))
        painter.drawPoints(polygon(pixels))


def finite_pieces(pixels: FloatArray) -> Iterator[FloatArray]:
    """Yield the stretches of a polyline (n, 2) between points that are not finite."""
    finite = np.isfinite(pixels).all(axis=1)
    if finite.all():
        if len(pixels):
            yield pixels
        return
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(np.int8)))
    for begin, end in edges.reshape(-1, 2).tolist():
        yield pixels[begin:end]
