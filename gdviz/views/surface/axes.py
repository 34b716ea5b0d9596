"""The box about a surface: its far sides with grid lines, and words along its outline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gdviz.experiment.camera import HALF_SIDES, Camera
from gdviz.landscapes import FloatArray
from gdviz.views.fonts import BODY, SMALL, font
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import polygon
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.stage import Sight
from gdviz.views.surface.ticks import Tick, box_ticks
from gdviz.views.theme import Theme

__all__ = ["Side", "draw_box", "draw_words", "far_faces", "sides"]

_ROOM = (32.0, 32.0, 26.0)  # pixels for each number
_MOST = 9
_TICK, _GAP, _BETWEEN = 4.0, 4.0, 3.0
_SHORTEST = 40.0
_GRID_OPACITY = 0.75


def far_faces(camera: Camera) -> tuple[float, float, float]:
    """Return for each axis the sign of the box's face that lies behind, seen from a camera.

    From straight above it is that of a camera a little lower.
    """
    azimuth, elevation = math.radians(camera.azimuth), math.radians(camera.elevation)
    toward = (math.cos(azimuth), math.sin(azimuth), math.sin(elevation))
    x, y, z = (-1.0 if round(part, 12) >= 0.0 else 1.0 for part in toward)
    return x, y, z


@dataclass(frozen=True)
class Side:
    """The side of the box that bears an axis's numbers.

    Attributes
    ----------
    axis : int
    fixed : (float, float, float)
        Where it is along the other axes; what stands for its own axis means nothing.
    begin, end : (float, float)
        Its ends in pixels.
    outward : (float, float)
        The unit vector across its picture, away from the box's middle.
    """

    axis: int
    fixed: tuple[float, float, float]
    begin: tuple[float, float]
    end: tuple[float, float]
    outward: tuple[float, float]

    @property
    def length(self) -> float:
        """How long it is in pixels."""
        return math.dist(self.begin, self.end)

    def point(self, place: float) -> FloatArray:
        """Return the point of the box at a place along it, shape (3,)."""
        point = np.array(self.fixed)
        point[self.axis] = place
        return point


def sides(projection: Projection) -> tuple[Side, Side, Side]:
    """Return the sides that bear the numbers of x, y and z: on the outline of the box.

    Those of x and y are the near sides of the face that lies below (above, seen from below);
    that of z is the leftmost upright one.
    """
    far = far_faces(projection.camera)
    bottom = far[2] * HALF_SIDES[2]
    found = []
    for axis in (0, 1):
        other = 1 - axis
        fixed = [0.0, 0.0, bottom]
        fixed[other] = -far[other] * HALF_SIDES[other]
        found.append(_side(projection, axis, (fixed[0], fixed[1], fixed[2])))
    upright = [
        _side(projection, 2, (x * HALF_SIDES[0], y * HALF_SIDES[1], 0.0))
        for x in (-1.0, 1.0)
        for y in (-1.0, 1.0)
    ]
    left = min(upright, key=lambda side: side.begin[0] + side.end[0])
    return found[0], found[1], left


def _side(projection: Projection, axis: int, fixed: tuple[float, float, float]) -> Side:
    ends = np.array([fixed, fixed])
    ends[:, axis] = (-HALF_SIDES[axis], HALF_SIDES[axis])
    middle, *pixels = projection.pixels(np.concatenate([[[0.0, 0.0, 0.0]], ends]))[:, :2]
    along = pixels[1] - pixels[0]
    length = max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]]) / length
    if across @ (0.5 * (pixels[0] + pixels[1]) - middle) < 0.0:
        across = -across
    begin, end, outward = ((float(a), float(b)) for a, b in (*pixels, across))
    return Side(axis, fixed, begin, end, outward)


def ticks_of(sight: Sight) -> tuple[list[Tick], ...]:
    """Return the ticks along x, y and z for which there is room."""
    most = [
        0 if side.length < _SHORTEST else min(int(side.length / room), _MOST)
        for side, room in zip(sides(sight.projection), _ROOM, strict=True)
    ]
    return box_ticks(sight.mesh, (most[0], most[1], most[2]))


def draw_box(painter: QPainter, sight: Sight, theme: Theme) -> None:
    """Draw the box's faces behind the surface, with a line for each number."""
    projection = sight.projection
    far = far_faces(projection.camera)
    ticks = ticks_of(sight)
    grid = QColor(theme.border)
    grid.setAlphaF(_GRID_OPACITY)
    for axis in range(3):
        first, second = (other for other in range(3) if other != axis)
        corners = np.empty((4, 3))
        corners[:, axis] = far[axis] * HALF_SIDES[axis]
        corners[:, first] = np.array([-1.0, 1.0, 1.0, -1.0]) * HALF_SIDES[first]
        corners[:, second] = np.array([-1.0, -1.0, 1.0, 1.0]) * HALF_SIDES[second]
        face = polygon(projection.pixels(corners)[:, :2])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # its edges are drawn next
        painter.drawPolygon(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(round_pen(theme.border, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(face)
        painter.setPen(round_pen(grid, 1.0))
        for line in _grid(corners[0], axis, (first, second), ticks):
            painter.drawPolyline(polygon(projection.pixels(line)[:, :2]))


def _grid(
    corner: FloatArray, axis: int, others: tuple[int, int], ticks: Sequence[list[Tick]]
) -> Iterator[FloatArray]:
    for along, across in (others, others[::-1]):
        for tick in ticks[along]:
            line = np.array([corner, corner])
            line[:, axis] = corner[axis]
            line[:, along] = tick.place
            line[:, across] = (-HALF_SIDES[across], HALF_SIDES[across])
            yield line


def draw_words(painter: QPainter, sight: Sight, names: Sequence[str], theme: Theme) -> None:
    """Draw the numbers along the box's outline and what they are of.

    Words are kept within the picture, and left out where they would lie on others.

    Parameters
    ----------
    painter : QPainter
    sight : Sight
    names : sequence of str
        Of x, y and z.
    theme : Theme
    """
    bounds = QRectF(0.0, 0.0, sight.projection.width, sight.projection.height)
    taken: list[QRectF] = []
    small, body = font(SMALL), font(BODY)
    chosen = sides(sight.projection)
    ticks = ticks_of(sight)
    metrics = QFontMetricsF(small)
    extents = [
        max((metrics.horizontalAdvance(tick.text) for tick in some), default=0.0) for some in ticks
    ]
    # Names first: they must be there, and numbers are many.
    painter.setFont(body)
    painter.setPen(QColor(theme.text))
    letters = QFontMetricsF(body)
    for side, name, extent in zip(chosen, names, extents, strict=True):
        size = QSizeF(letters.horizontalAdvance(name) + 2.0, letters.height())
        if side.length >= _SHORTEST:
            at = _place_of_name(side, size, QSizeF(extent, metrics.height()))
            _draw_text(painter, name, at, size, bounds, taken)
    painter.setFont(small)
    for side, some in zip(chosen, ticks, strict=True):
        for tick in some:
            at = sight.projection.pixels(side.point(tick.place)[np.newaxis])[0]
            place = QPointF(float(at[0]), float(at[1]))
            outward = QPointF(*side.outward)
            painter.setPen(round_pen(theme.muted, 1.0))
            size = QSizeF(metrics.horizontalAdvance(tick.text) + 2.0, metrics.height())
            painter.drawLine(place, place + outward * _TICK)
            middle = place + outward * (_TICK + _GAP + _reach(side, size))
            painter.setPen(QColor(theme.muted))
            _draw_text(painter, tick.text, middle, size, bounds, taken)


def _place_of_name(side: Side, size: QSizeF, numbers: QSizeF) -> QPointF:
    outward = QPointF(*side.outward)
    if side.axis == 2:  # above its upper end, where the other axes' words never are
        return QPointF(*side.end) + QPointF(-0.5 * size.width() + 8.0, -0.5 * size.height() - 4.0)
    middle = (QPointF(*side.begin) + QPointF(*side.end)) / 2.0
    away = _TICK + 2.0 * _GAP + 2.0 * _reach(side, numbers) + _reach(side, size)
    return middle + outward * away


def _reach(side: Side, size: QSizeF) -> float:
    """Return how far words reach from their middle toward a side, with both on one line."""
    across, down = (abs(part) for part in side.outward)
    return 0.5 * (across * size.width() + down * size.height())


def _draw_text(
    painter: QPainter, text: str, middle: QPointF, size: QSizeF, bounds: QRectF, taken: list[QRectF]
) -> None:
    place = QRectF(middle - QPointF(0.5 * size.width(), 0.5 * size.height()), size)
    if not bounds.adjusted(-1.0, -1.0, 1.0, 1.0).intersects(place):
        return
    place.moveLeft(min(max(place.left(), 1.0), bounds.width() - size.width() - 1.0))
    place.moveTop(min(max(place.top(), 1.0), bounds.height() - size.height() - 1.0))
    wide = place.adjusted(-_BETWEEN, 0.0, _BETWEEN, 0.0)
    if any(wide.intersects(other) for other in taken):
        return
    taken.append(place)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
