"""Where the contour view is cut by the curves beneath it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme

__all__ = ["CutItem"]

_LINE, _CASING = 1.8, 3.6


class CutItem(RunItem):
    """Draws lines through the selected run's point: along parameters, or along −∇f.

    While there is no run, lines along parameters go through the point that was set.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=0.0)
        self._axes: tuple[int, ...] = ()
        self._reach: tuple[float, float] | None = None
        self._idle: FloatArray | None = None

    def set_cut(
        self, axes: tuple[int, ...], idle: FloatArray, reach: tuple[float, float] | None = None
    ) -> None:
        """Draw lines along these parameters, or a ray.

        Parameters
        ----------
        axes : tuple of int
        idle : ndarray, shape (d,)
            Where lines go through while there is no run.
        reach : (float, float), optional
            From which to which learning rate the ray p − η ∇f goes; no ray if left out.
        """
        self._axes, self._reach, self._idle = axes, reach, idle
        self.update()

    def set_step(self, step: int) -> None:
        before = self._point
        self._step = step
        after = self._point
        if before is None or after is None or np.array_equal(before, after):
            return
        if self._reach is not None:
            self.update()
            return
        for point in (before, after):
            at = self.pixel_map.pixel(*point.tolist())
            bounds = self.boundingRect()
            for axis in self._axes:
                left, top = (bounds.left(), at.y() - _CASING), (at.x() - _CASING, bounds.top())
                wide = (bounds.width(), 2.0 * _CASING), (2.0 * _CASING, bounds.height())
                corner = left if axis == 0 else top
                self.update(QRectF(*corner, *wide[axis]) & bounds)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        point, theme = self._point, self._theme
        if point is None or theme is None or point.size != 2:
            return
        at, bounds = pixel_map.pixel(*point.tolist()), self.boundingRect()
        if self._reach is not None:
            self._draw_ray(painter, pixel_map, point, theme)
        for axis in self._axes:
            if axis == 0:
                ends = (QPointF(bounds.left(), at.y()), QPointF(bounds.right(), at.y()))
            else:
                ends = (QPointF(at.x(), bounds.top()), QPointF(at.x(), bounds.bottom()))
            _draw_line(painter, *ends, theme.partials[axis], theme)

    def _draw_ray(
        self, painter: QPainter, pixel_map: PixelMap, point: FloatArray, theme: Theme
    ) -> None:
        assert self._reach is not None
        if not self._traces:
            return
        trace = self._traces[self._selected]
        gradient = trace.gradient[trace.record_at(self._step)]
        ends = [point - rate * gradient for rate in self._reach]
        if np.isfinite(ends).all():
            uphill, downhill = (pixel_map.pixel(*end.tolist()) for end in ends)
            _draw_line(painter, uphill, downhill, theme.descent, theme)

    @property
    def _point(self) -> FloatArray | None:
        if not self._traces:
            return self._idle
        trace = self._traces[self._selected]
        return np.asarray(trace.params[trace.record_at(self._step)])


def _draw_line(painter: QPainter, one: QPointF, other: QPointF, color: str, theme: Theme) -> None:
    casing = QColor(theme.halo)
    casing.setAlphaF(0.5)
    for ink, width in ((casing, _CASING), (QColor(color), _LINE)):
        pen = round_pen(ink, width)
        if width == _LINE:
            pen.setDashPattern([5.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(one, other)
