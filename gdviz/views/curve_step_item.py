"""The next step on the loss curve: the slope as an arrow, the step to scale, the next point."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gdviz.engine import sample_slice
from gdviz.landscapes import Landscape
from gdviz.numbers import format_number
from gdviz.views.curve_mark_item import slope_name, slope_words
from gdviz.views.marks import draw_arrow, draw_next
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import clear_of, draw_plate, fits, fitting, plate_size, within
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace

__all__ = ["CurveStepItem", "slope_arrow"]

_BASE = 13.0
_SHORTEST, _LONGEST = 6.0, 64.0
_VISIBLE = 4.0
_WIDEST = 0.75  # of the plot's width
_ROOM = 170.0  # where a plot is lower, there is no room for more words


class CurveStepItem(RunItem):
    """Draws −∂f along the axis, and the step that the selected run takes from its point.

    The arrow of −∂f grows with the root of the slope, as the contour view's does; the step is
    drawn as long as it is.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=6.0)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._rate: float | None = None
        self._steepest = 0.0

    def set_slice(self, landscape: Landscape, axis: int) -> None:
        """Draw along a parameter."""
        self._landscape, self._axis = landscape, axis
        self.update()

    def set_rate(self, rate: float | None) -> None:
        """Say that the step is this rate times −∂f; None where it is something else."""
        if rate != self._rate:
            self._rate = rate
            self.update()

    def set_steepest(self, slope: float) -> None:
        """Tell which slope gets the longest arrow."""
        if slope != self._steepest:
            self._steepest = slope
            self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        landscape, theme = self._landscape, self._theme
        if landscape is None or theme is None or not self._traces:
            return
        trace = self._traces[self._selected]
        if trace.params.shape[1] != landscape.dimension:
            return  # the runs are still those of the landscape before
        record = trace.record_at(self._step)
        slope = float(trace.gradient[record, self._axis])
        at = pixel_map.pixel(float(trace.params[record, self._axis]), float(trace.loss[record]))
        name = slope_name(landscape.parameters, self._axis)
        written = slope_words(name, slope, at, self.boundingRect())
        taken = [] if written is None else [written[0]]
        taken += self._draw_slope_arrow(painter, at, slope, theme, taken)
        self._draw_step(painter, pixel_map, at, trace, record, theme, taken)

    def _draw_slope_arrow(
        self,
        painter: QPainter,
        at: QPointF,
        slope: float,
        theme: Theme,
        taken: Sequence[QRectF],
    ) -> list[QRectF]:
        """Draw the arrow and its words; return where they are."""
        length = slope_arrow(-slope, self._steepest)
        bounds = self.boundingRect()
        if length is None or not bounds.left() <= at.x() <= bounds.right():
            return []
        base = QPointF(at.x(), bounds.bottom() - _BASE)
        pen = round_pen(theme.muted, 1.0)
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(at.x(), min(at.y(), base.y())), base)
        tip = base + QPointF(length, 0.0)
        draw_arrow(painter, base, tip, theme.descent, theme.halo)
        assert self._landscape is not None
        name = slope_name(self._landscape.parameters, self._axis)
        text = f"−{name} {format_number(-slope)}"
        size = plate_size(text)
        left = tip.x() + 6.0 if length > 0.0 else tip.x() - 6.0 - size.width()
        corner = QPointF(left, base.y() - size.height() / 2.0)
        if bounds.height() < _ROOM or not fits(size, bounds):
            return []
        plate = clear_of(within(corner, size, bounds, margin=2.0), taken, bounds)
        draw_plate(painter, plate, text, theme.descent, theme)
        return [plate]

    def _draw_step(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        at: QPointF,
        trace: Trace,
        record: int,
        theme: Theme,
        taken: Sequence[QRectF],
    ) -> None:
        assert self._landscape is not None
        steps = trace.trajectory.steps
        if record >= trace.last_record or steps[record + 1] != steps[record] + 1:
            return
        before, after = trace.params[record], trace.params[record + 1]
        moved = float(after[self._axis] - before[self._axis])
        value = float(after[self._axis])
        loss = float(sample_slice(self._landscape, before, self._axis, np.array([value]))[0])
        tip = pixel_map.pixel(value, float(trace.loss[record]))
        if not math.isfinite(moved) or abs(tip.x() - at.x()) < _VISIBLE:
            return
        if math.isfinite(loss):
            there = pixel_map.pixel(value, loss)
            pen = round_pen(theme.update, 1.4)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(tip, there)
            draw_next(painter, there, theme.run(trace.look.color), theme)
        draw_arrow(painter, at, tip, theme.update, theme.halo)
        slope = float(trace.gradient[record, self._axis])
        self._draw_words(painter, at, tip, moved, slope, theme, taken)

    def _draw_words(
        self,
        painter: QPainter,
        at: QPointF,
        tip: QPointF,
        moved: float,
        slope: float,
        theme: Theme,
        taken: Sequence[QRectF],
    ) -> None:
        """Say how long the step is, and that it is rate times slope where it is."""
        bounds = self.boundingRect()
        if bounds.height() < _ROOM:
            return
        short = f"step {format_number(moved)}"
        long = short
        if self._rate is not None:
            factors = f"{format_number(self._rate)} × {format_number(-slope)}"
            long = f"step {factors} = {format_number(moved)}"
        text = fitting((long, short), _WIDEST * bounds.width())
        size = plate_size(text)
        left = tip.x() + 8.0 if moved > 0.0 else tip.x() - 8.0 - size.width()
        corner = QPointF(left, at.y() - size.height() / 2.0)
        if fits(size, bounds):
            plate = clear_of(within(corner, size, bounds), taken, bounds)
            draw_plate(painter, plate, text, theme.update, theme)


def slope_arrow(slope: float, steepest: float) -> float | None:
    """Return how long the arrow of a slope is on the screen, with the slope's sign.

    It grows with the square root of the slope, up to 64 pixels; None where it would be shorter
    than 6.

    Parameters
    ----------
    slope : float
    steepest : float
        The slope with the longest arrow.
    """
    if not (math.isfinite(slope) and slope != 0.0 and steepest > 0.0):
        return None
    length = _LONGEST * min(math.sqrt(abs(slope) / steepest), 1.0)
    return None if length < _SHORTEST else math.copysign(length, slope)
