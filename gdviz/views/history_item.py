"""Curves against the step, with a grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from gdviz.landscapes import FloatArray
from gdviz.views.kept_item import KeptItem
from gdviz.views.number_axis import NumberAxis
from gdviz.views.pixel_map import PixelMap
from gdviz.views.polylines import draw_dots, draw_polylines, finite_pieces
from gdviz.views.strands import Strands
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD

__all__ = ["Curve", "HistoryItem", "decimated"]

_LINE, _CROWDED_LINE, _SELECTED, _CASING, _DOT = 1.6, 1.0, 2.4, 5.0, 2.4
_DOT_SPACING = 8.0
_DENSE = 4.0
_COARSE = 0.5
_FINE = 0.25
_GRID, _FAINT_GRID = 0.9, 0.4


@dataclass(frozen=True, eq=False)
class Curve:
    """One run's curve.

    Attributes
    ----------
    points : ndarray, shape (records, 2)
        In the plot's units: steps and values, or their logarithms. Gaps are not finite.
    color : int
        Its place in the theme's palette.
    selected : bool
    """

    points: FloatArray
    color: int
    selected: bool


class HistoryItem(KeptItem):
    """Draws curves over a grid; on a screen once, and then their picture until they change."""

    def __init__(
        self, box: pg.ViewBox, left: NumberAxis, bottom: NumberAxis, *, retain: bool
    ) -> None:
        super().__init__(box, retain=retain, z=0.0)
        self._left, self._bottom = left, bottom
        self._curves: tuple[Curve, ...] = ()

    def set_curves(self, curves: tuple[Curve, ...]) -> None:
        """Draw other curves, or the same ones over other axes."""
        self._curves = curves
        self.changed()

    def paint_kept(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        self._draw_grid(painter, pixel_map, theme)
        lines = [
            decimated(_in_view(pixel_map.pixels(curve.points), pixel_map.width))
            for curve in self._curves
        ]
        crowd = len(lines) > CROWD
        others = [index for index, curve in enumerate(self._curves) if not curve.selected]
        width = _CROWDED_LINE if crowd else _LINE
        # Of the same color in one go, the first ones on top.
        alike: dict[str, list[FloatArray]] = {}
        for index in reversed(others):
            ink = theme.run(self._curves[index].color)
            alike.setdefault(ink, []).append(lines[index])
        for ink, same in alike.items():
            self._draw_lines(painter, same, ink, width, coarse=crowd)
        for curve, line in zip(self._curves, lines, strict=True):
            if curve.selected:
                if others:
                    self._draw_lines(painter, [line], theme.panel, _CASING, dots=False)
                ink = theme.run(curve.color)
                self._draw_lines(painter, [line], ink, _SELECTED if others else _LINE * 1.25)

    def _draw_lines(
        self,
        painter: QPainter,
        lines: Sequence[FloatArray],
        color: str,
        width: float,
        *,
        coarse: bool = False,
        dots: bool = True,
    ) -> None:
        cell = _COARSE if coarse else _FINE
        pieces = Strands.of([piece for line in lines for piece in finite_pieces(line)])
        draw_polylines(painter, pieces.simplified(cell), color, width, whole=not self._retain)
        if dots:
            spacing = math.inf if coarse else _DOT_SPACING
            standing = [_apart(line, spacing) for line in lines]
            if standing:
                draw_dots(painter, np.concatenate(standing), color, max(_DOT, 0.75 * width))

    def _draw_grid(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        width, height = pixel_map.width, pixel_map.height
        steps = self._bottom.tick_places(*pixel_map.x)
        values = self._left.tick_places(*pixel_map.y)
        origin, scale = (pixel_map.x[0], pixel_map.y[1]), pixel_map.scale
        for level, opacity in ((1, _FAINT_GRID), (0, _GRID)):
            color = QColor(theme.border)
            color.setAlphaF(opacity)
            painter.setPen(QPen(color, 1.0))
            upright = [(value - origin[0]) * scale[0] for value in steps[level]]
            flat = [(value - origin[1]) * scale[1] for value in values[level]]
            painter.drawLines(list(_upright(upright, height)))
            painter.drawLines(list(_flat(flat, width)))


def _in_view(pixels: FloatArray, width: float) -> FloatArray:
    """Return the part of a curve from left to right that is in view, and a point on each side."""
    begin = int(np.searchsorted(pixels[:, 0], 0.0)) - 1
    end = int(np.searchsorted(pixels[:, 0], width, side="right")) + 1
    return pixels[max(begin, 0) : end]


def decimated(pixels: FloatArray) -> FloatArray:
    """Return a curve (m, 2) that looks like one of very many pixels (n, 2), from left to right.

    Where a column of pixels has more than four points, its first, lowest, highest and last one
    stand for all. Gaps remain.
    """
    if len(pixels) < 2:
        return pixels
    span = float(pixels[-1, 0] - pixels[0, 0])
    if not len(pixels) > _DENSE * (span + 1.0):
        return pixels
    columns = np.floor(pixels[:, 0])
    finite = np.isfinite(pixels[:, 1])
    changes = (columns[1:] != columns[:-1]) | (finite[1:] != finite[:-1])
    begins = np.flatnonzero(np.concatenate([[True], changes]))
    ends = np.append(begins[1:], len(pixels)) - 1
    heights = np.where(finite, pixels[:, 1], 0.0)
    lowest, highest = np.minimum.reduceat(heights, begins), np.maximum.reduceat(heights, begins)
    middle = 0.5 * (pixels[begins, 0] + pixels[ends, 0])
    rows = np.stack(
        [
            np.stack([pixels[begins, 0], middle, middle, pixels[ends, 0]], axis=1),
            np.stack([heights[begins], lowest, highest, heights[ends]], axis=1),
        ],
        axis=2,
    )
    rows[~finite[begins]] = np.nan
    return np.asarray(rows.reshape(-1, 2))


def _apart(pixels: FloatArray, spacing: float) -> FloatArray:
    """Return the points that are seen one by one: far from the next ones, or between gaps."""
    if not len(pixels):
        return pixels
    finite = np.isfinite(pixels).all(axis=1)
    lengths = np.hypot(*np.diff(pixels, axis=0).T)
    # What has no length has a gap on that side, or nothing.
    far = np.concatenate([[True], ~(lengths < spacing), [True]])
    return np.asarray(pixels[finite & far[:-1] & far[1:]])


def _upright(places: Iterable[float], height: float) -> Iterable[QLineF]:
    return (QLineF(round(at) + 0.5, 0.0, round(at) + 0.5, height) for at in places)


def _flat(places: Iterable[float], width: float) -> Iterable[QLineF]:
    return (QLineF(0.0, round(at) + 0.5, width, round(at) + 0.5) for at in places)
