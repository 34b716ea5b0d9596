"""The legend of a picture: colors and names on a plate in the freest corner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gdviz.export.legend_entries import Entry
from gdviz.export.spread import spread
from gdviz.landscapes import FloatArray
from gdviz.views.fonts import SMALL, font
from gdviz.views.mark_shapes import shape_of
from gdviz.views.marks import draw_current
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate_ground
from gdviz.views.theme import Theme

__all__ = ["SAMPLE", "LegendItem", "draw_sample", "freest_corner"]

_LETTERS = SMALL + 1
_ROW, _PADDING, _MARGIN = 18.0, 8.0, 10.0
SAMPLE, _SAMPLE_WIDTH, _GAP = 18.0, 3.0, 8.0
_WIDEST, _LARGEST = 0.5, 0.3
_LEAST_NAME = 40.0
_MARK = 0.9


class LegendItem(PixelItem):
    """Draws a legend over a plot; none where it would take more than 3/10 of it.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    entries : sequence of Entry
    curves : sequence of ndarray, shape (records, 2)
        What it should not lie upon, in data coordinates.
    theme : Theme
    """

    def __init__(
        self,
        box: pg.ViewBox,
        entries: Sequence[Entry],
        curves: Sequence[FloatArray],
        theme: Theme,
    ) -> None:
        super().__init__(box, retain=False, z=30.0)
        self._entries = entries
        self._curves = curves
        self._theme = theme

    def plate(self, pixel_map: PixelMap) -> QRectF:
        """Return where the plate lies in the plot, in logical pixels; empty for nowhere."""
        metrics = QFontMetricsF(font(_LETTERS))
        names = max((metrics.horizontalAdvance(entry.name) for entry in self._entries), default=0.0)
        around = 2.0 * _PADDING + SAMPLE + _GAP
        width = min(np.ceil(names) + around, _WIDEST * pixel_map.width)
        height = _ROW * len(self._entries) + 2.0 * _PADDING - 4.0
        size = QSizeF(float(width), height)
        ground = pixel_map.width * pixel_map.height
        fits = height <= pixel_map.height - 2.0 * _MARGIN
        if not fits or width < around + _LEAST_NAME or width * height > _LARGEST * ground:
            return QRectF()
        plot = QSizeF(pixel_map.width, pixel_map.height)
        return freest_corner(size, plot, self._points(pixel_map))

    @property
    def area(self) -> QRectF:
        """Where the plate lies in the picture."""
        return QRectF(self.mapRectToScene(self.plate(self.pixel_map)))

    def shortens(self, pixel_map: PixelMap) -> bool:
        """Tell whether a name is not written whole."""
        metrics = QFontMetricsF(font(_LETTERS))
        names = max((metrics.horizontalAdvance(entry.name) for entry in self._entries), default=0.0)
        return bool(np.ceil(names) + 2.0 * _PADDING + SAMPLE + _GAP > _WIDEST * pixel_map.width)

    def covers(self, pixel_map: PixelMap) -> bool:
        """Tell whether the plate lies on what it should not lie upon."""
        plate = self.plate(pixel_map)
        low, high = plate.topLeft().toTuple(), plate.bottomRight().toTuple()
        points = np.concatenate([np.empty((0, 2)), *self._points(pixel_map)])
        return bool(((points >= low) & (points <= high)).all(axis=1).any())

    def _points(self, pixel_map: PixelMap) -> list[FloatArray]:
        plot = QSizeF(pixel_map.width, pixel_map.height)
        return [spread(pixel_map.pixels(curve), plot) for curve in self._curves]

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        plate = self.plate(pixel_map)
        if plate.isEmpty():
            return
        draw_plate_ground(painter, plate, self._theme, edged=True)
        letters = font(_LETTERS)
        metrics = QFontMetricsF(letters)
        painter.setFont(letters)
        left = plate.left() + _PADDING
        words = left + SAMPLE + _GAP
        room = plate.right() - _PADDING - words
        for number, entry in enumerate(self._entries):
            middle = plate.top() + _PADDING - 2.0 + (number + 0.5) * _ROW
            draw_sample(painter, QPointF(left, middle), entry, self._theme)
            painter.setPen(QColor(self._theme.text))
            name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, room + 1.0)
            row = QRectF(words, middle - 0.5 * _ROW, room + 1.0, _ROW)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


def draw_sample(painter: QPainter, at: QPointF, entry: Entry, theme: Theme) -> None:
    """Draw a piece of an entry's line from a point to the right, with its mark."""
    painter.setPen(round_pen(theme.run(entry.color), _SAMPLE_WIDTH))
    painter.drawLine(at, at + QPointF(SAMPLE, 0.0))
    middle = at + QPointF(0.5 * SAMPLE, 0.0)
    draw_current(painter, middle, theme.run(entry.color), theme, _MARK, shape_of(entry.color))


def freest_corner(size: QSizeF, plot: QSizeF, curves: Sequence[FloatArray]) -> QRectF:
    """Return a rectangle in the corner of a plot where it covers least.

    Parameters
    ----------
    size : QSizeF
        Of the rectangle.
    plot : QSizeF
    curves : sequence of ndarray, shape (n, 2)
        Pixels of the plot, evenly spaced along what should stay uncovered. Of corners that
        cover equally much, the first of top right, top left, bottom right, bottom left.
    """
    points = np.concatenate([np.empty((0, 2)), *curves])
    right = plot.width() - size.width() - _MARGIN
    bottom = plot.height() - size.height() - _MARGIN
    corners = [(right, _MARGIN), (_MARGIN, _MARGIN), (right, bottom), (_MARGIN, bottom)]

    def covered(corner: tuple[float, float]) -> int:
        low = np.array(corner) - _MARGIN
        high = low + np.array([size.width(), size.height()]) + 2.0 * _MARGIN
        return int(np.count_nonzero(((points >= low) & (points <= high)).all(axis=1)))

    return QRectF(QPointF(*min(corners, key=covered)), size)
