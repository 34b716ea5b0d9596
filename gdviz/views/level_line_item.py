"""The level line through a point, to which the gradient is perpendicular."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gdviz.engine import ContourMap, LevelLines
from gdviz.landscapes import FloatArray, Landscape
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.run_item import RunItem
from gdviz.views.trace import CROWD

__all__ = ["LevelLineItem"]

_LINE, _CASING, _FAINT = 2.0, 3.6, 1.2
_DARK = "#10131a"
_CORNER = 9.0
_SAME_SCALE = 0.02


class LevelLineItem(RunItem):
    """Draws the level line through the pointer's point, and the selected run's on demand."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=1.0)
        self._landscape: Landscape | None = None
        self._lines: LevelLines | None = None
        self._map: ContourMap | None = None
        self._probe: FloatArray | None = None
        self._shown = False

    @property
    def moves(self) -> bool:
        return self._shown

    def set_landscape(self, landscape: Landscape) -> None:
        """Find levels of another landscape."""
        self._landscape = landscape
        self.update()

    def set_map(self, contour_map: ContourMap | None) -> None:
        """Find lines in another field."""
        self._map, self._lines = contour_map, None
        self.update()

    def set_shown(self, *, shown: bool) -> None:
        """Draw the selected run's, or not."""
        if shown != self._shown:
            self._shown = shown
            self.update()

    def set_probe(self, point: FloatArray | None) -> None:
        """Draw the line through a point, shape (2,), or none."""
        if self._probe is not None or point is not None:
            self._probe = point
            self.update()

    def set_step(self, step: int) -> None:
        before, self._step = self._step, step
        if self._shown and 0 < len(self._traces) <= CROWD:
            trace = self._traces[self._selected]
            if trace.record_at(before) != trace.record_at(step):
                self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._theme is None or self._map is None:
            return
        if self._probe is not None:
            self._draw_line(painter, pixel_map, self.line_through(self._probe), _FAINT)
        if self._shown and 0 < len(self._traces) <= CROWD:
            trace = self._traces[self._selected]
            record = trace.record_at(self._step)
            line = self.line_through(trace.params[record])
            self._draw_line(painter, pixel_map, line, _LINE)
            if line is not None:
                self._draw_right_angle(
                    painter, pixel_map, trace.params[record], trace.gradient[record]
                )

    def line_through(self, point: FloatArray) -> FloatArray | None:
        """Return the level line through a point, shape (points, 2); None if there is none."""
        if self._landscape is None or self._map is None or point.size != 2:
            return None
        if self._lines is None:
            self._lines = LevelLines(self._map.field)
        return self._lines.through(point, float(self._landscape.loss(point[np.newaxis])[0]))

    def _draw_line(
        self, painter: QPainter, pixel_map: PixelMap, line: FloatArray | None, width: float
    ) -> None:
        if line is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        casing = QColor(_DARK)
        casing.setAlphaF(0.45)
        drawn = polygon(pixel_map.pixels(line))
        for ink, extra in ((casing, _CASING - _LINE), (QColor("#ffffff"), 0.0)):
            painter.setPen(round_pen(ink, width + extra))
            painter.drawPolyline(drawn)

    def _draw_right_angle(
        self, painter: QPainter, pixel_map: PixelMap, point: FloatArray, gradient: FloatArray
    ) -> None:
        """Mark the right angle, where both axes have the same scale and so show it as one."""
        across, down = np.abs(pixel_map.scale).tolist()
        norm = math.hypot(*gradient.tolist())
        if abs(across / down - 1.0) > _SAME_SCALE or not 0.0 < norm < math.inf:
            return
        at = pixel_map.pixel(*point.tolist())
        x, y = (-gradient / norm * np.sign(pixel_map.scale) * _CORNER).tolist()
        along, aside = QPointF(x, y), QPointF(-y, x)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(round_pen("#ffffff", _FAINT))
        painter.drawPolyline(QPolygonF([at + along, at + along + aside, at + aside]))
