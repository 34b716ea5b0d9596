"""The paths of runs on a surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPainter

from gdviz.views.growing_layers import GrowingLayers
from gdviz.views.polylines import draw_dots, draw_polylines
from gdviz.views.surface.draped import Draped, SeenLines, drape
from gdviz.views.surface.item import SurfaceItem
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, Trace, index_of_selected

__all__ = ["SurfacePathItem"]

_LINE, _CASING, _DOT = 2.2, 4.4, 2.8
_SELECTED = 1.3
_CROWDED_LINE, _CROWDED_CASING, _CROWDED_DOT = 1.3, 2.4, 1.7
_HIDDEN_LINE, _HIDDEN_OPACITY = 1.6, 0.55
_DOT_SPACING = 9.0
_LAYERS = 5  # what is hidden, and casings and colors of the others and of the selected run
_OF_ONE = 3  # without others


class SurfacePathItem(SurfaceItem):
    """Draws every run's path up to the current step; what the surface hides is drawn faintly.

    The selected run lies above the others. On a screen, a step forward paints only what is new.
    """

    def __init__(self, box: pg.ViewBox, stage: Stage, *, retain: bool) -> None:
        super().__init__(box, stage, retain=retain, z=10.0)
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._layers = GrowingLayers(_LAYERS, (_HIDDEN_OPACITY,))
        self._draped: tuple[SurfaceMesh, Draped] | None = None

    @property
    def moves(self) -> bool:
        return True

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs, or more records of the same ones."""
        self._traces = traces
        self._selected = index_of_selected(traces)
        self._draped = None
        self._layers = GrowingLayers(_OF_ONE if len(traces) == 1 else _LAYERS, (_HIDDEN_OPACITY,))
        self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        before, self._step = self._step, step
        if any(trace.record_at(before) != trace.record_at(step) for trace in self._traces):
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._forget()
        super().set_theme(theme)

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        if not self._traces:
            return
        ends = [trace.record_at(self._step) for trace in self._traces]

        def paint(on: Sequence[QPainter], begins: Sequence[int], to: Sequence[int]) -> None:
            self._draw_paths(on, sight, theme, begins, to)

        if self._retain:
            self._layers.draw(painter, self.boundingRect().size(), sight, ends, paint)
        else:
            paint([painter] * _LAYERS, [0] * len(ends), ends)

    def _draw_paths(
        self,
        painters: Sequence[QPainter],
        sight: Sight,
        theme: Theme,
        begins: Sequence[int],
        to: Sequence[int],
    ) -> None:
        """Draw what each run adds between two records: hidden parts, the others, the selected."""
        added = self._on(sight.mesh).between(begins, to)
        if not len(added.points):
            return
        lines = SeenLines.of(sight, added, _DOT_SPACING)
        inks = [theme.run(trace.look.color) for trace in self._traces]
        colors = list(dict.fromkeys(inks))
        color = np.array([colors.index(ink) for ink in inks])[lines.line]
        chosen = lines.line == self._selected
        self._draw_hidden(painters[0], lines, color, colors)
        small = (_CROWDED_LINE, _CROWDED_CASING, _CROWDED_DOT)
        sizes = small if len(self._traces) > CROWD else (_LINE, _CASING, _DOT)
        larger = _SELECTED if len(self._traces) > 1 else 1.0
        whole = not self._retain
        for group, (line, casing, dot), (beneath, above) in (
            (~chosen, sizes, painters[1:3]),
            (chosen, (larger * _LINE, larger * _CASING, larger * _DOT), painters[-2:]),
        ):
            mine = lines.seen & group
            if not mine.any():
                continue
            draw_polylines(beneath, lines.strands(mine), theme.halo, casing, whole=whole)
            for number, ink in enumerate(colors):
                same = mine & (color == number)
                if same.any():
                    draw_polylines(above, lines.strands(same), ink, line, whole=whole)
                    draw_dots(above, lines.pixels[same & lines.dots], ink, dot)

    def _draw_hidden(
        self, painter: QPainter, lines: SeenLines, color: NDArray[np.int64], colors: list[str]
    ) -> None:
        if not lines.hidden.any():
            return
        for number, name in enumerate(colors):
            ink = QColor(name)
            if not self._retain:
                ink.setAlphaF(_HIDDEN_OPACITY)
            strands = lines.strands(lines.hidden & (color == number))
            draw_polylines(painter, strands, ink, _HIDDEN_LINE, whole=not self._retain)

    def _on(self, mesh: SurfaceMesh) -> Draped:
        if self._draped is None or self._draped[0] is not mesh:
            self._draped = (mesh, drape(mesh, [trace.params for trace in self._traces]))
        return self._draped[1]

    def _forget(self) -> None:
        self._layers.forget()
        self.update()
