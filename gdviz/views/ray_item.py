"""The loss along −∇f, and what one step at a learning rate makes of it."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gdviz.engine.ray_slice import best_rate, sample_ray
from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_number
from gdviz.views.marks import draw_current, draw_minimum, draw_next, draw_tangent
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.plates import clear_of, draw_plate, plate_size, within
from gdviz.views.polylines import finite_pieces
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme

__all__ = ["RayItem"]

_CURVE = 2.2
_STAR = 10.0
_SAMPLES, _AFFORDABLE, _FEWEST = 241, 3_000_000, 24


class RayItem(RunItem):
    """Draws φ(η) from the selected run's point, its tangent, its minimum and the rate in use."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=2.0)
        self._landscape: Landscape | None = None
        self._rate: float | None = None
        self._best: tuple[object, float | None] | None = None

    def set_landscape(self, landscape: Landscape) -> None:
        """Cut another landscape."""
        self._landscape, self._best = landscape, None
        self.update()

    def set_rate(self, rate: float | None) -> None:
        """Mark the learning rate in use; None where there is none."""
        if rate != self._rate:
            self._rate = rate
            self.update()

    @property
    def record(self) -> int:
        """The selected run's record at the step; −1 where there is no run."""
        return self._traces[self._selected].record_at(self._step) if self._traces else -1

    @property
    def place(self) -> tuple[FloatArray, FloatArray, float] | None:
        """The selected run's point, the gradient and the loss there; None for none."""
        if self._landscape is None or not self._traces:
            return None
        trace = self._traces[self._selected]
        if trace.params.shape[1] != self._landscape.dimension:
            return None
        record = self.record
        return trace.params[record], trace.gradient[record], float(trace.loss[record])

    def losses(self, rates: FloatArray) -> FloatArray:
        """Return φ at some rates, shape (n,); NaN where there is no run."""
        place = self.place
        if place is None or self._landscape is None:
            return np.full(rates.shape, np.nan)
        return sample_ray(self._landscape, *place[:2], rates)

    def best(self) -> float | None:
        """Return the rate of φ's first minimum; it is searched for once at each point."""
        place = self.place
        if place is None or self._landscape is None:
            return None
        point = place[0].tobytes()
        if self._best is None or self._best[0] != point:
            self._best = (point, best_rate(self._landscape, *place[:2]))
        return self._best[1]

    @property
    def samples(self) -> int:
        """How many losses along the ray can be afforded."""
        cost = 1 if self._landscape is None else self._landscape.cost
        return max(min(_SAMPLES, _AFFORDABLE // cost), _FEWEST)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme, place = self._theme, self.place
        if theme is None or place is None:
            return
        rates = np.linspace(*pixel_map.x, self.samples)
        pixels = pixel_map.pixels(np.stack([rates, self.losses(rates)], axis=1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(round_pen(theme.curve, _CURVE))
        for piece in finite_pieces(pixels):
            painter.drawPolyline(polygon(piece))
        _point, gradient, loss = place
        at = pixel_map.pixel(0.0, loss)
        plates: list[QRectF] = []
        if self._rate is not None:
            self._draw_rate(painter, pixel_map, self._rate, theme, plates)
        best = self.best()
        if best is not None:
            self._draw_best(painter, pixel_map, best, theme, plates)
        self._draw_tangent(painter, pixel_map, at, -float(gradient @ gradient), theme, plates)
        look = self._traces[self._selected].look
        draw_current(painter, at, theme.run(look.color), theme, shape=look.shape)

    def _draw_rate(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        rate: float,
        theme: Theme,
        plates: list[QRectF],
    ) -> None:
        """Mark where the step leads, on a line that can be dragged."""
        bounds = self.boundingRect()
        loss = float(self.losses(np.array([rate]))[0])
        foot = pixel_map.pixel(rate, 0.0)
        painter.setPen(round_pen(theme.accent, 1.8))
        painter.drawLine(QPointF(foot.x(), bounds.top()), QPointF(foot.x(), bounds.bottom()))
        if math.isfinite(loss):
            color = theme.run(self._traces[self._selected].look.color)
            draw_next(painter, pixel_map.pixel(rate, loss), color, theme)
        corner = QPointF(foot.x() + 6.0, bounds.top() + 4.0)
        self._say(painter, f"η = {format_number(rate)}", corner, theme.accent, theme, plates)

    def _draw_best(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        best: float,
        theme: Theme,
        plates: list[QRectF],
    ) -> None:
        at = pixel_map.pixel(best, float(self.losses(np.array([best]))[0]))
        if not self.boundingRect().contains(at):
            return
        draw_minimum(painter, at, theme)
        plates.append(QRectF(at.x() - _STAR, at.y() - _STAR, 2.0 * _STAR, 2.0 * _STAR))
        text = f"lowest at η = {format_number(best)}"
        size = plate_size(text)
        corner = QPointF(at.x() - size.width() / 2.0, at.y() - size.height() - 12.0)
        self._say(painter, text, corner, theme.text, theme, plates)

    def _draw_tangent(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        at: QPointF,
        slope: float,
        theme: Theme,
        plates: list[QRectF],
    ) -> None:
        across, up = (pixel_map.scale * np.array([1.0, slope])).tolist()
        if not math.isfinite(up):
            return
        draw_tangent(painter, at, (across, up), theme.tangent, back=1.0 / 3.0)
        text = f"slope −|∇f|² = {format_number(slope)}"
        corner = QPointF(at.x() + 12.0, at.y() - plate_size(text).height() - 8.0)
        self._say(painter, text, corner, theme.tangent, theme, plates)

    def _say(
        self,
        painter: QPainter,
        text: str,
        corner: QPointF,
        color: str,
        theme: Theme,
        plates: list[QRectF],
    ) -> None:
        """Write something where nothing is written yet."""
        bounds = self.boundingRect()
        plate = clear_of(within(corner, plate_size(text), bounds, 2.0), plates, bounds)
        plates.append(plate)
        draw_plate(painter, plate, text, color, theme)
