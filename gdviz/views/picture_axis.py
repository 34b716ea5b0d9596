"""An axis as pictures have it: as wide as its numbers are, and without words that collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gdviz.views.fonts import BODY, SMALL, font
from gdviz.views.number_axis import NumberAxis
from gdviz.views.theme import LIGHT

__all__ = ["PictureAxis"]

_OFFSET, _EDGE = 6.0, 2.0
_NARROWEST = 24.0
_BETWEEN = 4.0
_LEAST_NAME = 24.0
_TICK = 3.0
_AROUND = 40.0

Word = tuple[QRectF, str]


class PictureAxis:
    """Paints an axis's numbers and its name with the painter that all else is painted with.

    Parameters
    ----------
    axis : NumberAxis
    cell : QRectF
        What words must not leave, in the scene.
    """

    def __init__(self, axis: NumberAxis, cell: QRectF) -> None:
        self._axis = axis
        self._left = axis.orientation == "left"
        self._cell = cell
        self.theme = LIGHT
        self._named = True

    def set_named(self, named: bool) -> None:
        """Write the axis's name, or not."""
        self._named = named
        if not self._left:
            numbers = QFontMetricsF(font(SMALL)).height()
            self._axis.setHeight(math.ceil(_OFFSET + numbers + self._name_room + _EDGE))

    def wanted_width(self) -> float:
        """Return how wide an axis on the left has to be for its numbers and its name."""
        metrics = QFontMetricsF(font(SMALL))
        widths = [metrics.horizontalAdvance(text) for _, text in self._labels()]
        needed = math.ceil(max(widths, default=0.0) + _OFFSET + self._name_room + _EDGE)
        return max(needed, _NARROWEST)

    def paint(self, painter: QPainter) -> None:
        """Paint in the axis's own coordinates."""
        bounds, left = self._bounds, self._left
        if min(bounds.width(), bounds.height()) < 1.0:
            return
        # An SVG keeps the clip of the plot that was painted before.
        painter.setClipRect(bounds.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.muted), 1.0, c=Qt.PenCapStyle.SquareCap))
        if left:
            edge = bounds.right() - 0.5
            painter.drawLine(QPointF(edge, bounds.top()), QPointF(edge, bounds.bottom() + 0.5))
        else:
            edge = bounds.top() + 0.5
            painter.drawLine(QPointF(bounds.left() - 0.5, edge), QPointF(bounds.right(), edge))
        for place, _ in self._labels():
            if left:
                painter.drawLine(QPointF(edge, place), QPointF(edge - _TICK, place))
            else:
                painter.drawLine(QPointF(place, edge), QPointF(place, edge + _TICK))
        painter.setFont(font(SMALL))
        painter.setPen(QColor(self.theme.muted))
        for area, text in _apart(self._words(bounds)):
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        self._draw_name(painter, bounds)

    @property
    def _bounds(self) -> QRectF:
        return QRectF(self._axis.mapRectFromParent(self._axis.geometry()))

    @property
    def _name_room(self) -> float:
        return QFontMetricsF(font(BODY)).height() + 2.0 if self._named else 0.0

    def _labels(self) -> list[tuple[float, str]]:
        """Return the numbers on the axis: where along it, from its upper or left end, and what."""
        bounds = self._bounds
        length = bounds.height() if self._left else bounds.width()
        low, high = self._axis.range
        if length < 1.0 or not high > low:
            return []
        levels = self._axis.tickValues(low, high, length)
        spacing, values = levels[0] if levels else (1.0, [])
        inside = [float(value) for value in values if low <= value <= high]
        shares = [(value - low) / (high - low) for value in inside]
        if self._left:
            shares = [1.0 - share for share in shares]
        texts = self._axis.tickStrings(inside, 1.0, spacing)
        return [(share * length, text) for share, text in zip(shares, texts, strict=True)]

    def _words(self, bounds: QRectF) -> list[Word]:
        """Return the numbers with the areas that they take, as far as there is room for them."""
        metrics = QFontMetricsF(font(SMALL))
        high = metrics.height()
        words = []
        for place, text in self._labels():
            wide = float(math.ceil(metrics.horizontalAdvance(text)))
            if self._left:
                area = QRectF(bounds.right() - _OFFSET - wide, place - 0.5 * high, wide, high)
                fits = area.left() >= bounds.left() + self._name_room
            else:
                area = QRectF(place - 0.5 * wide, bounds.top() + _OFFSET, wide, high)
                fits = area.bottom() <= bounds.bottom()
            if fits and self._cell.contains(self._axis.mapRectToScene(area)):
                words.append((area, text))
        return words

    def _draw_name(self, painter: QPainter, bounds: QRectF) -> None:
        left = self._left
        length = bounds.height() if left else bounds.width()
        if not self._named or length < _LEAST_NAME:
            return
        letters = font(BODY)
        metrics = QFontMetricsF(letters)
        cell = self._axis.mapRectFromScene(self._cell)
        longest = length if left else cell.width()
        name = metrics.elidedText(self._axis.labelText, Qt.TextElideMode.ElideRight, longest)
        painter.setFont(letters)
        painter.setPen(QColor(self.theme.text))
        painter.save()
        high = metrics.height()
        if left:
            painter.translate(bounds.left(), bounds.bottom())
            painter.rotate(-90.0)
            area = QRectF(0.0, 0.0, length, high)
        else:
            wide = float(math.ceil(metrics.horizontalAdvance(name)))
            middle = min(bounds.center().x(), cell.right() - 0.5 * wide)
            begin = max(middle - 0.5 * wide, cell.left())
            area = QRectF(begin, bounds.bottom() - _EDGE - high, wide, high)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()


def _apart(words: Sequence[Word]) -> list[Word]:
    """Return all words, or every second, third … one: as many as don't touch."""
    for stride in range(1, len(words)):
        some = list(words[::stride])
        if all(not _touch(one, other) for (one, _), (other, _) in pairwise(some)):
            return some
    return list(words[:1])


def _touch(one: QRectF, other: QRectF) -> bool:
    return one.adjusted(-_BETWEEN, 0.0, _BETWEEN, 0.0).intersects(other)
