"""How sharp it is around the current point: the ball, its worst point, the region of trust."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number
from gdviz.views.marks import draw_worst
from gdviz.views.measured_item import MeasuredItem
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.plates import clear_of, draw_plate, plate_size, within
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["SensitivityItem", "highest_words", "trust_label"]

_LINE, _CASING = 2.0, 4.0
_TRUST_LINE, _FILL = 1.6, 0.28
_AWAY = 12.0
_BENEATH, _ABOVE = 2.5, 21.0


class SensitivityItem(MeasuredItem):
    """Draws what was measured around a point of two parameters, or nothing.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    named : bool
        Whether this one draws the worst point and the words, which lie above all else, or the
        ball and the region, which lie beneath the paths.
    """

    def __init__(self, box: pg.ViewBox, *, named: bool) -> None:
        super().__init__(box, retain=False, z=_ABOVE if named else _BENEATH)
        self._named = named
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._changed()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        found, theme = self._found, self._theme
        if found is None or theme is None or not self.moves or found.point.size != 2:
            return
        plates: list[QRectF] = []
        if self._named:
            if self._ball:
                plates = self._draw_highest(painter, pixel_map, found, theme)
            if self._trust and found.trust is not None:
                self._name_region(painter, pixel_map, found, theme, plates)
            return
        if self._trust and found.trust is not None:
            self._draw_region(painter, pixel_map, found, theme)
        if self._ball:
            at = pixel_map.pixel(*found.point.tolist())
            across, down = np.abs(pixel_map.scale * found.radii).tolist()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for ink, width in ((theme.halo, _CASING), (theme.text, _LINE)):
                painter.setPen(round_pen(ink, width))
                painter.drawEllipse(at, across, down)

    def _draw_region(
        self, painter: QPainter, pixel_map: PixelMap, found: Sensitivity, theme: Theme
    ) -> None:
        assert found.trust is not None
        if found.trust.everywhere:
            return
        pixels = pixel_map.pixels(found.trust.outline)
        fill = QColor(theme.curvature)
        fill.setAlphaF(_FILL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(polygon(pixels))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dashed = round_pen(theme.curvature, _TRUST_LINE)
        dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
        dashed.setDashPattern([4.0, 3.0])
        for pen in (round_pen(theme.halo, _TRUST_LINE + 1.6), dashed):
            painter.setPen(pen)
            for piece in _pieces(pixels, np.isfinite(found.trust.reaches)):
                painter.drawPolyline(polygon(piece))

    def _name_region(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        found: Sensitivity,
        theme: Theme,
        taken: Sequence[QRectF],
    ) -> None:
        """Say what the region is, beneath where it ends below the point."""
        assert found.trust is not None
        text = trust_label(found)
        size, bounds = plate_size(text), self.boundingRect()
        at = pixel_map.pixel(*found.point.tolist())
        below = at.y()
        if not found.trust.everywhere:
            downward = 3 * len(found.trust.outline) // 4
            below = pixel_map.pixel(*found.trust.outline[downward].tolist()).y()
        if self._ball:
            below = max(below, at.y() + float(abs(pixel_map.scale[1]) * found.radii[1]))
        corner = QPointF(at.x() - size.width() / 2.0, below + _AWAY)
        plate = clear_of(within(corner, size, bounds), taken, bounds)
        draw_plate(painter, plate, text, theme.curvature, theme)

    def _draw_highest(
        self, painter: QPainter, pixel_map: PixelMap, found: Sensitivity, theme: Theme
    ) -> list[QRectF]:
        """Mark the worst point of the ball and say how high it is; return where words stand."""
        if found.highest is None:
            return []
        at = pixel_map.pixel(*found.highest.point.tolist())
        if not self.boundingRect().contains(at):
            return []
        draw_worst(painter, at, theme.warning, theme.halo)
        text = highest_words(found)
        size = plate_size(text)
        out = at - pixel_map.pixel(*found.point.tolist())
        length = math.hypot(out.x(), out.y()) or 1.0
        reach = QPointF(size.width() / 2.0 + _AWAY, size.height() / 2.0 + _AWAY)
        middle = at + QPointF(out.x() / length * reach.x(), out.y() / length * reach.y())
        corner = middle - QPointF(size.width() / 2.0, size.height() / 2.0)
        plate = within(corner, size, self.boundingRect())
        draw_plate(painter, plate, text, theme.warning, theme)
        return [plate]

    def _changed(self) -> None:
        if self.moves:
            self.update()


def highest_words(found: Sensitivity) -> str:
    """Return what stands beside the worst point of the ball."""
    if found.highest is None:
        return ""
    return "pole" if found.highest.unbounded else f"highest {format_number(found.highest.loss)}"


def trust_label(found: Sensitivity) -> str:
    """Return what stands beside the region of trust."""
    if found.trust is None:
        return "no quadratic model"
    if found.trust.everywhere:
        return "quadratic model right everywhere in view"
    if found.trust.radius == 0.0:
        return "quadratic model right nowhere"
    return f"quadratic model right to {format_number(100.0 * found.trust.tolerance)} %"


def _pieces(pixels: FloatArray, ends: NDArray[np.bool_]) -> list[FloatArray]:
    """Return the parts of an outline where the region does end, each (n, 2)."""
    if ends.all():
        return [np.concatenate([pixels, pixels[:1]])]
    first = int(ends.argmin())
    around, there = np.roll(pixels, -first, axis=0), np.roll(ends, -first)
    parts = np.split(around, np.flatnonzero(np.diff(there)) + 1)
    flags = np.split(there, np.flatnonzero(np.diff(there)) + 1)
    return [part for part, flag in zip(parts, flags, strict=True) if flag[0] and len(part) > 1]
