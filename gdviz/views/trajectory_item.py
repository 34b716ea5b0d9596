"""The paths of runs across the contour view."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from gdviz.views.growing_layers import GrowingLayers
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.polylines import draw_dots, draw_polylines
from gdviz.views.strands import Strands
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, Trace, index_of_selected

__all__ = ["MOST_APART", "TrajectoryItem"]

MOST_APART = 32
"""Of more runs than these, everything is repainted at a step: that is quicker than in parts."""
_LINE, _CASING, _DOT = 2.2, 4.6, 3.0
_SELECTED = 1.3  # how much thicker the selected run is among others
_CROWDED_LINE, _CROWDED_CASING, _CROWDED_DOT = 1.4, 2.6, 1.8  # of the others in a crowd
_DOT_SPACING = 8.0
_COARSE = 0.5
_FINE = 0.25


class TrajectoryItem(PixelItem):
    """Draws every run's path up to the current step, its casing beneath its color.

    The selected run lies above the others. On a screen casings and colors of the others and
    of the selected run are kept as pixels, and a step forward paints only what is new.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=10.0)
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._theme: Theme | None = None
        self._layers = GrowingLayers(4)  # two where there are no others

    @property
    def moves(self) -> bool:
        return True

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs, or more records of the same ones."""
        before, self._traces = self._traces, traces
        self._selected = index_of_selected(traces)
        if len(traces) != len(before) or not all(map(Trace.continues, traces, before)):
            self._layers = GrowingLayers(2 if len(traces) == 1 else 4)
            self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to another step."""
        before, self._step = self._step, step
        ends = [(trace.record_at(before), trace.record_at(step)) for trace in self._traces]
        moved = [first != last for first, last in ends]
        if sum(moved) > MOST_APART:
            self.update()
            return
        for trace, records in compress(zip(self._traces, ends, strict=True), moved):
            first, last = sorted(records)
            self.update_around(trace.params[first : last + 1], _CASING)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._layers.forget()
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if not self._traces or self._theme is None:
            return
        ends = [trace.record_at(self._step) for trace in self._traces]

        def paint(painters: Sequence[QPainter], begins: Sequence[int], to: Sequence[int]) -> None:
            self._draw_paths(painters[:2], painters[-2:], pixel_map, begins, to)

        if self._retain:
            self._layers.draw(painter, self.boundingRect().size(), pixel_map, ends, paint)
        else:
            paint([painter] * 4, [0] * len(ends), ends)

    def _draw_paths(
        self,
        beneath: Sequence[QPainter],
        above: Sequence[QPainter],
        pixel_map: PixelMap,
        begins: Sequence[int],
        ends: Sequence[int],
    ) -> None:
        """Draw what each run adds between two records: the others, then the selected one."""
        added = [
            (index, trace.params[begin : end + 1])
            for index, (trace, begin, end) in enumerate(
                zip(self._traces, begins, ends, strict=True)
            )
            if end > begin
        ]
        if not added:
            return
        paths = Strands.of([part for _, part in added])
        paths = paths.at(pixel_map.pixels(paths.points))
        runs = np.array([index for index, _ in added])
        chosen = runs == self._selected
        crowd = len(self._traces) > CROWD
        scale = _SELECTED if len(self._traces) > 1 else 1.0
        small = (_CROWDED_LINE, _CROWDED_CASING, _CROWDED_DOT)
        others = small if crowd else (_LINE, _CASING, _DOT)
        large = (scale * _LINE, scale * _CASING, scale * _DOT)
        self._draw_group(beneath, paths, runs, ~chosen, others)
        self._draw_group(above, paths, runs, chosen, large)

    def _draw_group(
        self,
        painters: Sequence[QPainter],
        paths: Strands,
        runs: NDArray[np.int64],
        group: NDArray[np.bool_],
        sizes: tuple[float, float, float],
    ) -> None:
        """Draw the casings of some paths beneath all their colors."""
        assert self._theme is not None
        if not group.any():
            return
        casings, colors = painters
        line, casing, dot = sizes
        whole = not self._retain
        fine = _COARSE if group.sum() > CROWD else _FINE
        lines = paths.simplified(fine)
        wide = lines if whole else lines.simplified(2.0 * fine)  # beneath, it is seen less closely
        draw_polylines(casings, wide.only(group), self._theme.halo, casing, whole=whole)
        inks = np.array([self._theme.run(self._traces[run].look.color) for run in runs.tolist()])
        for ink in dict.fromkeys(inks[group].tolist()):
            same = group & (inks == ink)
            draw_polylines(colors, lines.only(same), ink, line, whole=whole)
            draw_dots(colors, paths.only(same).far_ends(_DOT_SPACING), ink, dot)
