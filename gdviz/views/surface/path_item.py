"""The paths of runs on a surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPainter

from gdviz.views.growing_layers import GrowingLayers
from gdviz.views.polylines import draw_dots, draw_polylines
from gdviz.views.strands import Strands
from gdviz.views.surface.draped import Draped, drape, seen_and_hidden
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
_FINE = 0.5


class SurfacePathItem(SurfaceItem):
    """Draws every run's path up to the current step; what the surface hides is drawn faintly.

    The selected run lies above the others. On a screen, a step forward paints only what is new.
    """

    def __init__(self, box: pg.ViewBox, stage: Stage, *, retain: bool) -> None:
        super().__init__(box, stage, retain=retain, z=10.0)
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._seen, self._hidden = GrowingLayers(4), GrowingLayers(1)
        self._draped: tuple[SurfaceMesh, list[Draped]] | None = None

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs, or more records of the same ones."""
        self._traces = traces
        self._selected = index_of_selected(traces)
        self._draped = None
        self._forget()

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
        draped = self._on(sight.mesh)

        def paint_hidden(on: Sequence[QPainter], begins: Sequence[int], to: Sequence[int]) -> None:
            for place, part in self._added(draped, begins, to):
                _seen, hidden = seen_and_hidden(sight, part.points, part.piece)
                ink = QColor(theme.run(self._traces[place].look.color))
                if not self._retain:
                    ink.setAlphaF(_HIDDEN_OPACITY)
                lines = hidden.simplified(_FINE)
                draw_polylines(on[0], lines, ink, _HIDDEN_LINE, whole=not self._retain)

        def paint_seen(on: Sequence[QPainter], begins: Sequence[int], to: Sequence[int]) -> None:
            self._paint_seen(on, sight, theme, self._added(draped, begins, to), (begins, to))

        if not self._retain:
            whole = [0] * len(ends)
            paint_hidden([painter], whole, ends)
            paint_seen([painter] * 4, whole, ends)
            return
        size = self.boundingRect().size()
        opacity = painter.opacity()
        painter.setOpacity(_HIDDEN_OPACITY * opacity)
        self._hidden.draw(painter, size, sight, ends, paint_hidden)
        painter.setOpacity(opacity)
        self._seen.draw(painter, size, sight, ends, paint_seen)

    def _paint_seen(
        self,
        painters: Sequence[QPainter],
        sight: Sight,
        theme: Theme,
        added: list[tuple[int, Draped]],
        span: tuple[Sequence[int], Sequence[int]],
    ) -> None:
        crowd = len(self._traces) > CROWD
        larger = _SELECTED if len(self._traces) > 1 else 1.0
        others = (_CROWDED_LINE, _CROWDED_CASING, _CROWDED_DOT) if crowd else (_LINE, _CASING, _DOT)
        chosen = (larger * _LINE, larger * _CASING, larger * _DOT)
        whole = not self._retain
        for group, sizes in ((0, others), (2, chosen)):
            mine = [item for item in added if (item[0] == self._selected) == (group == 2)]
            parts = []
            for place, part in mine:
                seen, _hidden = seen_and_hidden(sight, part.points, part.piece)
                parts.append((place, seen.simplified(_FINE)))
            line, casing, dot = sizes
            for _place, seen in parts:
                draw_polylines(painters[group], seen, theme.halo, casing, whole=whole)
            for place, seen in parts:
                ink = theme.run(self._traces[place].look.color)
                draw_polylines(painters[group + 1], seen, ink, line, whole=whole)
                begin, end = (ends[place] for ends in span)
                records = self._traces[place].params[begin : end + 1]
                pixels, shown = sight.place(records)
                dots = Strands.of([pixels[shown, :2]]).far_ends(_DOT_SPACING)
                draw_dots(painters[group + 1], dots, ink, dot)

    def _added(
        self, draped: list[Draped], begins: Sequence[int], to: Sequence[int]
    ) -> list[tuple[int, Draped]]:
        """Return what runs add between two records each, by their places in the list."""
        added = []
        for place, (whole, begin, end) in enumerate(zip(draped, begins, to, strict=True)):
            first, last = whole.ends[begin], whole.ends[end]
            if last > first:
                some = slice(first, last)
                added.append((place, Draped(whole.points[some], whole.piece[some], whole.ends)))
        return added

    def _on(self, mesh: SurfaceMesh) -> list[Draped]:
        if self._draped is None or self._draped[0] is not mesh:
            lines = [np.asarray(trace.params) for trace in self._traces]
            self._draped = (mesh, drape(mesh, lines))
        return self._draped[1]

    def _forget(self) -> None:
        self._seen.forget()
        self._hidden.forget()
        self.update()
