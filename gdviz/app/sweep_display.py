"""From the current run to the map of its learning rates, while that is in view."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Slot

from gdviz.app.sweep_editor import SweepEditor
from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.sweep import SweepMap, sweepable
from gdviz.experiment import Experiment
from gdviz.experiment.sweeping import sweep_remark, swept_names, swept_ranges
from gdviz.session.courtesy import Courtesy
from gdviz.session.session import Session
from gdviz.session.sweeper import Sweeper
from gdviz.ui.canvas import Canvas
from gdviz.ui.empty_state import NO_RUN
from gdviz.ui.sweep_controls import SweepControls
from gdviz.ui.tips import set_topic
from gdviz.views.sweep_view import SweepView

__all__ = ["SweepDisplay"]

_TIP = (
    "What becomes of the current run at other learning rates: each place is a run of its own, "
    "from the same start. Click or drag to use the values there."
)
_HINT = "click or drag to use a value · wheel to zoom"
_TOPIC = "learning-rate-maps"


class SweepDisplay(QObject):
    """Makes the view and shows the sweep of the current run in it; nothing while it is hidden.

    Parameters
    ----------
    session : Session
    editor : SweepEditor
    courtesy : Courtesy
    kernels : Pilots
        Where compiled kernels come from.

    Attributes
    ----------
    view : SweepView
    canvas : Canvas
    controls : SweepControls
    """

    def __init__(
        self,
        session: Session,
        editor: SweepEditor,
        courtesy: Courtesy,
        kernels: Pilots,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._sweeper = Sweeper(courtesy, self, kernels)
        self._asked: object = None
        self._map: SweepMap | None = None
        self.view, self.controls = SweepView(), SweepControls()
        self.canvas = Canvas(self.view, _HINT, *self.controls.parts)
        self.canvas.set_title("Learning rates")
        self.canvas.set_tip(_TIP)
        set_topic(self.canvas, _TOPIC)
        self.canvas.installEventFilter(self)
        self._sweeper.map_ready.connect(self._on_map)
        self._sweeper.failed.connect(self._on_failed)
        session.experiment_changed.connect(self._on_experiment_changed)
        self.view.values_picked.connect(editor.pick_values)
        self.view.values_dropped.connect(editor.settle)
        controls = self.controls
        controls.axes_picked.connect(editor.pick_axes)
        controls.measure_picked.connect(editor.pick_measure)
        controls.steps_picked.connect(editor.pick_steps)
        controls.range_picked.connect(editor.pick_range)
        controls.reset_wanted.connect(editor.reset)
        controls.settled.connect(editor.settle)

    @property
    def sweeper(self) -> Sweeper:
        """What computes."""
        return self._sweeper

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        self._sweeper.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas:
            if event.type() == QEvent.Type.Show:
                self.refresh()
            elif event.type() == QEvent.Type.Hide:
                self._sweeper.cancel()
                self._asked = None
        return super().eventFilter(watched, event)

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, _after: Experiment) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Have the sweep computed if it is another one, and show which values are in use."""
        if not self.canvas.isVisible():
            return
        experiment = self._session.experiment
        run, spec = experiment.current, experiment.plane.sweep
        names = swept_names(experiment)
        self.controls.show_state(spec, sweepable(run.optimizer), names)
        self.view.set_remark(sweep_remark(run))
        asked = _asked(experiment)
        if asked is None:
            self._asked = None
            self._sweeper.cancel()
            self._forget("No run yet.", NO_RUN)
        elif asked != self._asked:
            self._asked = asked
            self.controls.more.show_ranges(swept_ranges(experiment), self._check)
            self._sweeper.request(experiment)
        self._show()

    def _check(self, name: str, value: float) -> None:
        """Raise a `UserError` if a hyperparameter can't be swept to a value."""
        for one in sweepable(self._session.experiment.current.optimizer):
            if one.name == name:
                one.check(value)

    @Slot(object)
    def _on_map(self, made: SweepMap) -> None:
        self._map = made
        self.view.set_notice("")
        self._show()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._forget("Nothing to sweep.", f"{reason[:1].upper()}{reason[1:]}.")

    def _forget(self, title: str, advice: str) -> None:
        self._map = None
        self.view.set_map(None)
        self.view.set_notice(title, advice)

    def _show(self) -> None:
        """Show what there is, measured as is asked for, with the values in use."""
        if self._map is None:
            return
        experiment = self._session.experiment
        measure = experiment.plane.sweep.measure
        shown = self.view.map
        if shown is None or (shown.loss is not self._map.loss or shown.measure != measure):
            self.view.set_map(replace(self._map, measure=measure))
        run = experiment.current
        known = {one.name for one in sweepable(run.optimizer)}
        names = [axis.name for axis in self._map.axes]
        values = None
        if experiment.current_row is not None and known.issuperset(names):
            values = tuple(float(getattr(run.optimizer, name)) for name in names)
        self.view.set_current(values, run.color)


def _asked(experiment: Experiment) -> object:
    """Return all that a sweep depends on; None where there is no run."""
    if experiment.current_row is None:
        return None
    run, spec = experiment.current, experiment.plane.sweep
    names = swept_names(experiment)
    held: Any = [
        (one.name, getattr(run.optimizer, one.name))
        for one in run.optimizer.hyperparameters()
        if one.name not in names
    ]
    return (
        *(experiment.landscape, type(run.optimizer), held, run.start, run.schedule),
        *(spec.ranges, names, spec.steps),
    )
