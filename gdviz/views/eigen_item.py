"""The Hessian's eigen-directions at the selected run's current point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_number
from gdviz.views.marks import draw_axis
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate, plate_size, within
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace, selected_of

__all__ = ["EigenAxis", "EigenItem", "eigen_axes"]

_LONGEST, _SHORTEST = 90.0, 24.0
_AWAY = 8.0
_REACH = 230.0  # how far labels lie from the point at most


@dataclass(frozen=True)
class EigenAxis:
    """One eigen-direction as it is drawn.

    Attributes
    ----------
    value : float
        The eigenvalue.
    reach : (float, float)
        From the point to one of its ends, in pixels.
    """

    value: float
    reach: tuple[float, float]


class EigenItem(PixelItem):
    """Draws two axes through the current point, or nothing."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=16.0)
        self._landscape: Landscape | None = None
        self._trace: Trace | None = None
        self._step = 0
        self._shown = False
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return self._shown

    def set_landscape(self, landscape: Landscape) -> None:
        """Take the second derivatives of another landscape."""
        self._landscape = landscape
        self._changed()

    def set_traces(self, traces: Sequence[Trace]) -> None:
        """Follow the selected one of other runs."""
        self._trace = selected_of(traces)
        self._changed()

    def set_step(self, step: int) -> None:
        """Draw the directions at another step."""
        before = self._point
        self._step = step
        after = self._point
        if not self._shown or before is None or after is None or np.array_equal(before, after):
            return
        for point in (before, after):
            self.update_around(point[np.newaxis], _REACH)

    def set_shown(self, shown: bool) -> None:
        """Draw the directions, or not."""
        self._shown = shown
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._changed()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        point, theme = self._point, self._theme
        if not self._shown or point is None or theme is None or self._landscape is None:
            return
        if self._landscape.dimension != 2 or point.size != 2:
            return
        at = pixel_map.pixel(*point.tolist())
        if not self.boundingRect().contains(at):
            return
        axes = eigen_axes(self._landscape.hessian(point[np.newaxis])[0], pixel_map)
        for axis in reversed(axes):
            negative = axis.value < 0.0
            color = theme.warning if negative else theme.curvature
            draw_axis(painter, at, QPointF(*axis.reach), color, theme.halo, dashed=negative)
        taken: list[QRectF] = []
        for name, axis in zip(("λ₁", "λ₂"), axes, strict=False):
            text = f"{name} = {format_number(axis.value)}"
            plate = _free_plate(at, axis, text, self.boundingRect(), taken)
            taken.append(plate)
            color = theme.warning if axis.value < 0.0 else theme.curvature
            draw_plate(painter, plate, text, color, theme)

    @property
    def _point(self) -> FloatArray | None:
        if self._trace is None:
            return None
        return np.asarray(self._trace.params[self._trace.record_at(self._step)])

    def _changed(self) -> None:
        if self._shown:
            self.update()


def eigen_axes(hessian: FloatArray, pixel_map: PixelMap) -> list[EigenAxis]:
    """Return how the eigen-directions of a Hessian are drawn.

    The eigenvectors v with H v = λ v have half the lengths of the axes of a level ellipse of
    the quadratic form, 1/√|λ| (Strang, *Introduction to Linear Algebra*, 5th ed., section
    6.5), as the plot's axes show them: the flat direction is long, the steep one short. The
    longer one reaches 90 pixels, the other one at least 24.

    Parameters
    ----------
    hessian : ndarray, shape (2, 2)
    pixel_map : PixelMap

    Returns
    -------
    list of EigenAxis
        The larger eigenvalue first; empty where the Hessian is not finite.
    """
    if not np.isfinite(hessian).all():
        return []
    values, vectors = np.linalg.eigh(hessian)
    reaches = [vector * pixel_map.scale for vector in vectors.T]
    lengths = np.array([math.hypot(*reach.tolist()) for reach in reaches])
    with np.errstate(divide="ignore"):
        radii = lengths / np.sqrt(np.abs(values))
    flat = np.isinf(radii)
    if flat.any():
        radii = np.where(flat, 1.0, 0.0)
    drawn = np.maximum(_LONGEST * radii / radii.max(), _SHORTEST)
    order = (1, 0)  # eigh sorts from the smallest
    return [
        EigenAxis(
            float(values[place]),
            (
                float(reaches[place][0] / lengths[place] * drawn[place]),
                float(reaches[place][1] / lengths[place] * drawn[place]),
            ),
        )
        for place in order
    ]


def _free_plate(
    at: QPointF, axis: EigenAxis, text: str, bounds: QRectF, taken: Sequence[QRectF]
) -> QRectF:
    """Return where an axis's label goes: beyond the end where it is freest, the upper first."""
    size = plate_size(text)
    reach = QPointF(*axis.reach)
    if reach.y() > 0.0:
        reach = -reach
    best, best_cost = QRectF(), math.inf
    for side in (1.0, -1.0):
        tip = at + reach * side
        unit = reach * side / math.hypot(reach.x(), reach.y())
        middle = tip + QPointF(
            unit.x() * (size.width() / 2.0 + _AWAY), unit.y() * (size.height() / 2.0 + _AWAY)
        )
        corner = middle - QPointF(size.width() / 2.0, size.height() / 2.0)
        plate = within(corner, size, bounds)
        moved = plate.topLeft() - corner
        over = sum(_area(plate & other) for other in taken)
        cost = abs(moved.x()) + abs(moved.y()) + over
        if cost < best_cost:
            best, best_cost = plate, cost
    return best


def _area(rectangle: QRectF) -> float:
    return rectangle.width() * rectangle.height()
