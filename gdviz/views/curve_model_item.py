"""The tangent plane or the quadratic model, cut as the loss curve is."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from gdviz.engine.local_model import LocalModel, local_model
from gdviz.landscapes import Landscape
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.run_item import RunItem

__all__ = ["CurveModelItem"]

_LINE = 1.8
_SAMPLES = 121


class CurveModelItem(RunItem):
    """Draws the cut of the model about the selected run's point, dashed."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=2.0)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._curved: bool | None = None

    def set_slice(self, landscape: Landscape, axis: int) -> None:
        """Cut along a parameter."""
        self._landscape, self._axis = landscape, axis
        self.update()

    def set_curved(self, curved: bool | None) -> None:
        """Draw the quadratic model, the tangent plane, or nothing: True, False, None."""
        if curved is not self._curved:
            self._curved = curved
            self.update()

    @property
    def model(self) -> LocalModel | None:
        """What is drawn; None for nothing."""
        if self._curved is None or self._landscape is None or not self._traces:
            return None
        trace = self._traces[self._selected]
        point = np.asarray(trace.params[trace.record_at(self._step)])
        if point.size != self._landscape.dimension:
            return None
        return local_model(self._landscape, point, curved=self._curved)

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
