"""The loss along one parameter."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPainter

from gdviz.engine import sample_slice
from gdviz.landscapes import FloatArray, Landscape
from gdviz.views.marks import draw_minimum
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace, selected_of

__all__ = ["CurveItem"]

_CURVE = 2.2
_PIXELS_PER_SAMPLE = 1.5
_AFFORDABLE, _FEWEST = 3_000_000, 24


class CurveItem(PixelItem):
    """Draws the slice of a landscape through the selected run's current point."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=0.0)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._idle: FloatArray | None = None
        self._trace: Trace | None = None
        self._step = 0
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return self._landscape is not None and self._landscape.dimension > 1

    def set_slice(self, landscape: Landscape, axis: int, idle: FloatArray) -> None:
        """Cut a landscape along a parameter; through `idle` while there is no run."""
        self._landscape, self._axis, self._idle = landscape, axis, idle
        self.update()

    def set_idle(self, idle: FloatArray) -> None:
        """Cut elsewhere once there is no run."""
        self._idle = idle

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Cut through the selected one of other runs."""
        before, self._trace = self._trace, selected_of(traces)
        if before is None or self._trace is None or not self._trace.continues(before):
            self.update()

    def set_step(self, step: int) -> None:
        """Cut through the point of another step."""
        before, self._step = self._step, step
        trace = self._trace
        if trace is not None and trace.record_at(before) != trace.record_at(step):
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    @property
    def point(self) -> FloatArray | None:
        """The point through which the slice goes, shape (d,)."""
        if self._trace is None:
            return self._idle
        return np.asarray(self._trace.params[self._trace.record_at(self._step)])

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        point = self.point
        if self._landscape is None or self._theme is None or point is None:
            return
        if point.size != self._landscape.dimension:
            return  # the runs are still those of the landscape before
        self._draw_curve(painter, pixel_map, point)
        self._draw_minima(painter, pixel_map)

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
