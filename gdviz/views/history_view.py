"""Loss, distance, gradient or step length of all runs against the step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal

from gdviz.engine import Outcome, Trajectory
from gdviz.experiment.look import QUANTITIES
from gdviz.landscapes import FloatArray, Interval, Landscape
from gdviz.numbers import format_number
from gdviz.views.history_item import Curve, HistoryItem
from gdviz.views.history_mark_item import HistoryMarkItem
from gdviz.views.history_quantity import History, history_of
from gdviz.views.history_range import (
    steps_shown,
    stretched,
    unless_alike,
    values_shown,
)
from gdviz.views.plot_view import PlotView
from gdviz.views.record_finder import RecordFinder
from gdviz.views.theme import Theme
from gdviz.views.trace import CROWD, RecordOf, RunLook, Trace, index_of_selected, traces_of

__all__ = ["HistoryView"]


class HistoryView(PlotView):
    """Curves of all runs over the steps; a click or a drag of the playhead picks a step.

    Its inputs may be set in any order, each alone. The axes follow the data, but not more
    than necessary while runs grow or a start is dragged, and not at all once the user has
    zoomed or panned, until `reset`.

    Signals
    -------
    step_picked(int)
        A step was clicked, or the playhead is being dragged there.
    """

    step_picked = Signal(int)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        left, bottom = self._axes
        self._curves = HistoryItem(self.box, left, bottom, retain=interactive)
        self._marks = HistoryMarkItem(self.box)
        self._finder = RecordFinder()
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._key = QUANTITIES[0]
        self._log = (False, False)
        self._landscape: Landscape | None = None
        self._ghost: RecordOf | None = None
        self._history = History("loss", (), ())
        self._points: list[FloatArray] = []
        self._shown: tuple[Interval, Interval] | None = None
        self._stretched = False
        self._framed_by_user = False
        self.set_labels(left="loss", bottom="step")
        self.box.clicked.connect(self._on_clicked)
        self.box.double_clicked.connect(self.reset)
        self.box.line_dragged.connect(self._pick)
        self.box.hovered.connect(self._on_hovered)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)

    def set_landscape(self, landscape: Landscape | None) -> None:
        """Measure from the minima of this landscape."""
        if landscape != self._landscape:
            first = self._landscape is None
            self._landscape = landscape
            self._compute()
            self._frame(anew=first)

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw the curves of these runs, with a look for each; see `traces_of`."""
        self._traces = traces_of(trajectories, looks)
        self._selected = index_of_selected(self._traces)
        self._compute()
        if not self._traces:
            self._shown, self._framed_by_user = None, False
        self._frame(anew=False)

    def set_step(self, step: int) -> None:
        """Put the playhead at a step."""
        if step != self._step:
            self._step = step
            self._place_playhead()

    def set_quantity(self, key: str) -> None:
        """Draw another quantity: one of `QUANTITIES`.

        Raises
        ------
        ValueError
            If there is none of this name.
        """
        if key not in QUANTITIES:
            raise ValueError(f"a quantity is one of {', '.join(QUANTITIES)}; got {key!r}")
        if key != self._key:
            self._key = key
            self._compute()
            self.reset()

    def set_log(self, x: bool, y: bool) -> None:
        """Draw over logarithmic axes or linear ones."""
        if (x, y) != self._log:
            self._log = (x, y)
            left, bottom = self._axes
            left.set_logarithmic(y)
            bottom.set_logarithmic(x)
            self._compute()
            self.reset()

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's value at a step and write it, or none: (run, step), the run by its place."""
        self._ghost = record
        self._place_ghost()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._curves.set_theme(theme)
        self._marks.set_theme(theme)

    def reset(self) -> None:
        """Show everything again."""
        self._framed_by_user = False
        self._frame(anew=True)

    @property
    def points(self) -> list[FloatArray]:
        """Each run's curve in the plot's units, shape (records, 2); gaps are not finite."""
        return self._points

    # --- what is drawn ---

    def _compute(self) -> None:
        self._history = history_of(
            self._traces, self._key, self._landscape, logarithmic=self._log[1]
        )
        self._points = [
            _points(steps, values, self._log)
            for steps, values in zip(self._history.steps, self._history.values, strict=True)
        ]
        self.set_labels(left=self._history.label, bottom="step")
        self._curves.set_curves(
            tuple(
                Curve(points, trace.look.color, index == self._selected)
                for index, (points, trace) in enumerate(
                    zip(self._points, self._traces, strict=True)
                )
            )
        )
        self._finder.set_curves(self._points, self._selected)
        self._place_playhead()
        self._place_ghost()

    def _place_playhead(self) -> None:
        if not self._traces or (self._log[0] and self._step < 1):
            self.box.line = None
            self._marks.set_playhead(None, ())
            return
        line = math.log10(self._step) if self._log[0] else float(self._step)
        order = [index for index in range(len(self._traces)) if index != self._selected]
        if len(order) >= CROWD:
            order = []
        order = [*reversed(order), self._selected]
        marks = []
        for index in order:
            trace = self._traces[index]
            height = float(self._points[index][trace.record_at(self._step), 1])
            if math.isfinite(height) and self._step <= trace.trajectory.last_step[trace.row]:
                marks.append((height, trace.look.color, trace.look.shape))
        self.box.line = line
        self._marks.set_playhead(line, marks)

    def _place_ghost(self) -> None:
        if self._ghost is None or not 0 <= self._ghost[0] < len(self._traces):
            self._marks.set_ghost(None)
            return
        run, step = self._ghost
        trace = self._traces[run]
        record = trace.record_at(step)
        x, y = self._points[run][record].tolist()
        value = float(self._history.values[run][record])
        name = f"{trace.look.name}, " if trace.look.name and len(self._traces) > 1 else ""
        text = f"{name}step {int(self._history.steps[run][record]):,}: {format_number(value)}"
        self._marks.set_ghost((x, y, trace.look.color), text)

    # --- what is in view ---

    def _frame(self, *, anew: bool) -> None:
        if not self._traces or self._framed_by_user:
            return
        x_log = self._log[0]
        last = max(float(steps[-1]) for steps in self._history.steps)
        x, y = steps_shown(last, logarithmic=x_log), self._values_shown()
        running = any(_is_running(trace) for trace in self._traces)
        before = self._shown
        if before is not None and not anew:
            if running:
                x, y = stretched(before[0], x), stretched(before[1], y)
            elif not self._stretched:
                y = unless_alike(before[1], y)
        self._stretched = running and (self._stretched or (x, y) != before)
        if (x, y) != self._shown or anew:
            self._shown = (x, y)
            self.set_limits(x, y)
            self.box.setRange(xRange=x, yRange=y, padding=0.0)

    def _values_shown(self) -> Interval:
        """Return what shows all values; diverged runs don't flatten the others' curves."""
        heights = [points[:, 1] for points in self._points]
        if not self._log[1]:
            good = [
                height
                for height, trace in zip(heights, self._traces, strict=True)
                if trace.trajectory.outcome[trace.row] is not Outcome.DIVERGED
            ]
            heights = good or heights
        return values_shown(heights, logarithmic=self._log[1])

    # --- the mouse ---

    def _on_clicked(self, x: float, _y: float) -> None:
        self._pick(x)

    def _pick(self, x: float) -> None:
        if not self._traces:
            return
        last = max(int(steps[-1]) for steps in self._history.steps)
        step = 10.0 ** min(x, 300.0) if self._log[0] else x
        self.step_picked.emit(round(min(max(step, 0.0), last)))

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self.tell_record(None if at is None else self._record_at(*at))

    def _record_at(self, x: float, y: float) -> RecordOf | None:
        pixel_map = self._curves.pixel_map
        found = self._finder.nearest(pixel_map.pixel(x, y), pixel_map)
        if found is None:
            return None
        run, record = found
        return run, int(self._history.steps[run][record])

    def _on_range_picked(self, *_: object) -> None:
        self._framed_by_user = True


def _points(steps: FloatArray, values: FloatArray, log: tuple[bool, bool]) -> FloatArray:
    """Return a curve in the plot's units, shape (records, 2); gaps are not finite in y."""
    x_log, y_log = log
    with np.errstate(all="ignore"):
        x = np.log10(steps) if x_log else steps
        y = np.where(values > 0.0, np.log10(values), np.nan) if y_log else values
    y = np.where(np.isfinite(x) & np.isfinite(y), y, np.nan)
    return np.stack([x, y], axis=1)


def _is_running(trace: Trace) -> bool:
    return trace.trajectory.outcome[trace.row] is Outcome.RUNNING
