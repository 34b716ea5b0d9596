"""The paths of runs across the contour view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from gdviz.landscapes import FloatArray
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace

__all__ = ["TrajectoryItem", "simplified"]

_LINE, _CASING, _DOT = 2.2, 4.6, 3.0
_DOT_SPACING = 8.0
_MOST_APART = 32

Path = tuple[FloatArray, str]


class TrajectoryItem(PixelItem):
    """Draws every run's path up to the current step, its casing beneath its color.

    On a screen both are kept as pixels, and a step forward paints only what is new.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=10.0)
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._theme: Theme | None = None
        self._layers: tuple[QPixmap, QPixmap] | None = None
        self._layers_key: object = None
        self._painted: list[int] = []

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs, or more records of the same ones."""
        before, self._traces = self._traces, traces
        if len(traces) != len(before) or not all(map(Trace.continues, traces, before)):
            self._layers = None
            self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        before, self._step = self._step, step
        if len(self._traces) > _MOST_APART:
            self.update()
            return
        for trace in self._traces:
            first, last = sorted((trace.record_at(before), trace.record_at(step)))
            if first != last:
                self.update_around(trace.params[first : last + 1], _CASING)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme, self._layers = theme, None
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if not self._traces or self._theme is None:
            return
        ends = [trace.record_at(self._step) for trace in self._traces]
        if not self._retain:
            paths = self._paths(pixel_map, [0] * len(ends), ends)
            _draw_casings(painter, paths, self._theme.halo)
            _draw_colors(painter, paths)
            return
        ratio = painter.device().devicePixelRatioF()
        self._bring_up_to(ends, pixel_map, ratio)
        assert self._layers is not None
        for layer in self._layers:
            painter.drawPixmap(QPointF(0.0, 0.0), layer)

    def _bring_up_to(self, ends: list[int], pixel_map: PixelMap, ratio: float) -> None:
        assert self._theme is not None
        key = (pixel_map, ratio)
        behind = any(end < painted for end, painted in zip(ends, self._painted, strict=False))
        if self._layers is None or key != self._layers_key or behind:
            self._layers = (self._blank(ratio), self._blank(ratio))
            self._layers_key, self._painted = key, [0] * len(ends)
        if ends == self._painted:
            return
        paths = self._paths(pixel_map, self._painted, ends)
        casings, colors = self._layers
        with _antialiased(casings) as inner:
            _draw_casings(inner, paths, self._theme.halo)
        with _antialiased(colors) as inner:
            _draw_colors(inner, paths)
        self._painted = ends

    def _blank(self, ratio: float) -> QPixmap:
        layer = QPixmap(self.boundingRect().size().toSize() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        return layer

    def _paths(self, pixel_map: PixelMap, begins: Sequence[int], ends: Sequence[int]) -> list[Path]:
        """Return the pixels and the color of what each run adds between two records."""
        assert self._theme is not None
        return [
            (pixel_map.pixels(trace.params[begin : end + 1]), self._theme.run(trace.number))
            for trace, begin, end in zip(self._traces, begins, ends, strict=True)
            if end > begin
        ]


def simplified(pixels: FloatArray) -> FloatArray:
    """Return a polyline (m, 2) without points that lie in the same quarter pixel."""
    cells = np.rint(pixels * 4.0)
    moved = np.any(cells[1:] != cells[:-1], axis=1)
    return np.asarray(pixels[np.concatenate([[True], moved])])


def _antialiased(layer: QPixmap) -> QPainter:
    painter = QPainter(layer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _draw_casings(painter: QPainter, paths: Sequence[Path], halo: str) -> None:
    painter.setPen(round_pen(halo, _CASING))
    for pixels, _color in paths:
        painter.drawPolyline(polygon(simplified(pixels)))


def _draw_colors(painter: QPainter, paths: Sequence[Path]) -> None:
    for pixels, color in paths:
        painter.setPen(round_pen(color, _LINE))
        painter.drawPolyline(polygon(simplified(pixels)))
        lengths = np.hypot(*np.diff(pixels, axis=0).T)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        for x, y in pixels[1:][lengths >= _DOT_SPACING].tolist():
            painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
