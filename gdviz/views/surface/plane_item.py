"""Planes through a surface: the one of the loss curve's slice, and the tangent plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdviz.experiment.camera import HALF_SIDES
from gdviz.landscapes import FloatArray
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import polygon
from gdviz.views.polylines import draw_polylines
from gdviz.views.surface.draped import SeenLines, drape
from gdviz.views.surface.item import SurfaceItem
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme

__all__ = ["PlaneItem", "tangent_patch"]

_CUT, _CUT_CASING, _EDGE = 2.2, 4.0, 1.2
_FILL, _HIDDEN = 0.14, 0.4
_PATCH = 0.34  # half its side, in the box
_PATCH_FILL = 0.35


class PlaneItem(SurfaceItem):
    """Draws the slice's plane with the line along which it cuts, and a patch of the tangent."""

    def __init__(self, box: pg.ViewBox, stage: Stage) -> None:
        super().__init__(box, stage, retain=False, z=5.0)
        self._point: FloatArray | None = None
        self._directions: Sequence[tuple[FloatArray, int]] = ()
        self._tangent: tuple[FloatArray, float, FloatArray] | None = None

    @property
    def moves(self) -> bool:
        return self._point is not None or self._tangent is not None

    def set_cuts(
        self, point: FloatArray | None, directions: Sequence[tuple[FloatArray, int]]
    ) -> None:
        """Cut through a point, shape (2,), or not at all if it is None.

        Parameters
        ----------
        point : ndarray or None
        directions : sequence of (ndarray of shape (2,), int)
            Along which parameters a plane goes, and what it stands for: the number of a
            parameter, or 2 for −∇f.
        """
        self._point, self._directions = point, directions
        self.update()

    def set_tangent(self, at: tuple[FloatArray, float, FloatArray] | None) -> None:
        """Draw the tangent plane at a point with its loss and its gradient, or none."""
        self._tangent = at
        self.update()

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        if self._point is not None:
            for direction, meaning in self._directions:
                color = (*theme.partials, theme.descent)[meaning]
                _draw_cut(painter, sight, theme, self._point, direction, color)
        if self._tangent is not None:
            _draw_tangent(painter, sight, theme, self._tangent)


def _draw_cut(
    painter: QPainter,
    sight: Sight,
    theme: Theme,
    point: FloatArray,
    direction: FloatArray,
    color: str,
) -> None:
    ends = _across_box(*sight.mesh.in_box(np.array([point, point + direction]))[:, :2])
    if ends is None:
        return
    corners = np.empty((4, 3))
    corners[:, :2] = ends[[0, 1, 1, 0]]
    corners[:, 2] = np.array([-1.0, -1.0, 1.0, 1.0]) * HALF_SIDES[2]
    fill = QColor(color)
    fill.setAlphaF(_FILL)
    painter.setPen(QPen(QColor(theme.muted), _EDGE, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawPolygon(polygon(sight.projection.pixels(corners)[:, :2]))
    lines = SeenLines.of(sight, drape(sight.mesh, [sight.mesh.params(ends)]))
    seen, hidden = lines.strands(lines.seen), lines.strands(lines.hidden)
    painter.setOpacity(_HIDDEN)
    draw_polylines(painter, hidden, color, _EDGE, whole=True)
    painter.setOpacity(1.0)
    draw_polylines(painter, seen, theme.halo, _CUT_CASING, whole=True)
    draw_polylines(painter, seen, color, _CUT, whole=True)


def _across_box(here: FloatArray, there: FloatArray) -> FloatArray | None:
    """Return where the line through two points enters and leaves the box, shape (2, 2).

    None where it doesn't meet the box, or where the points are one.
    """
    half, along = np.array(HALF_SIDES[:2]), there - here
    if not (np.isfinite(along).all() and along.any()):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        reaches = np.sort(np.array([(-half - here) / along, (half - here) / along]), axis=0)
    aside = along == 0.0
    if np.any(aside & (np.abs(here) > half)):
        return None
    begin = np.where(aside, -np.inf, reaches[0]).max()
    end = np.where(aside, np.inf, reaches[1]).min()
    return None if begin >= end else here + np.array([[begin], [end]]) * along


def tangent_patch(sight: Sight, at: tuple[FloatArray, float, FloatArray]) -> FloatArray | None:
    """Return the outline of a part of the tangent plane within the box, shape (n, 3).

    Parameters
    ----------
    sight : Sight
    at : (ndarray of shape (2,), float, ndarray of shape (2,))
        A point, the loss and the gradient there.

    Returns
    -------
    ndarray or None
        None if the point is not on the surface that is drawn.
    """
    point, loss, gradient = at
    base = sight.mesh.at(point[np.newaxis])[0]
    slope = sight.mesh.tangent(loss, gradient)
    if not (np.isfinite(base).all() and np.isfinite(slope).all()):
        return None
    # Along the plane itself, or a steep one would be nothing but a streak.
    steep = float(np.hypot(*slope))
    downhill = slope / steep if steep > 0.0 else np.array([1.0, 0.0])
    level = np.array([-downhill[1], downhill[0], 0.0])
    along = np.append(downhill, steep) / np.hypot(1.0, steep)
    offsets = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    patch = np.array([base + _PATCH * (a * along + b * level) for a, b in offsets])
    for axis, half in enumerate(HALF_SIDES):
        for sign in (-1.0, 1.0):
            patch = _kept(patch, sign * patch[:, axis] - half)
    return patch if len(patch) >= 3 else None


def _kept(patch: FloatArray, beyond: FloatArray) -> FloatArray:
    """Return the part of a polygon that is not beyond a plane.

    After Sutherland and Hodgman, *Reentrant polygon clipping*, CACM 17 (1974).
    """
    kept = []
    for here in range(len(patch)):
        before = here - 1
        if (beyond[before] > 0.0) != (beyond[here] > 0.0):
            share = beyond[before] / (beyond[before] - beyond[here])
            kept.append(patch[before] + share * (patch[here] - patch[before]))
        if beyond[here] <= 0.0:
            kept.append(patch[here])
    return np.array(kept).reshape(-1, 3)


def _draw_tangent(
    painter: QPainter, sight: Sight, theme: Theme, at: tuple[FloatArray, float, FloatArray]
) -> None:
    patch = tangent_patch(sight, at)
    if patch is None:
        return
    fill = QColor(theme.tangent)
    fill.setAlphaF(_PATCH_FILL)
    painter.setBrush(fill)
    painter.setPen(round_pen(theme.tangent, _EDGE + 0.4))
    painter.drawPolygon(polygon(sight.projection.pixels(patch)[:, :2]))
