"""The lines or curves that runs fit to a table's points."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes import FloatArray
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.run_item import RunItem
from gdviz.views.trace import CROWD

__all__ = ["ModelItem"]

_LINE, _HALO, _BEST, _RESIDUAL = 2.6, 5.0, 1.4, 1.2
_SAMPLES = 160
_MOST_RUNS, _MOST_RESIDUALS = 100, 2_000
_THIN, _FEWER, _GHOST = 1.0, 40, 1.6


class ModelItem(RunItem):
    """Draws each run's model at the current step, and the best one faintly."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=1.0)
        self._landscape: FitLandscape | None = None
        self._residuals = False

    def set_landscape(self, landscape: FitLandscape | None) -> None:
        """Draw models of this regression, or nothing."""
        self._landscape = landscape
        self.update()

    def set_residuals(self, shown: bool) -> None:
        """Draw what the selected run's model misses of each point, or not."""
        self._residuals = shown
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        landscape, theme = self._landscape, self._theme
        if landscape is None or theme is None:
            return
        for minimum in landscape.minima[:1]:
            pen = round_pen(theme.muted, _BEST)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(polygon(self._pixels(pixel_map, np.array(minimum))))
        fitting = [
            index
            for index, trace in enumerate(self._traces)
            if trace.params.shape[1] == landscape.dimension
        ]
        if len(fitting) > _MOST_RUNS:
            others = [index for index in fitting if index != self._selected]
            fitting = [*others[: _MOST_RUNS - 1], self._selected]
        if self._residuals and self._selected in fitting:
            self._draw_residuals(painter, pixel_map, self._params(self._selected, self._step))
        crowd = len(fitting) > CROWD
        for index in sorted(fitting, key=lambda index: (index == self._selected, -index)):
            color = theme.run(self._traces[index].look.color)
            thin = crowd and index != self._selected
            params = self._params(index, self._step)
            pixels = self._pixels(pixel_map, params, _FEWER if thin else _SAMPLES)
            if not thin:
                painter.setPen(round_pen(theme.panel, _HALO))
                painter.drawPolyline(polygon(pixels))
            painter.setPen(round_pen(color, _THIN if thin else _LINE))
            painter.drawPolyline(polygon(pixels))
        if self._ghost is not None and self._ghost[0] in fitting:
            index, step = self._ghost
            pen = round_pen(theme.run(self._traces[index].look.color), _GHOST)
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawPolyline(polygon(self._pixels(pixel_map, self._params(index, step))))

    def _params(self, index: int, step: int) -> FloatArray:
        trace = self._traces[index]
        return np.asarray(trace.params[trace.record_at(step)])

    def _pixels(
        self, pixel_map: PixelMap, params: FloatArray, samples: int = _SAMPLES
    ) -> FloatArray:
        assert self._landscape is not None
        x = np.linspace(*pixel_map.x, samples)
        with np.errstate(all="ignore"):
            y = self._landscape.predict(params, x)
        return np.nan_to_num(pixel_map.pixels(np.stack([x, y], axis=1)))

    def _draw_residuals(self, painter: QPainter, pixel_map: PixelMap, params: FloatArray) -> None:
        assert self._landscape is not None
        assert self._theme is not None
        data = self._landscape.data
        places = np.linspace(0, data.rows - 1, min(data.rows, _MOST_RESIDUALS)).astype(np.int64)
        x, label = data.feature[places], data.label[places]
        with np.errstate(all="ignore"):
            said = self._landscape.predict(params, x)
        ends = np.nan_to_num(pixel_map.pixels(np.stack([x, said], axis=1)))
        starts = pixel_map.pixels(np.stack([x, label], axis=1))
        color = QColor(self._theme.warning)
        color.setAlphaF(0.75 if data.rows <= _MOST_RESIDUALS // 4 else 0.3)
        painter.setPen(round_pen(color, _RESIDUAL))
        painter.drawLines(
            [
                QLineF(QPointF(*one), QPointF(*other))
                for one, other in zip(starts.tolist(), ends.tolist(), strict=True)
            ]
        )
