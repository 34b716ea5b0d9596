"""The points of a table."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes.fit_data import FitData
from gdviz.views.fonts import SMALL, font
from gdviz.views.kept_picture import KeptPicture
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.theme import Theme

__all__ = ["MOST_POINTS", "ScatterItem"]

MOST_POINTS = 5_000
_FEW = 300
_SIZES = (7.0, 4.0)
_ALPHAS = (0.85, 0.35)


class ScatterItem(PixelItem):
    """Draws points once, and then their picture until something changes."""

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=-1.0)
        self._points = np.empty((0, 2))
        self._classes: tuple[str, str] | None = None
        self._rows = 0
        self._theme: Theme | None = None
        self._kept = KeptPicture()

    def set_data(self, data: FitData | None) -> None:
        """Draw these points; of very many, an even choice."""
        self._rows = 0 if data is None else data.rows
        self._classes = None if data is None else data.classes
        if data is None:
            self._points = np.empty((0, 2))
        else:
            places = np.linspace(0, data.rows - 1, min(data.rows, MOST_POINTS)).astype(np.int64)
            self._points = np.stack([data.feature[places], data.label[places]], axis=1)
        self._kept.forget()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._kept.forget()
        self.update()

    @property
    def note(self) -> str:
        """How many points are drawn, if not all are."""
        if self._rows <= MOST_POINTS:
            return ""
        return f"{MOST_POINTS:,} of {self._rows:,} points drawn"

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._theme is None or not len(self._points):
            return
        if self._retain:
            size = self.boundingRect().size()
            self._kept.draw(painter, size, pixel_map, lambda on: self._draw_points(on, pixel_map))
        else:
            self._draw_points(painter, pixel_map)
        self._draw_words(painter, pixel_map)

    def _draw_points(self, painter: QPainter, pixel_map: PixelMap) -> None:
        assert self._theme is not None
        many = len(self._points) > _FEW
        color = QColor(self._theme.curve)
        color.setAlphaF(_ALPHAS[many])
        painter.setPen(round_pen(color, _SIZES[many]))
        painter.drawPoints(polygon(pixel_map.pixels(self._points)))

    def _draw_words(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Name the classes at their levels, and say if not all points are drawn."""
        assert self._theme is not None
        painter.setFont(font(SMALL))
        painter.setPen(QColor(self._theme.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for level, name in enumerate(self._classes or ()):
            at = pixel_map.pixel(0.0, float(level)).y()
            top = at + 8.0 if level else at - 26.0
            area = QRectF(0.0, top, pixel_map.width - 8.0, 18.0)
            painter.drawText(area, right, f"{name} = {level}")
        if self.note:
            area = QRectF(0.0, pixel_map.height - 24.0, pixel_map.width - 8.0, 18.0)
            painter.drawText(area, right, self.note)
