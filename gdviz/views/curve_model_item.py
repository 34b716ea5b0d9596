"""The tangent plane or the quadratic model, cut as the loss curve is."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from gdviz.views.model_run_item import ModelRunItem
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon

__all__ = ["CurveModelItem"]

_LINE = 1.8
_SAMPLES = 121


class CurveModelItem(ModelRunItem):
    """Draws the cut of the model about the selected run's point, dashed."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box)
        self._axis = 0

    def set_axis(self, axis: int) -> None:
        """Cut along another parameter."""
        self._axis = axis
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        model = self.model
        if model is None or self._theme is None:
            return
        points = np.repeat(model.point[np.newaxis], _SAMPLES, axis=0)
        points[:, self._axis] = np.linspace(*pixel_map.x, _SAMPLES)
        pixels = pixel_map.pixels(np.stack([points[:, self._axis], model(points)], axis=1))
        pen = round_pen(self._theme.curvature, _LINE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(polygon(pixels[np.isfinite(pixels).all(axis=1)]))
