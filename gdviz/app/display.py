"""From the experiment, its trajectories and the playhead to everything on the screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.engine import ContourMap, Outcome, Trajectory
from gdviz.experiment import Experiment
from gdviz.landscapes import Domain, FloatArray
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.numbers import format_number, format_point
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.session.surveyor import Surveyor
from gdviz.ui.canvas import Canvas
from gdviz.ui.landscape_panel import LandscapePanel
from gdviz.ui.main_window import MainWindow
from gdviz.ui.math_view import MathView
from gdviz.ui.playback_bar import PlaybackBar
from gdviz.ui.residual_switch import ResidualSwitch
from gdviz.ui.run_panel import RunPanel
from gdviz.ui.scaling_box import ScalingBox
from gdviz.ui.slice_switch import SliceSwitch
from gdviz.ui.step_panel import StepNumbers, StepPanel
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.data_view import DataView

__all__ = ["Display", "Screen"]

_PIXELS_PER_SAMPLE = 2.0
_FEWEST, _MOST = 80, 480
_SOON = 10_000


@dataclass(frozen=True)
class Screen:
    """Everything that shows something."""

    window: MainWindow
    contour: ContourView
    contour_canvas: Canvas
    curve: CurveView
    curve_canvas: Canvas
    data: DataView
    data_canvas: Canvas
    slice_switch: SliceSwitch
    scaling_box: ScalingBox
    residual_switch: ResidualSwitch
    landscape_panel: LandscapePanel
    mathematics: MathView
    run_panel: RunPanel
    step_panel: StepPanel
    playback: PlaybackBar


class Display(QObject):
    """Shows the same step of the same runs everywhere."""

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        surveyor: Surveyor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._player = player
        self._surveyor = surveyor
        self._surveyed: object = None
        session.experiment_changed.connect(self.on_experiment_changed)
        conductor.trajectories_changed.connect(self._on_trajectories)
        conductor.failed.connect(screen.window.show_message)
        player.record_changed.connect(self._show_record)
        player.length_changed.connect(screen.playback.show_length)
        surveyor.map_ready.connect(self._on_map)
        surveyor.failed.connect(screen.window.show_message)
        screen.contour.domain_shown.connect(self._on_domain_shown)
        screen.contour.hovered.connect(self._on_hovered)
        screen.curve.hovered.connect(self._on_curve_hovered)
        screen.data.hovered.connect(self._on_data_hovered)

    @Slot(object, object)
    def on_experiment_changed(self, before: Experiment | None, after: Experiment) -> None:
        """Show what has changed of the experiment."""
        screen = self._screen
        if before is None or before.landscape != after.landscape:
            self._show_landscape(before, after)
        view = after.view
        screen.scaling_box.show_scaling(view.scaling)
        screen.residual_switch.show_state(view.residuals)
        screen.data.set_residuals(view.residuals)
        parameters = after.landscape.parameters
        screen.slice_switch.set_parameters(parameters, view.slice_axis)
        screen.run_panel.set_experiment(after)
        idle = np.array(after.draft.start)
        screen.curve.set_slice(after.landscape, view.slice_axis, idle)
        screen.curve_canvas.set_title(_curve_title(parameters, view.slice_axis))
        if after.landscape.dimension > 1:
            screen.contour.set_domain(view.domain)
            self.survey()
        else:
            screen.curve.set_interval(view.domain[0])
        self._show_record()

    def _show_landscape(self, before: Experiment | None, after: Experiment) -> None:
        screen, landscape = self._screen, after.landscape
        screen.window.setWindowTitle(f"{after.title} — gdviz")
        turned = before is None or not _same_family(before, after)
        screen.landscape_panel.set_experiment(after, turn=turned)
        screen.step_panel.set_parameters(landscape.parameters)
        screen.mathematics.set_notation(landscape.notation)
        fit = landscape if isinstance(landscape, FitLandscape) else None
        screen.data_canvas.setVisible(fit is not None)
        flat = landscape.dimension > 1
        screen.contour_canvas.setVisible(flat)
        if turned:
            screen.contour.set_field(None)
            screen.contour.set_trajectories(())
            screen.curve.set_trajectories(())
            screen.data.set_trajectories(())
        screen.data.set_data(fit)
        if fit is not None:
            screen.data_canvas.set_title(f"{fit.data.label_name} against {fit.data.feature_name}")
        if flat:
            screen.contour.set_landscape(landscape)
            x, y = landscape.parameters
            screen.contour_canvas.set_title(f"Loss over {x} and {y}")

    def survey(self) -> None:
        """Have the landscape in view sampled, if it is not being already."""
        self._on_domain_shown(self._screen.contour.domain)

    @Slot(object)
    def _on_domain_shown(self, domain: Domain) -> None:
        experiment = self._session.experiment
        if experiment.landscape.dimension < 2:
            return
        self._screen.curve.set_interval(domain[experiment.view.slice_axis])
        if not self._screen.contour_canvas.isVisible():
            return
        size = self._screen.contour_canvas.plot_area.size()
        rows, columns = (
            int(np.clip(pixels / _PIXELS_PER_SAMPLE, _FEWEST, _MOST))
            for pixels in (size.height(), size.width())
        )
        wanted = (experiment.landscape, domain, (rows, columns), experiment.view.scaling)
        if wanted != self._surveyed:
            self._surveyed = wanted
            self._surveyor.request(*wanted)

    @Slot(object)
    def _on_map(self, contour_map: ContourMap) -> None:
        self._screen.contour.set_field(contour_map)

    @Slot(object)
    def _on_trajectories(self, trajectories: tuple[Trajectory, ...]) -> None:
        screen = self._screen
        if self._session.experiment.landscape.dimension > 1:
            screen.contour.set_trajectories(trajectories)
        screen.curve.set_trajectories(trajectories)
        screen.data.set_trajectories(trajectories)
        screen.run_panel.set_outcome(*self._outcome(trajectories))
        self._show_record()

    @Slot()
    def _show_record(self, *_: object) -> None:
        screen = self._screen
        trajectories = self._conductor.trajectories
        record = self._player.record
        screen.playback.show_record(record)
        if not trajectories:
            screen.mathematics.show_point(None)
            screen.step_panel.show_numbers(None)
            screen.playback.show_counter("no run")
            return
        trajectory = trajectories[0]
        if trajectory.params.shape[2] != self._session.experiment.landscape.dimension:
            return
        at = min(record, trajectory.record_at(trajectory.last_step[0]))
        step = int(trajectory.steps[at])
        screen.contour.set_step(step)
        screen.curve.set_step(step)
        screen.data.set_step(step)
        params = trajectory.params[at, 0]
        screen.mathematics.show_point(tuple(params.tolist()))
        landscape = self._session.experiment.landscape
        if isinstance(landscape, FitLandscape):
            screen.landscape_panel.data.table.show_coefficients(landscape.coefficients(params))
        screen.step_panel.show_numbers(_numbers(trajectory, at))
        total = int(trajectory.steps[-1])
        if self._conductor.computing and self._session.experiment.runs:
            total = self._session.experiment.runs[0].steps
        screen.playback.show_counter(f"step {step:,} / {total:,}")

    def _outcome(self, trajectories: tuple[Trajectory, ...]) -> tuple[str, str]:
        if not trajectories or not self._session.experiment.runs:
            return "", ""
        trajectory = trajectories[0]
        reached, asked = int(trajectory.steps[-1]), self._session.experiment.runs[0].steps
        if trajectory.outcome[0] is not Outcome.RUNNING:
            return trajectory.sentence(), trajectory.thinned
        if self._conductor.computing and reached < _SOON:
            return "", ""
        if self._conductor.computing:
            done = f"Computing: step {reached:,} of {asked:,}. Esc stops it."
            return done, trajectory.thinned
        return f"Stopped at step {reached:,} of {asked:,}.", trajectory.thinned

    @Slot(object)
    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self._show_probe(None if at is None else np.array(at))

    @Slot(object)
    def _on_curve_hovered(self, value: float | None) -> None:
        point = self._screen.curve.point
        if value is None or point is None:
            self._show_probe(None)
            return
        probed = point.copy()
        probed[self._session.experiment.view.slice_axis] = value
        self._show_probe(probed)

    @Slot(object)
    def _on_data_hovered(self, at: tuple[float, float] | None) -> None:
        landscape = self._session.experiment.landscape
        if at is None or not isinstance(landscape, FitLandscape):
            self._screen.window.show_probe(())
            return
        names = (landscape.data.feature_name, landscape.data.label_name)
        places = zip(names, at, strict=True)
        self._screen.window.show_probe(
            [f"{name} = {format_number(value)}" for name, value in places]
        )

    def _show_probe(self, point: FloatArray | None) -> None:
        landscape = self._session.experiment.landscape
        if point is None or point.size != landscape.dimension:
            self._screen.contour.set_probe(None, None)
            self._screen.window.show_probe(())
            return
        loss = float(landscape.loss(point[np.newaxis])[0])
        gradient = landscape.gradient(point[np.newaxis])[0]
        if landscape.dimension > 1:
            self._screen.contour.set_probe(point, gradient)
        places = [
            f"{name} = {format_number(value)}"
            for name, value in zip(landscape.parameters, point.tolist(), strict=True)
        ]
        slope = format_point(gradient) if landscape.dimension > 1 else format_number(gradient[0])
        self._screen.window.show_probe([*places, f"loss {format_number(loss)}", f"∇f {slope}"])


def _curve_title(parameters: tuple[str, ...], axis: int) -> str:
    held = [name for number, name in enumerate(parameters) if number != axis]
    constant = f", {' and '.join(held)} held constant" if held else ""
    return f"Loss along {parameters[axis]}{constant}"


def _same_family(before: Experiment, after: Experiment) -> bool:
    """Tell whether a landscape is the one before with a slider or a column changed."""
    one, other = before.landscape, after.landscape
    return type(one) is type(other) and one.parameters == other.parameters


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
