"""How sharp it is around the current point, laid onto a surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.marks import draw_worst
from gdviz.views.measured_item import MeasuredItem
from gdviz.views.polylines import draw_polylines
from gdviz.views.surface.draped import SeenLines, drape
from gdviz.views.surface.item import SurfaceItem
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    pass

__all__ = ["SurfaceSensitivityItem"]

_LINE, _CASING, _THIN = 2.0, 3.8, 1.2
_HIDDEN = 0.4
_CORNERS = 96


class SurfaceSensitivityItem(MeasuredItem, SurfaceItem):
    """Draws the ball's edge with its worst point, and the edge of the region of trust."""

    def __init__(self, box: pg.ViewBox, stage: Stage) -> None:
        super().__init__(box, stage, retain=False, z=12.0)

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        found = self._found
        if found is None or found.point.size != 2:
            return
        trust = found.trust
        if self._trust and trust is not None and not trust.everywhere and trust.radius > 0.0:
            _draw_edge(painter, sight, trust.outline, theme.curvature, theme)
        if self._ball:
            angles = np.linspace(0.0, 2.0 * np.pi, _CORNERS, endpoint=False)
            circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
            edge = found.point + circle * found.radii
            _draw_edge(painter, sight, edge, theme.text, theme)
            if found.highest is not None and not found.highest.unbounded:
                pixels, seen = sight.place(found.highest.point[np.newaxis])
                if np.isfinite(pixels).all():
                    painter.setOpacity(1.0 if seen[0] else _HIDDEN)
                    at = QPointF(*pixels[0, :2].tolist())
                    draw_worst(painter, at, theme.warning, theme.halo)
                    painter.setOpacity(1.0)


def _draw_edge(
    painter: QPainter, sight: Sight, outline: FloatArray, color: str, theme: Theme
) -> None:
    closed = np.concatenate([outline, outline[:1]])
    lines = SeenLines.of(sight, drape(sight.mesh, [closed]))
    if not len(lines.pixels):
        return
    painter.setOpacity(_HIDDEN)
    draw_polylines(painter, lines.strands(lines.hidden), color, _THIN, whole=True)
    painter.setOpacity(1.0)
    seen = lines.strands(lines.seen)
    draw_polylines(painter, seen, theme.halo, _CASING, whole=True)
    draw_polylines(painter, seen, color, _LINE, whole=True)
