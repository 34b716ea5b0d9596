"""What items have in common that draw runs at a step."""

from __future__ import annotations

import pyqtgraph as pg

from gdviz.views.pixel_item import PixelItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, Trace, index_of_selected

__all__ = ["RunItem"]


class RunItem(PixelItem):
    """Keeps the runs, the step and the hovered record, and is painted anew as a whole.

    One that can tell which part of it changes does so in setters of its own.
    """

    def __init__(self, box: pg.ViewBox, *, z: float) -> None:
        super().__init__(box, retain=False, z=z)
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._ghost: RecordOf | None = None
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return True

    def set_traces(self, traces: tuple[Trace, ...]) -> None:
        """Draw other runs."""
        self._traces = traces
        self._selected = index_of_selected(traces)
        self.update()

    def set_step(self, step: int) -> None:
        """Draw the runs at another step."""
        before, self._step = self._step, step
        if any(trace.record_at(before) != trace.record_at(step) for trace in self._traces):
            self.update()

    def set_ghost(self, record: RecordOf | None) -> None:
        """Draw a run's record, (run, step), as the one that the pointer is at, or none."""
        if record != self._ghost:
            self._ghost = record
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()
