"""The loss along one parameter: curve, tangent, steps so far."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from gdviz.engine import sample_slice
from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_number
from gdviz.views.fonts import BODY, font
from gdviz.views.marks import draw_current, draw_minimum, draw_start
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace
from gdviz.views.trajectory_item import simplified

__all__ = ["CurveItem"]

_CURVE, _HOP, _TANGENT, _DOT = 2.2, 1.2, 2.2, 2.6
_TANGENT_REACH = 90.0
_PIXELS_PER_SAMPLE = 1.5
_AFFORDABLE, _FEWEST = 3_000_000, 24
_HOP_HEIGHT, _HIGHEST_HOP = 0.4, 40.0


class CurveItem(PixelItem):
    """Draws the slice of a landscape through the first run's current point."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=0.0)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._idle: FloatArray | None = None
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._theme: Theme | None = None

    def set_slice(self, landscape: Landscape, axis: int, idle: FloatArray) -> None:
        """Cut a landscape along a parameter; through `idle` while there is no run."""
        self._landscape, self._axis, self._idle = landscape, axis, idle
        self.update()

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw the steps of other runs."""
        self._traces = traces
        self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        self._step = step
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    @property
    def point(self) -> FloatArray | None:
        """The point through which the slice goes, shape (d,)."""
        if self._traces:
            trace = self._traces[0]
            return np.asarray(trace.params[trace.record_at(self._step)])
        return self._idle

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        point = self.point
        if self._landscape is None or self._theme is None or point is None:
            return
        if point.size != self._landscape.dimension:
            return  # the runs are still those of the landscape before
        self._draw_curve(painter, pixel_map, point)
        self._draw_minima(painter, pixel_map)
        for trace in reversed(self._traces):
            self._draw_hops(painter, pixel_map, trace)
        if self._traces:
            self._draw_tangent(painter, pixel_map, self._traces[0])
        for trace in reversed(self._traces):
            at = self._pixel(pixel_map, trace, trace.record_at(self._step))
            draw_current(painter, at, self._theme.run(trace.number), self._theme)

    def _draw_curve(self, painter: QPainter, pixel_map: PixelMap, point: FloatArray) -> None:
        assert self._landscape is not None
        assert self._theme is not None
        fine = int(pixel_map.width / _PIXELS_PER_SAMPLE)
        samples = max(min(fine, _AFFORDABLE // self._landscape.cost), _FEWEST)
        values = np.linspace(*pixel_map.x, samples)
        loss = sample_slice(self._landscape, point, self._axis, values)
        pixels = pixel_map.pixels(np.stack([values, loss], axis=1))
        painter.setPen(round_pen(self._theme.curve, _CURVE))
        gaps = np.flatnonzero(~np.isfinite(loss))
        for part in np.split(pixels, gaps):
            whole = part[np.isfinite(part).all(axis=1)]
            if len(whole) > 1:
                painter.drawPolyline(polygon(whole))

    def _draw_minima(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Mark the minima, where the curve shows them: with one parameter."""
        assert self._landscape is not None
        assert self._theme is not None
        if self._landscape.dimension > 1:
            return
        for (value,) in self._landscape.minima:
            loss = float(self._landscape.loss([[value]])[0])
            draw_minimum(painter, pixel_map.pixel(value, loss), self._theme)

    def _draw_hops(self, painter: QPainter, pixel_map: PixelMap, trace: Trace) -> None:
        assert self._theme is not None
        end = trace.record_at(self._step)
        data = np.stack([trace.params[: end + 1, self._axis], trace.loss[: end + 1]], axis=1)
        pixels = simplified(pixel_map.pixels(data))
        color = QColor(self._theme.run(trace.number))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        faint = QColor(color)
        faint.setAlphaF(0.65)
        painter.setPen(round_pen(faint, _HOP))
        painter.drawPath(_hops(pixels))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for x, y in pixels[1:].tolist():
            painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        draw_start(painter, self._pixel(pixel_map, trace, 0), color.name(), self._theme)

    def _draw_tangent(self, painter: QPainter, pixel_map: PixelMap, trace: Trace) -> None:
        assert self._theme is not None
        record = trace.record_at(self._step)
        slope = float(trace.gradient[record, self._axis])
        at = self._pixel(pixel_map, trace, record)
        across, up = (pixel_map.scale * np.array([1.0, slope])).tolist()
        length = math.hypot(across, up)
        if not math.isfinite(length):
            return
        reach = QPointF(across, up) * (_TANGENT_REACH / length)
        painter.setPen(round_pen(self._theme.tangent, _TANGENT))
        painter.drawLine(at - reach, at + reach)
        self._draw_slope(painter, pixel_map, at, slope)

    def _draw_slope(
        self, painter: QPainter, pixel_map: PixelMap, at: QPointF, slope: float
    ) -> None:
        """Write the slope on the free side of the tangent, inside the plot."""
        assert self._theme is not None
        letters = font(BODY, bold=True)
        text = f"slope {format_number(slope)}"
        width = QFontMetricsF(letters).horizontalAdvance(text) + 12.0
        height = 22.0
        right = slope <= 0.0
        left = at.x() + 14.0 if right else at.x() - 14.0 - width
        left = min(max(left, 6.0), pixel_map.width - width - 6.0)
        top = min(max(at.y() - height - 10.0, 6.0), pixel_map.height - height - 6.0)
        plate = QRectF(left, top, width, height)
        background = QColor(self._theme.panel)
        background.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(background)
        painter.drawRoundedRect(plate, 4.0, 4.0)
        painter.setFont(letters)
        painter.setPen(QColor(self._theme.tangent))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _pixel(self, pixel_map: PixelMap, trace: Trace, record: int) -> QPointF:
        return pixel_map.pixel(float(trace.params[record, self._axis]), float(trace.loss[record]))


def _hops(pixels: FloatArray) -> QPainterPath:
    """Return a path that leaps in a low arc from each of these pixels (n, 2) to the next."""
    path = QPainterPath(QPointF(*pixels[0].tolist()))
    for (x, y), (next_x, next_y) in itertools.pairwise(pixels.tolist()):
        height = min(_HOP_HEIGHT * abs(next_x - x), _HIGHEST_HOP)
        path.quadTo((x + next_x) / 2.0, min(y, next_y) - height, next_x, next_y)
    return path
