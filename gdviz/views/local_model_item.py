"""The tangent plane or the quadratic model at the current point, as level lines."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from gdviz.engine import ContourMap, Field, contour_lines
from gdviz.engine.local_model import LocalModel
from gdviz.landscapes import Domain
from gdviz.views.model_run_item import ModelRunItem
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.plates import draw_plate, plate_size, within
from gdviz.views.theme import Theme

__all__ = ["LocalModelItem"]

_LINE, _CASING = 1.6, 3.2
_GRID = 72
_REACH = 0.4  # how far it is drawn, of the plot's shorter side: a model is local
_DIAMOND = 7.0


class LocalModelItem(ModelRunItem):
    """Draws the model's level lines, dashed, at the levels of the contour lines."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._map: ContourMap | None = None

    def set_map(self, contour_map: ContourMap | None) -> None:
        """Draw the levels of another map."""
        self._map = contour_map
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        model, theme = self.model, self._theme
        if model is None or theme is None or self._map is None or model.point.size != 2:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = pixel_map.pixel(*model.point.tolist())
        reach = _REACH * min(pixel_map.width, pixel_map.height)
        painter.save()
        circle = QPainterPath()
        circle.addEllipse(at, reach, reach)
        painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
        casing = QColor(theme.halo)
        casing.setAlphaF(0.55)
        levels = [line.level for line in self._map.lines]
        lines = contour_lines(_sampled(model, pixel_map), levels)
        for ink, width in ((casing, _CASING), (QColor(theme.curvature), _LINE)):
            pen = round_pen(ink, width)
            if width == _LINE:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            for line in lines:
                for piece in line.pieces:
                    painter.drawPolyline(polygon(pixel_map.pixels(piece)))
        painter.restore()
        painter.setPen(round_pen(theme.curvature, 1.0))
        painter.drawEllipse(at, reach, reach)
        minimum = model.minimum
        if minimum is not None:
            self._draw_minimum(painter, pixel_map.pixel(*minimum.tolist()), theme)

    def _draw_minimum(self, painter: QPainter, at: QPointF, theme: Theme) -> None:
        """Mark where a step of Newton's method would lead."""
        if not self.boundingRect().contains(at):
            return
        corners = [QPointF(0.0, -1.0), QPointF(1.0, 0.0), QPointF(0.0, 1.0), QPointF(-1.0, 0.0)]
        diamond = QPolygonF([at + corner * _DIAMOND for corner in corners])
        painter.setPen(round_pen(theme.halo, 4.0))
        painter.drawPolygon(diamond)
        painter.setPen(round_pen(theme.curvature, 2.0))
        painter.drawPolygon(diamond)
        text = "model's minimum"
        size = plate_size(text)
        corner = QPointF(at.x() - size.width() / 2.0, at.y() + _DIAMOND + 6.0)
        plate = within(corner, size, self.boundingRect())
        draw_plate(painter, plate, text, theme.curvature, theme)


def _sampled(model: LocalModel, pixel_map: PixelMap) -> Field:
    """Return the model on a grid over the plot: fine enough for lines that bend so little."""
    x, y = np.linspace(*pixel_map.x, _GRID), np.linspace(*pixel_map.y, _GRID)
    loss = model(np.stack(np.meshgrid(x, y), axis=-1))
    return Field(Domain.of(pixel_map.x, pixel_map.y), x, y, loss, (), float("nan"))
