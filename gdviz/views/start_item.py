"""What doesn't move on the contour view: minima and starts."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QPainter

from gdviz.views.kept_item import KeptItem
from gdviz.views.marks import draw_minimum, draw_start
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, Trace, index_of_selected

__all__ = ["StartItem"]

_SMALLER = 0.65  # how much smaller the others are in a crowd


class StartItem(KeptItem):
    """Draws a star on each minimum and a ring about each start, the selected one on top."""

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=14.0)
        self._minima: Sequence[tuple[float, ...]] = ()
        self._starts: list[tuple[tuple[float, ...], int]] = []

    def set_minima(self, minima: Sequence[tuple[float, ...]]) -> None:
        """Mark these minima."""
        self._minima = minima
        self.changed()

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Mark the starts of these runs."""
        starts = [(tuple(trace.params[0].tolist()), trace.look.color) for trace in traces]
        if starts:
            starts.append(starts.pop(index_of_selected(traces)))
        if starts != self._starts:
            self._starts = starts
            self.changed()

    def paint_kept(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        for minimum in self._minima:
            draw_minimum(painter, pixel_map.pixel(*minimum), theme)
        crowd = len(self._starts) > CROWD
        for number, (start, color) in enumerate(self._starts, start=1):
            scale = _SMALLER if crowd and number < len(self._starts) else 1.0
            at = pixel_map.pixel(*start)
            draw_start(painter, at, theme.run(color), theme, scale)
