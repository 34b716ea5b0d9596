"""The legend of a picture in which there is no room for a plate: rows of names beneath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsObject

from gdviz.export.legend_entries import Entry
from gdviz.export.legend_item import SAMPLE, draw_sample
from gdviz.views.fonts import SMALL, font
from gdviz.views.theme import Theme

__all__ = ["LegendStrip", "strip_height"]

_LETTERS = SMALL + 1
_ROW, _SIDE, _GAP, _BETWEEN = 18.0, 14.0, 8.0, 16.0
_ABOVE = 2.0
_MOST_SHARE = 0.3

Place = tuple[float, int, str]
"""Where a name's sample begins, in which row, and the name as it is written."""


def strip_height(entries: Sequence[Entry], size: tuple[float, float]) -> float:
    """Return how high the legend is in a picture of a size; 0 where it would take too much."""
    rows = 1 + max((row for _, row, _ in _places(entries, size[0])), default=-1)
    height = rows * _ROW + 2.0 * _ABOVE
    return height if rows and height <= _MOST_SHARE * size[1] else 0.0


class LegendStrip(QGraphicsObject):
    """Draws a legend's entries one after the other, in as many rows as it takes.

    Parameters
    ----------
    entries : sequence of Entry
    area : QRectF
        As wide as the picture.
    theme : Theme

    Attributes
    ----------
    area : QRectF
        Where it lies in the picture.
    """

    def __init__(self, entries: Sequence[Entry], area: QRectF, theme: Theme) -> None:
        super().__init__()
        self._entries = entries
        self.area = area
        self._theme = theme

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, *_: Any) -> None:
        painter.setClipRect(self.boundingRect())  # an SVG keeps that of the plot before
        letters = font(_LETTERS)
        metrics = QFontMetricsF(letters)
        places = _places(self._entries, self.area.width())
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for entry, (left, row, name) in zip(self._entries, places, strict=True):
            x = self.area.left() + left
            top = self.area.top() + _ABOVE + row * _ROW
            draw_sample(painter, QPointF(x, top + 0.5 * _ROW), entry, self._theme)
            painter.setFont(letters)
            painter.setPen(QColor(self._theme.text))
            width = math.ceil(metrics.horizontalAdvance(name))
            painter.drawText(QRectF(x + SAMPLE + _GAP, top, width, _ROW), side, name)


def _places(entries: Sequence[Entry], width: float) -> list[Place]:
    metrics = QFontMetricsF(font(_LETTERS))
    room = width - 2.0 * _SIDE - SAMPLE - _GAP
    left, row = _SIDE, 0
    places: list[Place] = []
    for entry in entries:
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, max(room, 0.0))
        needed = SAMPLE + _GAP + math.ceil(metrics.horizontalAdvance(name))
        if left > _SIDE and left + needed > width - _SIDE:
            left, row = _SIDE, row + 1
        places.append((left, row, name))
        left += needed + _BETWEEN
    return places
