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


class TrajectoryItem(PixelItem):
    """Draws every run's path up to the current step.

    On a screen the path is kept as pixels, and a step forward paints only what is new.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=10.0)
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._theme: Theme | None = None
        self._layer: QPixmap | None = None
        self._layer_key: object = None
        self._painted: list[int] = []

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs."""
        self._traces, self._layer = traces, None
        self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        self._step = step
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme, self._layer = theme, None
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if not self._traces or self._theme is None:
            return
        ends = [trace.record_at(self._step) for trace in self._traces]
        if not self._retain:
            self._draw_paths(painter, pixel_map, [0] * len(ends), ends)
            return
        key = (pixel_map, painter.device().devicePixelRatioF())
        layer = self._layer
        behind = any(end < painted for end, painted in zip(ends, self._painted, strict=False))
        if layer is None or key != self._layer_key or behind:
            layer = self._layer = self._blank(key[1])
            self._layer_key = key
            self._painted = [0] * len(ends)
        if ends != self._painted:
            with QPainter(layer) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_paths(inner, pixel_map, self._painted, ends)
            self._painted = ends
        painter.drawPixmap(QPointF(0.0, 0.0), layer)

    def _blank(self, ratio: float) -> QPixmap:
        layer = QPixmap(self.boundingRect().size().toSize() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        return layer

    def _draw_paths(
        self, painter: QPainter, pixel_map: PixelMap, begins: Sequence[int], ends: Sequence[int]
    ) -> None:
        assert self._theme is not None
        for trace, begin, end in zip(self._traces, begins, ends, strict=True):
            if end > begin:
                overlap = max(begin - 1, 0)
                pixels = pixel_map.pixels(trace.params[overlap : end + 1])
                color = self._theme.run(trace.number)
                _draw_path(painter, pixels, begin - overlap, color, self._theme.halo)


def simplified(pixels: FloatArray) -> FloatArray:
    """Return a polyline (m, 2) without points that lie in the same quarter pixel."""
    cells = np.rint(pixels * 4.0)
    moved = np.any(cells[1:] != cells[:-1], axis=1)
    return pixels[np.concatenate([[True], moved])]


def _draw_path(
    painter: QPainter, pixels: FloatArray, already: int, color: str, halo: str
) -> None:
    """Draw a path whose first `already` segments have been drawn before.

    They are drawn once more in color, because the casing's round end covers them.
    """
    painter.setPen(round_pen(halo, _CASING))
    painter.drawPolyline(polygon(simplified(pixels[already:])))
    painter.setPen(round_pen(color, _LINE))
    painter.drawPolyline(polygon(simplified(pixels)))
    lengths = np.hypot(*np.diff(pixels, axis=0).T)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    for x, y in pixels[1:][lengths >= _DOT_SPACING].tolist():
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
