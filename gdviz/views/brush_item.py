"""The circle of a brush about the pointer."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap

__all__ = ["BrushItem"]

_LINE, _CASING = 1.4, 3.6
_COLOR, _CASING_COLOR = "#ffffff", "#101318"


class BrushItem(PixelItem):
    """Draws a circle where the brush would leave starts; nothing while there is no brush."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=30.0)
        self._radius: float | None = None
        self._place: tuple[float, float] | None = None

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the circle is drawn; None while there is none."""
        return None if self._radius is None else self._place

    def set_radius(self, radius: float | None) -> None:
        """Draw it with so many pixels, or not at all."""
        if radius != self._radius:
            self._radius = radius
            self.update()

    def set_place(self, place: tuple[float, float] | None) -> None:
        """Draw it about a place, or nowhere."""
        if self._radius is not None and place != self._place:
            for at in (self._place, place):
                if at is not None:
                    self.update(self._area(at))
        self._place = place

    def _area(self, at: tuple[float, float]) -> QRectF:
        reach = (self._radius or 0.0) + _CASING
        center = self.pixel_map.pixel(*at)
        around = QRectF(center.x() - reach, center.y() - reach, 2.0 * reach, 2.0 * reach)
        return around & self.boundingRect()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self.place is None or self._radius is None:
            return
        center = pixel_map.pixel(*self.place)
        casing = QColor(_CASING_COLOR)
        casing.setAlphaF(0.6)
        for color, width in ((casing, _CASING), (QColor(_COLOR), _LINE)):
            painter.setPen(round_pen(color, width))
            painter.drawEllipse(center, self._radius, self._radius)
