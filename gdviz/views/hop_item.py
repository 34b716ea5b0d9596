"""The steps so far, as hops along the loss curve."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from gdviz.landscapes import FloatArray
from gdviz.views.growing_layers import GrowingLayers
from gdviz.views.marks import draw_start
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.polylines import draw_dots
from gdviz.views.strands import Strands
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, Trace, index_of_selected

__all__ = ["HopItem"]

_HOP, _DOT = 1.2, 2.6
_FAINT = 0.65
_HOP_HEIGHT, _HIGHEST_HOP = 0.4, 40.0
_CHUNK = 32


class HopItem(PixelItem):
    """Draws the selected run's steps, and those of a few others that lie on the same curve.

    With two parameters the others' steps lie off the curve, which is cut through the selected
    run's point, so they are left out.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=4.0)
        self._dimension, self._axis = 0, 0
        self._traces: tuple[Trace, ...] = ()
        self._drawn: tuple[Trace, ...] = ()
        self._step = 0
        self._theme: Theme | None = None
        self._layers = GrowingLayers(2)

    @property
    def moves(self) -> bool:
        return True

    def set_slice(self, dimension: int, axis: int) -> None:
        """Draw along one of so many parameters."""
        if (dimension, axis) != (self._dimension, self._axis):
            self._dimension, self._axis = dimension, axis
            self._choose()

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw the steps of these runs."""
        self._traces = traces
        self._choose()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        before, self._step = self._step, step
        if any(trace.record_at(before) != trace.record_at(step) for trace in self._drawn):
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._layers.forget()
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if not self._drawn or self._theme is None:
            return
        ends = [trace.record_at(self._step) for trace in self._drawn]

        def paint(painters: Sequence[QPainter], begins: Sequence[int], to: Sequence[int]) -> None:
            for trace, begin, end in zip(self._drawn, begins, to, strict=True):
                self._draw_hops(painters, pixel_map, trace, begin, end)

        if self._retain:
            size = self.boundingRect().size()
            self._layers.draw(painter, size, pixel_map, ends, paint)
        else:
            paint([painter] * 2, [0] * len(ends), ends)
        for trace in self._drawn:
            at = pixel_map.pixel(float(trace.params[0, self._axis]), float(trace.loss[0]))
            draw_start(painter, at, self._theme.run(trace.look.color), self._theme)

    def _choose(self) -> None:
        """Choose the runs to draw: the selected one is the last, on top."""
        before = self._drawn
        traces = [trace for trace in self._traces if trace.params.shape[1] == self._dimension]
        if traces:
            selected = traces.pop(index_of_selected(traces))
            few = self._dimension == 1 and len(traces) < CROWD
            traces = [*reversed(traces), selected] if few else [selected]
        self._drawn = tuple(traces)
        if len(before) != len(traces) or not all(map(Trace.continues, self._drawn, before)):
            self._layers.forget()
            self.update()

    def _draw_hops(
        self,
        painters: Sequence[QPainter],
        pixel_map: PixelMap,
        trace: Trace,
        begin: int,
        end: int,
    ) -> None:
        assert self._theme is not None
        records = slice(begin, end + 1)
        data = np.stack([trace.params[records, self._axis], trace.loss[records]], axis=1)
        pixels = Strands.of([pixel_map.pixels(data)]).simplified().points
        pixels = pixels[np.isfinite(pixels).all(axis=1)]
        color = QColor(self._theme.run(trace.look.color))
        faint = QColor(color)
        faint.setAlphaF(_FAINT)
        arcs, dots = painters
        arcs.setBrush(Qt.BrushStyle.NoBrush)
        arcs.setPen(round_pen(faint, _HOP))
        for first in range(0, len(pixels) - 1, _CHUNK):
            arcs.drawPath(_hops(pixels[first : first + _CHUNK + 1]))
        draw_dots(dots, pixels[1:], color, _DOT)


def _hops(pixels: FloatArray) -> QPainterPath:
    """Return a path that leaps in a low arc from each of these pixels (n, 2) to the next."""
    path = QPainterPath(QPointF(*pixels[0].tolist()))
    for (x, y), (next_x, next_y) in itertools.pairwise(pixels.tolist()):
        height = min(_HOP_HEIGHT * abs(next_x - x), _HIGHEST_HOP)
        path.quadTo((x + next_x) / 2.0, min(y, next_y) - height, next_x, next_y)
    return path
