"""What moves on the contour view: current points, gradients, what the pointer is at."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.marks import draw_arrow, draw_current, draw_ghost
from gdviz.views.pixel_map import PixelMap
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, RecordOf
from gdviz.views.trajectory_item import MOST_APART

__all__ = ["MarkItem", "arrow_tip"]

_SHORTEST, _LONGEST = 5.0, 64.0
_MARGIN = 12.0
_MOST_ARROWS = 8
_SMALLER = 0.75  # how much smaller the others are in a crowd


class MarkItem(RunItem):
    """Draws marks on top of everything else; their sizes don't depend on the zoom."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=20.0)
        self._steepest = 0.0
        self._probe: tuple[FloatArray, FloatArray] | None = None
        self._taken_apart = False

    def set_steepest(self, norm: float) -> None:
        """Tell which gradient norm gets the longest arrow."""
        self._steepest = norm
        self.update()

    def set_step(self, step: int) -> None:
        """Mark the current points at another step."""
        before, self._step = self._step, step
        moved = [
            (trace, first, last)
            for trace in self._traces
            if (first := trace.record_at(before)) != (last := trace.record_at(step))
        ]
        if len(moved) > MOST_APART:
            self.update()
            return
        for trace, *records in moved:
            for record in records:
                self.update_around(trace.params[record : record + 1], _LONGEST + _MARGIN)

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, both of shape (2,), or none."""
        before = self._probe
        self._probe = None if point is None or gradient is None else (point, gradient)
        for probe in (before, self._probe):
            if probe is not None:
                self.update_around(probe[0][np.newaxis], _LONGEST + _MARGIN)

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none."""
        before, self._ghost = self._ghost, record
        for ghost in (before, record):
            point = self._ghost_point(ghost)
            if point is not None:
                self.update_around(point[np.newaxis], _MARGIN)

    def set_taken_apart(self, apart: bool) -> None:
        """Leave out the selected run's gradient, whose place the parts of its step take."""
        if apart != self._taken_apart:
            self._taken_apart = apart
            self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if theme is None:
            return
        if self._probe is not None:
            self._draw_both(painter, pixel_map, *self._probe, theme)
        if self._traces:
            self._draw_current(painter, pixel_map, theme)
        point = self._ghost_point(self._ghost)
        if self._ghost is not None and point is not None:
            color = theme.run(self._traces[self._ghost[0]].look.color)
            draw_ghost(painter, pixel_map.pixel(*point.tolist()), color, theme)

    def _draw_current(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """Draw the gradients and the discs above them, those of the selected run last."""
        records = [trace.record_at(self._step) for trace in self._traces]
        points = np.array(
            [trace.params[at] for trace, at in zip(self._traces, records, strict=True)]
        )
        order = [index for index in range(len(records)) if index != self._selected]
        order.append(self._selected)
        arrows = order if len(order) <= _MOST_ARROWS else order[-1:]
        for index in arrows:
            gradient = self._traces[index].gradient[records[index]]
            if index != self._selected:
                self._draw_gradient(
                    painter, pixel_map, points[index], -gradient, theme.descent, theme
                )
            elif not self._taken_apart:
                self._draw_both(painter, pixel_map, points[index], gradient, theme)
        pixels = pixel_map.pixels(points).tolist()
        smaller = _SMALLER if len(order) > CROWD else 1.0
        for index in order:
            look, at = self._traces[index].look, QPointF(*pixels[index])
            scale = 1.0 if index == self._selected else smaller
            draw_current(painter, at, theme.run(look.color), theme, scale, look.shape)

    def _draw_both(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        point: FloatArray,
        gradient: FloatArray,
        theme: Theme,
    ) -> None:
        """Draw ∇f, which points uphill, and −∇f."""
        for direction, color in ((gradient, theme.gradient), (-gradient, theme.descent)):
            self._draw_gradient(painter, pixel_map, point, direction, color, theme)

    def _draw_gradient(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        point: FloatArray,
        direction: FloatArray,
        color: str,
        theme: Theme,
    ) -> None:
        tail = pixel_map.pixel(*point.tolist())
        inside = self.boundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        tip = arrow_tip(tail, direction, pixel_map, self._steepest)
        if tip is not None and inside.contains(tail):
            draw_arrow(painter, tail, tip, color, theme.halo)

    def _ghost_point(self, ghost: RecordOf | None) -> FloatArray | None:
        if ghost is None or not 0 <= ghost[0] < len(self._traces):
            return None
        trace = self._traces[ghost[0]]
        return np.asarray(trace.params[trace.record_at(ghost[1])])


def arrow_tip(
    tail: QPointF, direction: FloatArray, pixel_map: PixelMap, steepest: float
) -> QPointF | None:
    """Return where the arrow of a gradient ends on the screen.

    It points along the step that the gradient stands for, as the axes show it; its
    length grows with the square root of the norm, up to 64 pixels. One shorter than
    5 pixels is not drawn: None.

    Parameters
    ----------
    tail : QPointF
        Where it begins, in pixels.
    direction : ndarray, shape (2,)
        ∇f or −∇f.
    pixel_map : PixelMap
    steepest : float
        The norm with the longest arrow.
    """
    norm = math.hypot(*direction.tolist())
    with np.errstate(over="ignore"):
        along = direction * pixel_map.scale
    length = math.hypot(*along.tolist())
    if not (math.isfinite(norm) and 0.0 < length < math.inf and steepest > 0.0):
        return None
    pixels = _LONGEST * min(math.sqrt(norm / steepest), 1.0)
    if pixels < _SHORTEST:
        return None
    return tail + QPointF(*(along / length * pixels).tolist())
