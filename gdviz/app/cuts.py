"""The loss curves: along one parameter, along each, or along −∇f."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.editor import Editor
from gdviz.app.run_editor import RunEditor
from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.landscapes import Interval
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.views.curve_view import CurveView

__all__ = ["Cuts"]


class Cuts(QObject):
    """Shows the curves that are wanted, and where they cut the landscape."""

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        editor: Editor,
        run_editor: RunEditor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._player = player
        self._editor = editor
        self._run_editor = run_editor
        for curve in (screen.curve, screen.beside):
            curve.point_dragged.connect(editor.drag_point)
            curve.point_dropped.connect(editor.settle)
            curve.interval_picked.connect(partial(self._pick_interval, curve))
            curve.value_picked.connect(partial(self._pick_value, curve))
            curve.value_added.connect(partial(self._add_value, curve))
        screen.ray.rate_picked.connect(self._pick_rate)
        screen.ray.rate_dropped.connect(editor.settle)
        screen.ray.reach_changed.connect(self._show_cut)
        for switch in (screen.slice_switch, screen.ray_switch):
            switch.axis_picked.connect(editor.slice_along)
            switch.cut_picked.connect(editor.cut)
        conductor.trajectories_changed.connect(self._show_runs)
        player.record_changed.connect(self._show_record)

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @property
    def _cut(self) -> str:
        """The cut that is shown: a landscape of one parameter has but one."""
        return self._experiment.view.cut if self._experiment.landscape.dimension > 1 else "one"

    def show_experiment(self, before: Experiment | None, after: Experiment) -> None:
        """Show what has changed of the landscape and of how it is cut."""
        screen, view, cut = self._screen, after.view, self._cut
        names, idle = after.landscape.parameters, np.array(after.current.start)
        for switch in (screen.slice_switch, screen.ray_switch):
            switch.set_parameters(names, view.slice_axis, cut)
        axis = after.curve_axis
        screen.curve.set_slice(after.landscape, axis, idle)
        screen.curve_canvas.set_title(_title(names, axis))
        focused = any(canvas.plot_area.hasFocus() for canvas in screen.canvases["curve"])
        screen.curve_canvas.setVisible(cut != "ray")
        # Three plots in a row are narrow: the one beside has room for the words.
        screen.curve_canvas.show_title(cut != "both")
        screen.curve_canvas.enlarge_button.setVisible(cut != "both")
        if cut == "both":
            screen.beside.set_slice(after.landscape, 1, idle)
            screen.beside_canvas.set_title(_title(names, 1))
        elif cut == "ray":
            screen.ray.set_landscape(after.landscape)
            screen.ray_canvas.set_title("Loss after one step, by learning rate")
        new = screen.beside_canvas.isHidden() is (cut == "both")
        new |= screen.ray_canvas.isHidden() is (cut == "ray")
        screen.beside_canvas.setVisible(cut == "both")
        screen.ray_canvas.setVisible(cut == "ray")
        if focused:  # keys go on to the plot that takes another one's place
            canvas = screen.ray_canvas if cut == "ray" else screen.curve_canvas
            canvas.plot_area.setFocus()
        if new or before is None or before.runs != after.runs:
            self._show_runs()
        self._show_cut()

    def show_intervals(self, intervals: tuple[Interval, ...]) -> None:
        """Show these values of each parameter."""
        self._screen.curve.set_interval(intervals[self._experiment.curve_axis])
        if self._cut == "both":
            self._screen.beside.set_interval(intervals[1])

    @Slot()
    def _show_runs(self) -> None:
        screen, shown = self._screen, self._conductor.shown
        if self._cut == "both":
            screen.beside.set_trajectories(shown.trajectories, shown.looks)
        elif self._cut == "ray":
            screen.ray.set_trajectories(shown.trajectories, shown.looks)
        self._show_record()

    @Slot()
    def _show_record(self, *_: object) -> None:
        screen, experiment = self._screen, self._experiment
        step = self._conductor.step_at(self._player.record)
        row = experiment.current_row
        rate = None if row is None else experiment.runs[row].rate_at(step)
        screen.curve.set_rate(rate)
        if self._cut == "both":
            screen.beside.set_rate(rate)
            screen.beside.set_step(step)
        elif self._cut == "ray":
            screen.ray.set_rate(rate)
            screen.ray.set_step(step)

    @Slot()
    def _show_cut(self, *_: object) -> None:
        experiment, cut = self._experiment, self._cut
        if experiment.landscape.dimension < 2:
            return
        idle = np.array(experiment.current.start)
        reach = self._screen.ray.reach if cut == "ray" else None
        for view in (self._screen.contour, self._screen.surface):
            view.set_cut(experiment.cut_axes, idle, reach)

    def _pick_value(self, curve: CurveView, value: float) -> None:
        self._editor.pick_start(self._start_at(curve, value))

    def _add_value(self, curve: CurveView, value: float) -> None:
        self._run_editor.add_start(self._start_at(curve, value))

    def _start_at(self, curve: CurveView, value: float) -> tuple[float, ...]:
        """Return the current start with the value that was clicked on a curve."""
        start, axis = self._experiment.current.start, curve.axis
        return (*start[:axis], value, *start[axis + 1 :])

    def _pick_interval(self, curve: CurveView, interval: Interval) -> None:
        """Show what has been zoomed or panned to on a curve."""
        experiment = self._experiment
        flat = experiment.landscape.dimension > 1
        shown = self._screen.contour.domain if flat else experiment.view.domain
        self._editor.pick_interval(curve.axis, interval, shown)

    @Slot(float)
    def _pick_rate(self, rate: float) -> None:
        """Give the selected runs another learning rate."""
        if self._experiment.current_row is not None:
            self._editor.pick_rate(rate)


def _title(names: tuple[str, ...], axis: int) -> str:
    held = [name for number, name in enumerate(names) if number != axis]
    constant = f", {' and '.join(held)} held constant" if held else ""
    return f"Loss along {names[axis]}{constant}"
