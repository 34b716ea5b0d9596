"""A sweep as a curve or as a map of colors, with where runs fail."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.engine.sweep import SweepMap
from gdviz.landscapes import FloatArray
from gdviz.views.field_item import palette
from gdviz.views.fonts import BODY, font
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.plates import plate_size
from gdviz.views.polylines import finite_pieces
from gdviz.views.sweep_scale import Measured, edges_of
from gdviz.views.theme import Theme

__all__ = ["SweepItem", "failed_color", "missing_color"]

_CURVE = 2.2
_SHADE_OPACITY = 0.14
_FAILED = {"light": "#f0c9c4", "dark": "#5a3534"}
_MISSING = {"light": "#dfe3e9", "dark": "#3a414d"}


def failed_color(theme: Theme) -> str:
    """Return the color of runs that diverged: none that a scale of losses has."""
    return _FAILED[theme.name]


def missing_color(theme: Theme) -> str:
    """Return the color of runs that have not converged, where steps are told."""
    return _MISSING[theme.name]


class SweepItem(PixelItem):
    """Draws what was measured of each run; words and marks are above it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=-10.0)
        self._map: SweepMap | None = None
        self._measured: Measured | None = None
        self._image: QImage | None = None
        self._theme: Theme | None = None

    def set_map(self, sweep: SweepMap | None, found: Measured | None) -> None:
        """Draw another sweep, or nothing."""
        self._map, self._measured = sweep, found
        self._shade()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._shade()

    @property
    def curve(self) -> FloatArray:
        """The curve in the plot's units, shape (n, 2); gaps are not finite."""
        if self._map is None or self._measured is None or len(self._map.axes) != 1:
            return np.empty((0, 2))
        (axis,) = self._map.axes
        x = np.log10(axis.values) if axis.logarithmic else axis.values
        return np.stack([x, self._measured.log], axis=1)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._map is None or self._measured is None or self._theme is None:
            return
        if len(self._map.axes) == 2:
            self._draw_image(painter, pixel_map)
        else:
            self._draw_spans(painter, pixel_map, self._map, self._measured, self._theme)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(round_pen(self._theme.curve, _CURVE))
            for piece in finite_pieces(pixel_map.pixels(self.curve)):
                painter.drawPolyline(polygon(piece))

    def _shade(self) -> None:
        sweep, found, theme = self._map, self._measured, self._theme
        self._image = None
        if sweep is not None and len(sweep.axes) == 2 and found is not None and theme is not None:
            self._image = _image(sweep, found, theme)
        self.update()

    def _draw_image(self, painter: QPainter, pixel_map: PixelMap) -> None:
        assert self._map is not None
        assert self._image is not None
        across, upward = (edges_of(axis)[[0, -1]].tolist() for axis in self._map.axes)
        target = pixel_map.rectangle(tuple(across), tuple(upward))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(target, self._image)

    def _draw_spans(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        sweep: SweepMap,
        found: Measured,
        theme: Theme,
    ) -> None:
        """Shade where runs fail, and where they don't converge."""
        edges = edges_of(sweep.axes[0])
        bounds = self.boundingRect()
        for which, color, words in (
            (found.missing, theme.muted, f"not converged after {sweep.steps:,} steps"),
            (sweep.failed, theme.warning, "diverges"),
        ):
            widest = QRectF()
            for first, last in spans(which):
                left = pixel_map.pixel(float(edges[first]), 0.0).x()
                right = pixel_map.pixel(float(edges[last]), 0.0).x()
                area = QRectF(left, bounds.top(), right - left, bounds.height()) & bounds
                ink = QColor(color)
                ink.setAlphaF(_SHADE_OPACITY)
                painter.fillRect(area, ink)
                if area.width() > widest.width():
                    widest = area
            free = _between_bounds(widest, pixel_map, sweep)
            if plate_size(words, bold=False).width() <= free.width():
                painter.setFont(font(BODY))
                painter.setPen(QColor(color))
                # At half its height: the words of marks are at the top and at the curve's foot.
                painter.drawText(free, Qt.AlignmentFlag.AlignCenter, words)


def _between_bounds(area: QRectF, pixel_map: PixelMap, sweep: SweepMap) -> QRectF:
    """Return the widest part of an area through which no line of a bound goes."""
    places = [] if sweep.bounds is None else np.ravel(sweep.bounds.bound).tolist()
    (axis,) = sweep.axes
    lines = [
        pixel_map.pixel(float(np.log10(place)) if axis.logarithmic else place, 0.0).x()
        for place in places
        if place > 0.0 and np.isfinite(place)
    ]
    inside = sorted(x for x in lines if area.left() < x < area.right())
    ends = pairwise([area.left(), *inside, area.right()])
    left, right = max(ends, key=lambda pair: pair[1] - pair[0])
    return QRectF(left, area.top(), right - left, area.height())


def spans(which: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return where runs of true values begin and end (exclusive), of a row."""
    padded = np.concatenate([[False], which, [False]])
    places = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return [pair for number, pair in enumerate(pairwise(places)) if number % 2 == 0]


def _image(sweep: SweepMap, found: Measured, theme: Theme) -> QImage:
    """Return the map as an image, the top row last in y."""
    shade = found.shade
    colors = palette(theme.colormap)[np.nan_to_num(shade * 255.0).astype(np.uint8)]
    colors = np.where(found.missing, np.uint32(QColor(missing_color(theme)).rgba()), colors)
    colors = np.where(sweep.failed, np.uint32(QColor(failed_color(theme)).rgba()), colors)
    pixels = np.ascontiguousarray(colors[::-1], dtype=np.uint32)
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    return image.copy()


def at_curve(curve: FloatArray, place: float) -> float | None:
    """Return the height of a curve (n, 2) at a place; None where it has a gap."""
    if not len(curve):
        return None
    index = int(np.argmin(np.abs(curve[:, 0] - place)))
    height = float(curve[index, 1])
    return height if np.isfinite(height) else None


def dashed(
    painter: QPainter, start: QPointF, end: QPointF, color: str, halo: str, dashes: list[float]
) -> None:
    """Draw a straight line of dashes on a halo."""
    painter.setPen(round_pen(halo, 4.0))
    painter.drawLine(start, end)
    pen = round_pen(color, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(dashes)
    painter.setPen(pen)
    painter.drawLine(start, end)
