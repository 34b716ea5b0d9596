"""Stars, rings, discs and arrows on a surface, as the contour view has them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdviz.experiment.camera import HALF_SIDES
from gdviz.landscapes import FloatArray, Landscape
from gdviz.views.kept_picture import KeptPicture
from gdviz.views.marks import draw_arrow, draw_current, draw_ghost, draw_minimum, draw_start
from gdviz.views.surface.item import SurfaceItem
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, RecordOf, Trace, index_of_selected

__all__ = ["SurfaceMarkItem", "arrow_on_surface"]

_SHORTEST, _LONGEST = 5.0, 64.0
_MOST_ARROWS = 8
_SMALLER, _SMALLER_RING = 0.75, 0.65
_BEHIND = 0.35


class SurfaceMarkItem(SurfaceItem):
    """Draws marks over a surface; one that it hides is drawn faintly."""

    def __init__(self, box: pg.ViewBox, stage: Stage, *, retain: bool) -> None:
        super().__init__(box, stage, retain=retain, z=20.0)
        self._standing = KeptPicture()
        self._landscape: Landscape | None = None
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._probe: tuple[FloatArray, FloatArray] | None = None
        self._ghost: RecordOf | None = None

    @property
    def moves(self) -> bool:
        return True

    def set_landscape(self, landscape: Landscape) -> None:
        """Mark a landscape's minima; there is no probe on it yet."""
        self._landscape, self._probe = landscape, None
        self._standing.forget()
        self.update()

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Mark other runs."""
        self._traces = traces
        self._selected = index_of_selected(traces)
        self._standing.forget()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._standing.forget()
        super().set_theme(theme)

    def set_step(self, step: int) -> None:
        """Mark the current points at another step."""
        if step != self._step:
            self._step = step
            self.update()

    def set_probe(self, probe: tuple[FloatArray, FloatArray] | None) -> None:
        """Show the gradient at a point: both of shape (2,); or none."""
        self._probe = probe
        self.update()

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none."""
        if record != self._ghost:
            self._ghost = record
            self.update()

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        def stand(on: QPainter) -> None:
            self._draw_standing(on, sight, theme)

        if self._retain:
            self._standing.draw(painter, self.boundingRect().size(), sight, stand)
        else:
            stand(painter)
        if self._landscape is not None and self._probe is not None:
            point, gradient = self._probe
            with np.errstate(all="ignore"):
                loss = float(self._landscape.loss(point[np.newaxis])[0])
            _draw_arrow(painter, sight, (point, loss, gradient), theme, downhill=False)
        if self._traces:
            self._draw_current(painter, sight, theme)
        if self._ghost is not None and 0 <= self._ghost[0] < len(self._traces):
            trace = self._traces[self._ghost[0]]
            record = trace.record_at(self._ghost[1])
            color = theme.run(trace.look.color)
            place = trace.params[record : record + 1]
            _mark(painter, sight, place, lambda at: draw_ghost(painter, at, color, theme))

    @property
    def _order(self) -> list[int]:
        """The runs as they lie above one another, the selected one on top."""
        others = [place for place in range(len(self._traces)) if place != self._selected]
        return [*others, self._selected]

    def _draw_standing(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        """Draw what stands still while a run is played: minima and starts."""
        if self._landscape is not None and self._landscape.minima:
            minima = np.array(self._landscape.minima, dtype=np.float64)
            _mark(painter, sight, minima, lambda at: draw_minimum(painter, at, theme))
        if self._traces:
            starts = np.array([trace.params[0] for trace in self._traces])
            self._draw_each(painter, sight, theme, starts, _draw_ring, _SMALLER_RING)

    def _draw_current(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        records = [trace.record_at(self._step) for trace in self._traces]
        points = np.array(
            [trace.params[at] for trace, at in zip(self._traces, records, strict=True)]
        )
        order = self._order
        for place in order if len(order) <= _MOST_ARROWS else order[-1:]:
            trace, at = self._traces[place], records[place]
            there = (points[place], float(trace.loss[at]), trace.gradient[at])
            _draw_arrow(painter, sight, there, theme, downhill=True)
        self._draw_each(painter, sight, theme, points, draw_current, _SMALLER)

    def _draw_each(
        self,
        painter: QPainter,
        sight: Sight,
        theme: Theme,
        params: FloatArray,
        draw: Callable[[QPainter, QPointF, str, Theme, float, int], object],
        smaller: float,
    ) -> None:
        """Draw a mark for each run, smaller ones for all but the selected run of a crowd."""
        pixels, seen = sight.place(params)
        crowd = len(self._traces) > CROWD
        for place in self._order:
            column, row, depth = pixels[place].tolist()
            if math.isfinite(depth):
                look = self._traces[place].look
                scale = smaller if crowd and place != self._selected else 1.0
                painter.setOpacity(1.0 if seen[place] else _BEHIND)
                draw(painter, QPointF(column, row), theme.run(look.color), theme, scale, look.shape)
        painter.setOpacity(1.0)


def _draw_ring(
    painter: QPainter, at: QPointF, color: str, theme: Theme, scale: float, _shape: int
) -> None:
    draw_start(painter, at, color, theme, scale)


def arrow_on_surface(
    sight: Sight, point: FloatArray, loss: float, gradient: FloatArray, *, downhill: bool
) -> tuple[QPointF, QPointF] | None:
    """Return where the arrow of a gradient begins and ends, in pixels.

    It lies on the surface's tangent plane, above the step that the gradient stands for. Its
    length grows with the square root of the norm; the longest would be 64 pixels if it were
    seen from the side. None if it is hardly seen.

    Parameters
    ----------
    sight : Sight
    point : ndarray, shape (2,)
    loss : float
        At the point.
    gradient : ndarray, shape (2,)
        ∇f there.
    downhill : bool
        Whether the arrow is that of −∇f.
    """
    norm = math.hypot(*gradient.tolist())
    mesh, projection = sight.mesh, sight.projection
    if not (math.isfinite(norm) and norm > 0.0 and sight.steepest > 0.0):
        return None
    widths = np.array([mesh.x[-1] - mesh.x[0], mesh.y[-1] - mesh.y[0]])
    with np.errstate(all="ignore"):
        flat = gradient / norm / widths * HALF_SIDES[:2]
        flat = (-flat if downhill else flat) / np.hypot(*flat)
        rise = mesh.tangent(loss, gradient) @ flat
        along = np.append(flat, rise) / np.sqrt(1.0 + rise * rise)
    base = mesh.at(point[np.newaxis])[0]
    if not (np.isfinite(along).all() and np.isfinite(base).all()):
        return None
    length = _LONGEST * min(math.sqrt(norm / sight.steepest), 1.0) / projection.unit
    tail, tip = projection.pixels(np.array([base, base + length * along]))[:, :2]
    if math.dist(tail.tolist(), tip.tolist()) < _SHORTEST:
        return None
    return QPointF(*tail.tolist()), QPointF(*tip.tolist())


def _draw_arrow(
    painter: QPainter,
    sight: Sight,
    at: tuple[FloatArray, float, FloatArray],
    theme: Theme,
    *,
    downhill: bool,
) -> None:
    ends = arrow_on_surface(sight, *at, downhill=downhill)
    if ends is not None:
        _pixels, seen = sight.place(at[0][np.newaxis])
        painter.setOpacity(1.0 if seen[0] else _BEHIND)
        draw_arrow(painter, *ends, theme.descent if downhill else theme.gradient, theme.halo)
        painter.setOpacity(1.0)


def _mark(
    painter: QPainter, sight: Sight, params: FloatArray, draw: Callable[[QPointF], object]
) -> None:
    """Draw a mark at parameters (n, 2)."""
    pixels, seen = sight.place(params)
    for (column, row, depth), shown in zip(pixels.tolist(), seen.tolist(), strict=True):
        if math.isfinite(depth):
            painter.setOpacity(1.0 if shown else _BEHIND)
            draw(QPointF(column, row))
    painter.setOpacity(1.0)
