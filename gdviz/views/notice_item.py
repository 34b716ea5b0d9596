"""Words in a plot that has nothing else to show, or nothing of what it is for."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.views.fonts import BODY, font
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate_ground, plate_size, within
from gdviz.views.theme import LIGHT, Theme

__all__ = ["NoticeItem"]

_ABOVE_ALL = 100.0
_TOP, _LINE, _SIDE = 12.0, 20.0, 16.0


class NoticeItem(PixelItem):
    """A notice in the middle of an empty plot, or on a plate at the top of a filled one.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=_ABOVE_ALL)
        self._theme = LIGHT
        self._title = self._advice = ""
        self._on_plate = False
        self.hide()

    @property
    def words(self) -> str:
        """What is told; empty for nothing."""
        return " ".join(filter(None, (self._title, self._advice)))

    def say(self, title: str, advice: str, *, on_plate: bool) -> None:
        """Say something; an empty title takes the notice away."""
        self._title, self._advice = title, advice if title else ""
        self._on_plate = on_plate
        self.setVisible(bool(title))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._on_plate:
            self._draw_plate(painter)
            return
        painter.setPen(QColor(self._theme.muted))
        room = self.boundingRect().adjusted(_SIDE, 0.0, -_SIDE, 0.0)
        middle = room.center().y()
        centered = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(font(BODY, bold=True))
        above = QRectF(room.left(), middle - _LINE, room.width(), _LINE)
        painter.drawText(above, centered, self._title)
        painter.setFont(font(BODY))
        beneath = QRectF(room.left(), middle, room.width(), 2.0 * _LINE)
        painter.drawText(beneath, centered, self._advice)

    def _draw_plate(self, painter: QPainter) -> None:
        room, size = self.boundingRect(), plate_size(self.words, bold=False)
        if size.width() > room.width():
            return
        corner = QPointF(room.center().x() - 0.5 * size.width(), room.top() + _TOP)
        plate = within(corner, size, room)
        draw_plate_ground(painter, plate, self._theme)
        painter.setFont(font(BODY))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self.words)
