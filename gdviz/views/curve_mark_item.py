"""What stands on the loss curve: current points, the slope, what the pointer is at."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gdviz.numbers import format_number
from gdviz.views.marks import draw_current, draw_ghost, draw_tangent
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate, fits, fitting, plate_size, within
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, Trace

__all__ = ["CurveMarkItem", "slope_name", "slope_words"]

_ASIDE, _FAINT = 0.7, 0.45  # of runs that are not on the curve


class CurveMarkItem(RunItem):
    """Draws the selected run's tangent and slope, and every run's current point.

    With two parameters the others' points lie off the curve: they are smaller and fainter,
    and left out where there are many.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=8.0)
        self._names: tuple[str, ...] = ()
        self._axis = 0

    def set_slice(self, names: tuple[str, ...], axis: int) -> None:
        """Draw along one of these parameters."""
        self._names, self._axis = names, axis
        self.update()

    @property
    def _dimension(self) -> int:
        return len(self._names)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if theme is None or self._selected < 0:
            return
        selected = self._traces[self._selected]
        if selected.params.shape[1] != self._dimension:
            return  # the runs are still those of the landscape before
        on_curve = self._dimension == 1
        if on_curve or len(self._traces) <= CROWD:
            painter.setOpacity(1.0 if on_curve else _FAINT)
            for trace in reversed(self._traces):
                if trace is not selected and trace.params.shape[1] == self._dimension:
                    at = self._pixel(pixel_map, trace, trace.record_at(self._step))
                    look, scale = trace.look, 1.0 if on_curve else _ASIDE
                    draw_current(painter, at, theme.run(look.color), theme, scale, look.shape)
            painter.setOpacity(1.0)
        record = selected.record_at(self._step)
        at = self._pixel(pixel_map, selected, record)
        slope = float(selected.gradient[record, self._axis])
        self._draw_tangent(painter, pixel_map, at, slope, theme)
        look = selected.look
        draw_current(painter, at, theme.run(look.color), theme, shape=look.shape)
        self._draw_ghost(painter, pixel_map, theme)

    def _draw_tangent(
        self, painter: QPainter, pixel_map: PixelMap, at: QPointF, slope: float, theme: Theme
    ) -> None:
        across, up = (pixel_map.scale * np.array([1.0, slope])).tolist()
        if not math.isfinite(up):
            return
        color = theme.partials[self._axis] if self._dimension > 1 else theme.tangent
        draw_tangent(painter, at, (across, up), color)
        self._draw_slope(painter, at, slope, color, theme)

    def _draw_slope(
        self, painter: QPainter, at: QPointF, slope: float, color: str, theme: Theme
    ) -> None:
        name = slope_name(self._names, self._axis)
        words = slope_words(name, slope, at, self.boundingRect())
        if words is not None:
            plate, text = words
            draw_plate(painter, plate, text, color, theme)

    def _draw_ghost(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        if self._ghost is None or not 0 <= self._ghost[0] < len(self._traces):
            return
        run, step = self._ghost
        trace = self._traces[run]
        if trace.params.shape[1] == self._dimension:
            at = self._pixel(pixel_map, trace, trace.record_at(step))
            draw_ghost(painter, at, theme.run(trace.look.color), theme)

    def _pixel(self, pixel_map: PixelMap, trace: Trace, record: int) -> QPointF:
        return pixel_map.pixel(float(trace.params[record, self._axis]), float(trace.loss[record]))


def slope_words(name: str, slope: float, at: QPointF, bounds: QRectF) -> tuple[QRectF, str] | None:
    """Return where a slope is written and how: on the free side of the tangent, inside the plot.

    None where there is no room.
    """
    number = format_number(slope)
    text = fitting((f"{name} {number}", number, format_number(slope, 2)), bounds.width() - 12.0)
    size = plate_size(text)
    if not fits(size, bounds):
        return None
    left = at.x() + 14.0 if slope <= 0.0 else at.x() - 14.0 - size.width()
    return within(QPointF(left, at.y() - size.height() - 10.0), size, bounds), text


def slope_name(names: tuple[str, ...], axis: int) -> str:
    """Return what the slope along a parameter is called: where there is another, ∂f/∂x."""
    return f"∂f/∂{names[axis]}" if len(names) > 1 else "slope"
