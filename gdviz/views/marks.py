"""The marks: one meaning, one look, in every view."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF

from gdviz.views.pixel_item import round_pen
from gdviz.views.theme import Theme

__all__ = ["draw_arrow", "draw_current", "draw_minimum", "draw_start"]

_STAR_POINTS = 5
_STAR_OUTER, _STAR_INNER = 9.0, 4.0
_RING = 6.5
_DISC = 5.5
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


def draw_start(painter: QPainter, at: QPointF, color: str, theme: Theme) -> None:
    """Draw the ring that marks a start."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(round_pen(theme.halo, 5.0))
    painter.drawEllipse(at, _RING, _RING)
    painter.setPen(round_pen(color, 2.5))
    painter.drawEllipse(at, _RING, _RING)


def draw_current(painter: QPainter, at: QPointF, color: str, theme: Theme) -> None:
    """Draw the filled disc with a halo that marks the current point."""
    painter.setPen(round_pen(theme.halo, 2.5))
    painter.setBrush(QColor(color))
    painter.drawEllipse(at, _DISC, _DISC)


def draw_arrow(painter: QPainter, tail: QPointF, tip: QPointF, color: str, halo: str) -> None:
    """Draw an arrow; nothing if it has no length."""
    along = tip - tail
    length = math.hypot(along.x(), along.y())
    if length < 1.0:
        return
    unit = along / length
    across = QPointF(-unit.y(), unit.x())
    neck = tip - unit * min(_HEAD_LENGTH, length)
    head = QPolygonF([tip, neck + across * _HEAD_WIDTH, neck - across * _HEAD_WIDTH])
    for ink, extra in ((halo, 2.5), (color, 0.0)):
        painter.setPen(round_pen(ink, 2.2 + extra))
        painter.drawLine(tail, neck)
        painter.setPen(round_pen(ink, 0.8 + extra))
        painter.setBrush(QBrush(QColor(ink)))
        painter.drawPolygon(head)
