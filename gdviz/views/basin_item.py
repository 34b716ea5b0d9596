"""A basin map in a plot, with the places to which it leads."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdviz.engine.basins import BasinDifference, BasinMap
from gdviz.views.basin_colors import basin_image, difference_image
from gdviz.views.fonts import BODY, font
from gdviz.views.kept_item import KeptItem
from gdviz.views.mark_shapes import mark_path
from gdviz.views.marks import draw_minimum
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate_ground, plate_size
from gdviz.views.theme import Theme

__all__ = ["BasinItem"]

_SADDLE, _SADDLE_SHAPE = 5.0, 4
_MOST_MARKS = 60


class BasinItem(KeptItem):
    """Paints one map, or a comparison, where its box is; whatever box is in view."""

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=-10.0)
        self._found: BasinMap | BasinDifference | None = None
        self._shaded = True
        self._title = ""
        self._image: QImage | None = None

    @property
    def found(self) -> BasinMap | BasinDifference | None:
        """What is painted."""
        return self._found

    def set_found(
        self, found: BasinMap | BasinDifference | None, *, shaded: bool, title: str
    ) -> None:
        """Paint a map, or a comparison; a title stands on a plate in its corner."""
        self._found, self._shaded, self._title = found, shaded, title
        self._image = None
        self.changed()

    def set_theme(self, theme: Theme) -> None:
        self._image = None
        super().set_theme(theme)

    def paint_kept(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        found = self._found
        if found is None:
            return
        one = found.first if isinstance(found, BasinDifference) else found
        if self._image is None:
            self._image = (
                difference_image(found, theme)
                if isinstance(found, BasinDifference)
                else basin_image(found, theme, shaded=self._shaded)
            )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(self._target(one, pixel_map), self._image)
        marked = 0
        for rest in one.rests:
            if rest.kind == "flat" or len(rest.point) < 2 or marked >= _MOST_MARKS:
                continue
            marked += 1
            at = pixel_map.pixel(*rest.point)
            if rest.kind == "minimum":
                draw_minimum(painter, at, theme)
            else:
                _draw_saddle(painter, at, theme)
        if self._title:
            _draw_title(painter, self._title, theme)

    def _target(self, one: BasinMap, pixel_map: PixelMap) -> QRectF:
        x = one.domain[0]
        y = one.domain[1] if len(one.domain.intervals) > 1 else (pixel_map.y[0], pixel_map.y[1])
        return pixel_map.rectangle(x, y)


def _draw_saddle(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(QColor("#1b1f27"), 1.5))
    painter.setBrush(QColor(theme.panel))
    painter.drawPath(mark_path(_SADDLE_SHAPE, at, _SADDLE))


def _draw_title(painter: QPainter, title: str, theme: Theme) -> None:
    plate = QRectF(QPointF(8.0, 8.0), plate_size(title, bold=False))
    draw_plate_ground(painter, plate, theme)
    painter.setFont(font(BODY))
    painter.setPen(QColor(theme.text))
    side: Any = Qt.AlignmentFlag.AlignCenter
    painter.drawText(plate, side, title)
