"""What moves over the history: the playhead, current points, what the pointer is at."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gdviz.views.fonts import BODY, font
from gdviz.views.marks import draw_current, draw_ghost
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate_ground, plate_size, within
from gdviz.views.theme import Theme

__all__ = ["HistoryMarkItem"]

_STRIP = 12.0
_LINE = 1.6
_HANDLE_WIDTH, _HANDLE_HEIGHT = 11.0, 8.0
_ASIDE = 0.75
_GHOST_REACH = 12.0

Mark = tuple[float, float, int]
"""A place in the plot's units, and a place in the theme's palette."""
Disc = tuple[float, int, int]
"""A height in the plot's units, and places in the theme's palette and among the shapes."""


class HistoryMarkItem(PixelItem):
    """Draws a vertical line at a step, and repaints no more than a strip about it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=5.0)
        self._line: float | None = None
        self._marks: tuple[Disc, ...] = ()
        self._ghost: tuple[Mark, str] | None = None
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return True

    def set_playhead(self, line: float | None, marks: Sequence[Disc]) -> None:
        """Draw the line elsewhere, with discs on it.

        Parameters
        ----------
        line : float or None
            In the plot's units.
        marks : sequence of (float, int, int)
            Height, color and shape of each disc, the one on top last, which is larger.
        """
        if (line, tuple(marks)) == (self._line, self._marks):
            return
        self._update_strip()
        self._line, self._marks = line, tuple(marks)
        self._update_strip()

    def set_ghost(self, ghost: Mark | None, text: str = "") -> None:
        """Mark a point and write a text beside it, or none."""
        self._update_ghost()
        self._ghost = None if ghost is None else (ghost, text)
        self._update_ghost()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if theme is None:
            return
        if self._line is not None:
            self._draw_line(painter, pixel_map.pixel(self._line, pixel_map.y[0]).x(), theme)
            for number, (height, color, shape) in enumerate(self._marks, start=1):
                scale = 1.0 if number == len(self._marks) else _ASIDE
                at = pixel_map.pixel(self._line, height)
                draw_current(painter, at, theme.run(color), theme, scale, shape)
        place = self._ghost_place(pixel_map)
        if self._ghost is not None and place is not None:
            at, plate = place
            draw_ghost(painter, at, theme.run(self._ghost[0][2]), theme)
            draw_plate_ground(painter, plate, theme, edged=True)
            painter.setFont(font(BODY))
            painter.setPen(QColor(theme.text))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._ghost[1])

    def _draw_line(self, painter: QPainter, x: float, theme: Theme) -> None:
        painter.setPen(round_pen(theme.accent, _LINE))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, self._box.height()))
        half = 0.5 * _HANDLE_WIDTH
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawPolygon(
            QPolygonF([QPointF(x - half, 0.0), QPointF(x + half, 0.0), QPointF(x, _HANDLE_HEIGHT)])
        )

    def _ghost_place(self, pixel_map: PixelMap) -> tuple[QPointF, QRectF] | None:
        """Return where the ghost is and where its words are, which keep clear of it."""
        if self._ghost is None:
            return None
        (x, y, _), text = self._ghost
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        at = pixel_map.pixel(x, y)
        size = plate_size(text, bold=False)
        left = at.x() + _GHOST_REACH
        if left + size.width() > pixel_map.width - 6.0:
            left = at.x() - _GHOST_REACH - size.width()
        corner = QPointF(left, at.y() - _GHOST_REACH - size.height())
        return at, within(corner, size, self.boundingRect())

    def _update_strip(self) -> None:
        if self._line is None or self._box.width() < 1.0 or self._box.height() < 1.0:
            return
        x = self.pixel_map.pixel(self._line, 0.0).x()
        strip = QRectF(x - _STRIP, 0.0, 2.0 * _STRIP, self._box.height())
        self.update(strip & self.boundingRect())

    def _update_ghost(self) -> None:
        if self._box.width() < 1.0 or self._box.height() < 1.0:
            return
        place = self._ghost_place(self.pixel_map)
        if place is not None:
            at, plate = place
            reach = QPointF(_GHOST_REACH, _GHOST_REACH)
            around = plate.adjusted(-2.0, -2.0, 2.0, 2.0) | QRectF(at - reach, at + reach)
            self.update(around & self.boundingRect())
