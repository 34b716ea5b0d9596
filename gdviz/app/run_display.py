"""From the trajectories and the playhead to everything that shows runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from gdviz.app.conductor import Conductor
from gdviz.app.screen import Screen
from gdviz.engine import Outcome, StepDetail, Trajectory
from gdviz.experiment import Experiment
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.optimizers import CONSTANT
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.empty_state import NO_RUN
from gdviz.ui.run_list import RunSummary
from gdviz.ui.step_panel import StepNumbers
from gdviz.views.component_item import ComponentArrow

__all__ = ["RunDisplay"]

_SUMMARY_EVERY_MS, _SUMMARY_WHILE_DRAGGING_MS = 80, 240
_OTHERS_EVERY_MS, _ALONE_EVERY_MS = 50, 12
_SOON = 10_000
_GO_BACK = "Go back to take an earlier one apart."
_NEXT = "No run yet: the next one gets these settings."


class RunDisplay(QObject):
    """Shows the same step of the same runs everywhere.

    While a start or a slider is dragged, paths come first: the plots beneath them follow at
    most 20 times a second, those of a single run 40 times. What is told of whole runs (the
    list, the verdict) is always a moment behind.
    """

    record_shown = Signal()

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._player = player
        self._hoverable: object = None
        self._arrows = False
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._summarize)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._show_others)
        self._others_wait = False
        for dropped in (
            *(screen.contour.start_dropped, screen.run_panel.settled),
            *(screen.curve.point_dropped, screen.beside.point_dropped, screen.ray.rate_dropped),
        ):
            dropped.connect(self._show_others)
        conductor.trajectories_changed.connect(self.show_runs)
        conductor.finished.connect(self._on_finished)
        player.record_changed.connect(self.show_record)
        player.length_changed.connect(screen.playback.show_length)
        screen.update.came_into_view.connect(self.show_record)
        for view in screen.views:
            view.record_hovered.connect(self._on_record_hovered)

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @property
    def current(self) -> Trajectory | None:
        """The current run's trajectory; a recorded one where there is no other."""
        of_runs = self._conductor.of_runs
        row = self._experiment.current_row
        chosen = of_runs[row if row is not None and row < len(of_runs) else 0 :][:1]
        fits = self._experiment.landscape.dimension
        for trajectory in chosen:
            if trajectory is not None and trajectory.params.shape[2] == fits:
                return trajectory
        return None

    @property
    def _dragging(self) -> bool:
        """Whether runs are being computed while the mouse is held down."""
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return held and self._conductor.computing

    @Slot()
    def show_runs(self) -> None:
        """Show what has been computed."""
        screen, experiment = self._screen, self._experiment
        shown = self._conductor.shown
        self._forget_hovered((experiment.landscape, experiment.runs, shown.rows))
        if experiment.landscape.dimension > 1:
            screen.contour.set_trajectories(shown.trajectories, shown.looks)
        self._others_wait = True
        if not (self._dragging and self._resting.isActive()):
            self._show_others()
        self._show_state()
        self.show_record()

    @Slot()
    def _show_others(self) -> None:
        if self._others_wait:
            self._others_wait = False
            screen, shown = self._screen, self._conductor.shown
            for view in (screen.curve, screen.history, screen.data):
                view.set_trajectories(shown.trajectories, shown.looks)
            parameters = self._experiment.landscape.parameters
            self._screen.numbers.set_trajectory(self.current, parameters, 0)
            alone = len(shown.rows) <= 1
            self._resting.start(_ALONE_EVERY_MS if alone else _OTHERS_EVERY_MS)

    @Slot()
    def _on_finished(self) -> None:
        self._show_state()
        if any(Outcome.RUNNING in one.outcome for one in self._conductor.shown.trajectories):
            self._screen.history.reset()  # stopped: what has been kept free for more is given up

    def _show_state(self) -> None:
        """Tell how far the computation is."""
        if not self._dragging:  # or the panel would be laid out anew twice for every move
            self._screen.run_panel.set_outcome(*self._outcome())
        self._screen.playback.show_counter(self._counter())
        if not self._due.isActive():
            self._due.start(_SUMMARY_WHILE_DRAGGING_MS if self._dragging else _SUMMARY_EVERY_MS)

    @Slot()
    def show_record(self, *_: object) -> None:
        """Show the step on which the playhead stands."""
        screen, conductor = self._screen, self._conductor
        record = self._player.record
        step = conductor.step_at(record)
        screen.playback.show_record(record)
        for view in (screen.contour, screen.curve, screen.history, screen.data):
            view.set_step(step)
        screen.numbers.set_step(step)
        trajectory = self.current
        if trajectory is None:
            screen.mathematics.show_point(None)
            screen.step_panel.show_numbers(None)
        else:
            self._show_numbers(trajectory, step)
        self._show_update(step)
        screen.playback.show_counter(self._counter())
        self.record_shown.emit()

    @property
    def loss_shown(self) -> float | None:
        """The current run's loss at the step that is shown; None without a run."""
        trajectory = self.current
        if trajectory is None:
            return None
        step = self._conductor.step_at(self._player.record)
        at = trajectory.record_at(min(step, trajectory.last_step[0]))
        return float(trajectory.loss[at, 0])

    def _show_numbers(self, trajectory: Trajectory, step: int) -> None:
        screen, landscape = self._screen, self._experiment.landscape
        at = trajectory.record_at(min(step, trajectory.last_step[0]))
        params = trajectory.params[at, 0]
        screen.mathematics.show_point(tuple(params.tolist()))
        if isinstance(landscape, FitLandscape):
            screen.landscape_panel.data.table.show_coefficients(landscape.coefficients(params))
        screen.step_panel.show_numbers(_numbers(trajectory, at))

    def _counter(self) -> str:
        step = self._conductor.step_at(self._player.record)
        total = self._conductor.last_step
        if total is None:
            return "no run"
        if self._conductor.computing:
            total = max((run.steps for run in self._experiment.runs), default=total)
        return f"step {step:,} / {total:,}"

    def _show_update(self, step: int) -> None:
        screen = self._screen
        if not screen.update.isVisible() and not self._arrows:
            return
        detail, why = self._detail(step)
        if detail is None:
            screen.update.show_nothing(*why)
            screen.contour.set_components(None)
            return
        screen.update.show_detail(detail)
        row = self._experiment.current_row
        drawn = self._arrows and row is not None and self._experiment.is_shown(row)
        screen.contour.set_components(_arrows(detail) if drawn else None)

    def _detail(self, step: int) -> tuple[StepDetail | None, tuple[str, str]]:
        row, trajectory = self._experiment.current_row, self.current
        if row is None or trajectory is None:
            return None, ("No run is selected.", NO_RUN)
        if step >= trajectory.last_step[0]:
            return None, ("The run ends here: no step follows.", _GO_BACK)
        detail = self._conductor.detail(row, step)
        return detail, ("So far on in a long run, steps are not kept in detail.", _GO_BACK)

    def show_components(self, shown: bool) -> None:
        """Draw the parts of the next step as arrows, or not."""
        self._arrows = shown
        if not shown:
            self._screen.contour.set_components(None)
        self._show_update(self._conductor.step_at(self._player.record))

    def _forget_hovered(self, shown: object) -> None:
        """Take the ghost away where its run's place may be another run's now."""
        if shown != self._hoverable:
            self._hoverable = shown
            for view in self._screen.views:
                view.tell_record(None)

    @Slot(object)
    def _on_record_hovered(self, hit: tuple[int, int] | None) -> None:
        screen = self._screen
        for view in screen.views:
            view.set_ghost(hit)

    @Slot()
    def _summarize(self) -> None:
        """Tell of whole runs: the list's columns, and the current one's verdict."""
        from gdviz.engine.diagnosis import diagnose

        experiment = self._experiment
        of_runs = self._conductor.of_runs
        self._screen.run_list.set_summaries([_summary(one) for one in of_runs])
        row, trajectory = experiment.current_row, self.current
        if row is None or trajectory is None or row >= len(experiment.runs):
            self._screen.verdict.set_verdict(None)
            return
        run = experiment.runs[row]
        self._screen.verdict.set_verdict(
            diagnose(
                experiment.landscape,
                run.optimizer,
                trajectory,
                noisy=run.noise is not None,
                scheduled=run.schedule != CONSTANT,
            )
        )

    def _outcome(self) -> tuple[str, str]:
        trajectory, row = self.current, self._experiment.current_row
        if not self._experiment.runs:
            return "", _NEXT
        if trajectory is None or row is None or not trajectory.records:
            return "", ""
        reached, asked = int(trajectory.steps[-1]), self._experiment.runs[row].steps
        if trajectory.outcome[0] is not Outcome.RUNNING:
            return trajectory.sentence(), trajectory.thinned
        if self._conductor.computing and reached < _SOON:
            return "", ""
        if self._conductor.computing:
            done = f"Computing: step {reached:,} of {asked:,}. Esc stops it."
            return done, trajectory.thinned
        return f"Stopped at step {reached:,} of {asked:,}.", trajectory.thinned


def _summary(trajectory: Trajectory | None) -> RunSummary | None:
    if trajectory is None or not trajectory.records:
        return None
    at = trajectory.record_at(trajectory.last_step[0])
    outcome = trajectory.outcome[0]
    loss, step = float(trajectory.loss[at, 0]), trajectory.outcome_step[0]
    return RunSummary(outcome.value, trajectory.sentence(), loss, step)


def _arrows(detail: StepDetail) -> list[ComponentArrow]:
    return [
        ComponentArrow(part.title, part.role, tuple(part.displacement.tolist()))
        for part in detail.parts
        if part.displacement.size > 1
    ]


def _numbers(trajectory: Trajectory, record: int) -> StepNumbers:
    params = trajectory.params[:, 0]
    one_before = record > 0 and trajectory.steps[record] - trajectory.steps[record - 1] == 1
    return StepNumbers(
        step=int(trajectory.steps[record]),
        params=params[record],
        gradient=trajectory.gradient[record, 0],
        loss=float(trajectory.loss[record, 0]),
        taken=params[record] - params[record - 1] if one_before else None,
    )
