"""Which color is which loss: a bar beside a view, with numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from gdviz.engine import Scale, level_labels, round_losses
from gdviz.numbers import format_number
from gdviz.views.fonts import BODY, SMALL, font
from gdviz.views.theme import Theme

__all__ = ["ColorbarItem", "Tick", "colorbar_ticks", "colorbar_width"]

_BAR, _OFFSET, _TICK, _EDGE = 12.0, 6.0, 3.0, 4.0
_STOPS = 64
_PER_TICK = 30.0
_MOST, _FEWEST = 9, 2
_WIDEST_NUMBER = 64.0
_NAME = "loss"

Tick = tuple[float, float, str]
"""A shade, its loss, and how that is written."""


def colorbar_ticks(scale: Scale, length: float) -> tuple[Tick, ...]:
    """Return the numbers on a bar of a length in pixels, from its lower end upward.

    Of losses that would be written over one another, the first ones are kept.
    """
    most = min(max(math.floor(length / _PER_TICK), _FEWEST), _MOST)
    losses = round_losses(scale, most)
    texts = level_labels(losses)
    metrics = QFontMetricsF(font(SMALL))
    if any(metrics.horizontalAdvance(text) > _WIDEST_NUMBER for text in texts):
        texts = tuple(format_number(loss, 2) for loss in losses)
    shades = scale.shade(np.array(losses)).tolist()
    ticks: list[Tick] = []
    for tick in zip(shades, losses, texts, strict=True):
        fits = metrics.horizontalAdvance(tick[2]) <= _WIDEST_NUMBER
        apart = not ticks or (tick[0] - ticks[-1][0]) * length >= metrics.height()
        if fits and apart and tick[2] not in {text for _, _, text in ticks}:
            ticks.append(tick)
    return tuple(ticks)


def colorbar_width(ticks: tuple[Tick, ...], *, named: bool) -> float:
    """Return how much room a bar takes with its numbers and its name."""
    metrics = QFontMetricsF(font(SMALL))
    numbers = max((metrics.horizontalAdvance(text) for _, _, text in ticks), default=0.0)
    name = QFontMetricsF(font(BODY)).height() + 2.0 if named else 0.0
    return math.ceil(_BAR + _OFFSET + numbers + name + _EDGE)


class ColorbarItem(QGraphicsObject):
    """Draws the colors of a scale from its lowest loss at the bottom to its highest at the top.

    Parameters
    ----------
    scale : Scale
    area : QRectF
        As high as the bar, and as wide as bar, numbers and name.
    theme : Theme
    named : bool
        Whether it says that these are losses.
    """

    def __init__(self, scale: Scale, area: QRectF, theme: Theme, *, named: bool) -> None:
        super().__init__()
        self._area = area
        self._theme = theme
        self._named = named
        self.ticks = colorbar_ticks(scale, area.height())

    @property
    def bar(self) -> QRectF:
        """Where the colors are."""
        return QRectF(self._area.left(), self._area.top(), _BAR, self._area.height())

    def place(self, shade: float) -> float:
        """Return the height at which a shade is, in the scene."""
        return self._area.bottom() - shade * self._area.height()

    def boundingRect(self) -> QRectF:
        return self._area.adjusted(0.0, -_OFFSET - 2.0, 0.0, _OFFSET + 2.0)

    def paint(self, painter: QPainter, *_: Any) -> None:
        painter.setClipRect(self.boundingRect())  # an SVG keeps that of the plot before
        bar, theme = self.bar, self._theme
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        table = pg.colormap.get(theme.colormap).getLookupTable(0.0, 1.0, _STOPS + 1, alpha=False)
        for number, (red, green, blue) in enumerate(table.tolist()):
            gradient.setColorAt(number / _STOPS, QColor(red, green, blue))
        painter.fillRect(bar, gradient)
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.setFont(font(SMALL))
        metrics = QFontMetricsF(font(SMALL))
        height = float(metrics.height())
        widest = 0.0
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for shade, _loss, text in self.ticks:
            at = self.place(shade)
            painter.setPen(QPen(QColor(theme.muted), 1.0))
            painter.drawLine(QPointF(bar.right(), at), QPointF(bar.right() + _TICK, at))
            width = float(math.ceil(metrics.horizontalAdvance(text)))
            widest = max(widest, width)
            place = QRectF(bar.right() + _OFFSET, at - 0.5 * height, width, height)
            painter.drawText(place, side, text)
        if self._named:
            self._draw_name(painter, bar.right() + _OFFSET + widest)

    def _draw_name(self, painter: QPainter, left: float) -> None:
        letters = font(BODY)
        metrics = QFontMetricsF(letters)
        if metrics.horizontalAdvance(_NAME) > self._area.height():
            return
        painter.save()
        painter.translate(left, self._area.bottom())
        painter.rotate(-90.0)
        painter.setFont(letters)
        painter.setPen(QColor(self._theme.text))
        place = QRectF(0.0, 2.0, self._area.height(), metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _NAME)
        painter.restore()
