"""What stands on the contour view: minima, starts, current points, gradients."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.marks import draw_arrow, draw_current, draw_minimum, draw_start
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace

__all__ = ["MarkItem", "arrow_tip"]

_SHORTEST, _LONGEST = 5.0, 64.0
_MARGIN = 12.0
_MOST_APART = 32


class MarkItem(PixelItem):
    """Draws marks on top of everything else; their sizes don't depend on the zoom."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=20.0)
        self._minima: Sequence[tuple[float, ...]] = ()
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._steepest = 0.0
        self._probe: tuple[FloatArray, FloatArray] | None = None
        self._theme: Theme | None = None

    def set_minima(self, minima: Sequence[tuple[float, ...]]) -> None:
        """Mark these minima."""
        self._minima = minima
        self.update()

    def set_steepest(self, norm: float) -> None:
        """Tell which gradient norm gets the longest arrow."""
        self._steepest = norm
        self.update()

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Mark the starts and current points of other runs."""
        self._traces = traces
        self.update()

    def set_step(self, step: int) -> None:
        """Mark the current points at another step."""
        before, self._step = self._step, step
        if len(self._traces) > _MOST_APART:
            self.update()
            return
        for trace in self._traces:
            records = {trace.record_at(before), trace.record_at(step)}
            if len(records) > 1:
                for record in records:
                    self.update_around(trace.params[record : record + 1], _LONGEST + _MARGIN)

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, both of shape (2,), or none."""
        before = self._probe
        self._probe = None if point is None or gradient is None else (point, gradient)
        for probe in (before, self._probe):
            if probe is not None:
                self.update_around(probe[0][np.newaxis], _LONGEST + _MARGIN)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if theme is None:
            return
        for minimum in self._minima:
            draw_minimum(painter, pixel_map.pixel(*minimum), theme)
        if self._probe is not None:
            point, gradient = self._probe
            self._draw_gradient(painter, pixel_map, point, gradient, theme.gradient, theme)
        for trace in self._traces:
            start = pixel_map.pixel(*trace.params[0].tolist())
            draw_start(painter, start, theme.run(trace.number), theme)
        for trace in self._traces:
            record = trace.record_at(self._step)
            point, gradient = trace.params[record], trace.gradient[record]
            self._draw_gradient(painter, pixel_map, point, -gradient, theme.descent, theme)
            at = pixel_map.pixel(*point.tolist())
            draw_current(painter, at, theme.run(trace.number), theme)

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
