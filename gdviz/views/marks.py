"""The marks: one meaning, one look, in every view."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gdviz.views.mark_shapes import mark_path
from gdviz.views.pixel_item import round_pen
from gdviz.views.theme import Theme

__all__ = [
    "draw_arrow",
    "draw_axis",
    "draw_current",
    "draw_ghost",
    "draw_minimum",
    "draw_next",
    "draw_start",
    "draw_tangent",
    "draw_worst",
]

_STAR_POINTS = 5
_STAR_OUTER, _STAR_INNER = 9.0, 4.0
_RING = 6.5
_DISC, _DISC_HALO = 4.25, 2.5
_GHOST = 4.5
_WORST = 6.0
_TANGENT, _TANGENT_REACH = 2.2, 90.0
_HEAD_LENGTH, _HEAD_WIDTH = 10.0, 4.5


def draw_minimum(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Draw the star that marks a minimum."""
    corners = []
    for corner in range(2 * _STAR_POINTS):
        radius = _STAR_INNER if corner % 2 else _STAR_OUTER
        angle = math.pi * corner / _STAR_POINTS
        corners.append(at + QPointF(radius * math.sin(angle), -radius * math.cos(angle)))
    painter.setPen(round_pen("#1b1f27", 1.5))
    painter.setBrush(QColor(theme.minimum))
    painter.drawPolygon(QPolygonF(corners))


def draw_start(
    painter: QPainter, at: QPointF, color: str, theme: Theme, scale: float = 1.0
) -> None:
    """Draw the ring that marks a start."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((theme.halo, 5.0), (color, 2.5)):
        painter.setPen(round_pen(ink, scale * width))
        painter.drawEllipse(at, scale * _RING, scale * _RING)


def draw_current(
    painter: QPainter, at: QPointF, color: str, theme: Theme, scale: float = 1.0, shape: int = 0
) -> None:
    """Draw the filled disc with a halo that marks the current point, or another of `SHAPES`."""
    painter.setPen(Qt.PenStyle.NoPen)
    if shape:
        path = mark_path(shape, at, scale * _DISC)
        painter.setPen(round_pen(theme.halo, 2.0 * scale * _DISC_HALO))
        painter.drawPath(path)
        painter.fillPath(path, QColor(color))
        return
    for ink, radius in ((theme.halo, _DISC + _DISC_HALO), (color, _DISC)):
        painter.setBrush(QColor(ink))
        painter.drawEllipse(at, scale * radius, scale * radius)


def draw_ghost(painter: QPainter, at: QPointF, color: str, theme: Theme) -> None:
    """Draw the small open circle that marks a record under the pointer."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((theme.halo, 4.5), (color, 2.0)):
        painter.setPen(round_pen(ink, width))
        painter.drawEllipse(at, _GHOST, _GHOST)


def draw_next(painter: QPainter, at: QPointF, color: str, theme: Theme) -> None:
    """Draw the small open circle that marks where the next step leads."""
    painter.setBrush(QColor(theme.halo))
    painter.setPen(round_pen(color, 2.0))
    painter.drawEllipse(at, _GHOST, _GHOST)


def draw_worst(painter: QPainter, at: QPointF, color: str, halo: str) -> None:
    """Draw the peak that marks the highest loss nearby."""
    corners = [(0.0, -1.15), (1.0, 0.75), (-1.0, 0.75)]
    peak = QPolygonF([at + QPointF(x, y) * _WORST for x, y in corners])
    painter.setPen(round_pen(halo, 4.5))
    painter.setBrush(QColor(halo))
    painter.drawPolygon(peak)
    painter.setPen(round_pen(color, 1.0))
    painter.setBrush(QColor(color))
    painter.drawPolygon(peak)


def draw_tangent(
    painter: QPainter,
    at: QPointF,
    slope: tuple[float, float],
    color: str,
    *,
    back: float = 1.0,
) -> None:
    """Draw a tangent that reaches 90 pixels from a point; nothing if it has no direction.

    Parameters
    ----------
    painter : QPainter
    at : QPointF
    slope : (float, float)
        Its direction in pixels, of any length.
    color : str
    back : float
        How far it reaches the other way, as a share of that.
    """
    length = math.hypot(*slope)
    if math.isfinite(length) and length > 0.0:
        reach = QPointF(*slope) * (_TANGENT_REACH / length)
        painter.setPen(round_pen(color, _TANGENT))
        painter.drawLine(at - reach * back, at + reach)


def draw_arrow(painter: QPainter, tail: QPointF, tip: QPointF, color: str, halo: str) -> None:
    """Draw an arrow; nothing if it has no length."""
    along = tip - tail
    length = math.hypot(along.x(), along.y())
    if length < 1.0:
        return
    unit = along / length
    neck = tip - unit * min(_HEAD_LENGTH, length)
    for ink, extra in ((halo, 2.5), (color, 0.0)):
        painter.setPen(round_pen(ink, 2.2 + extra))
        painter.drawLine(tail, neck)
        _draw_head(painter, tip, unit, neck, round_pen(ink, 0.8 + extra))


def draw_axis(
    painter: QPainter, at: QPointF, reach: QPointF, color: str, halo: str, *, dashed: bool
) -> None:
    """Draw a line with two heads that reaches equally far on both sides of a point."""
    length = math.hypot(reach.x(), reach.y())
    unit = reach / length
    neck = reach - unit * min(_HEAD_LENGTH, length)
    for ink, extra in ((halo, 2.5), (color, 0.0)):
        pen = round_pen(ink, 2.2 + extra)
        if dashed and not extra:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        for side in (-1.0, 1.0):
            painter.drawLine(at, at + neck * side)
        for side in (-1.0, 1.0):
            tip, base = at + reach * side, at + neck * side
            _draw_head(painter, tip, unit * side, base, round_pen(ink, 0.8 + extra))


def _draw_head(painter: QPainter, tip: QPointF, unit: QPointF, neck: QPointF, pen: QPen) -> None:
    across = QPointF(-unit.y(), unit.x())
    painter.setPen(pen)
    painter.setBrush(QBrush(pen.color()))
    painter.drawPolygon(QPolygonF([tip, neck + across * _HEAD_WIDTH, neck - across * _HEAD_WIDTH]))
