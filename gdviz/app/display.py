"""From the experiment to the landscape on the screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from gdviz.app.cuts import Cuts
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.engine import ContourMap
from gdviz.experiment import Experiment
from gdviz.landscapes import Domain
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.session.session import Session
from gdviz.session.surveyor import Surveyor

__all__ = ["Display", "same_family"]

_PIXELS_PER_SAMPLE = 2.0
_FEWEST, _MOST = 80, 480


class Display(QObject):
    """Shows the landscape and how it is looked at."""

    def __init__(
        self,
        screen: Screen,
        session: Session,
        runs: RunDisplay,
        surveyor: Surveyor,
        cuts: Cuts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._runs = runs
        self._surveyor = surveyor
        self._cuts = cuts
        self._surveyed: object = None
        session.experiment_changed.connect(self.on_experiment_changed)
        surveyor.map_ready.connect(self._on_map)
        surveyor.failed.connect(screen.window.show_message)
        screen.contour.domain_shown.connect(self._on_domain_shown)

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
        screen.run_panel.set_experiment(after)
        screen.run_list.set_experiment(after)
        self._cuts.show_experiment(before, after)
        if after.landscape.dimension > 1:
            screen.contour.set_domain(view.domain)
            self.survey()
        else:
            self._cuts.show_intervals(view.domain.intervals)
        if before is None or before.runs == after.runs:
            self._runs.show_record()

    def _show_landscape(self, before: Experiment | None, after: Experiment) -> None:
        screen, landscape = self._screen, after.landscape
        turned = before is None or not same_family(before, after)
        screen.landscape_panel.set_experiment(after, turn=turned)
        screen.step_panel.set_parameters(landscape.parameters)
        screen.mathematics.set_notation(landscape.notation)
        screen.history.set_landscape(landscape)
        fit = landscape if isinstance(landscape, FitLandscape) else None
        flat = landscape.dimension > 1
        screen.companions.offer("data", offered=fit is not None)
        screen.companions.offer("surface", offered=flat)
        screen.contour_canvas.setVisible(flat)
        if turned:
            screen.contour.set_field(None)
            screen.contour.set_trajectories(())
            for view in (screen.curve, screen.beside, screen.ray, screen.history, screen.data):
                view.set_trajectories(())
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
        self._cuts.show_intervals(domain.intervals)
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


def same_family(before: Experiment, after: Experiment) -> bool:
    """Tell whether a landscape is the one before with a slider or a column changed."""
    one, other = before.landscape, after.landscape
    return type(one) is type(other) and one.parameters == other.parameters
