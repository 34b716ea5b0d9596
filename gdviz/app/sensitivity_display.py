"""From the current point and the radius to what is said and drawn of its surroundings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.overlays import Overlays
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.engine.sensitivity import SHARE, Sensitivity
from gdviz.experiment import Experiment
from gdviz.experiment.overlays import MEASURED
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.session.assayer import Assay, Assayer
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.sensitivity_panel import SensitivityPanel
from gdviz.views.theme import Theme

__all__ = ["SensitivityDisplay"]

_HERE, _KEPT = "here", "kept"


class SensitivityDisplay(QObject):
    """Has the surroundings of the current point measured while anybody looks, and shows them.

    Without a run, it is the landscape's minimum that is looked at.
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        runs: RunDisplay,
        overlays: Overlays,
        courtesy: Courtesy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._player = player
        self._runs = runs
        self._overlays = overlays
        self.panel: SensitivityPanel | None = None
        self._asked: Assay | None = None
        self._found: Sensitivity | None = None
        self._kept: Assay | None = None
        self._kept_found: Sensitivity | None = None
        self._place = ""
        self.assayer = Assayer(courtesy, self)
        self.assayer.measured.connect(self._on_measured)
        self.assayer.failed.connect(screen.window.show_message)
        runs.record_shown.connect(self.refresh)
        session.experiment_changed.connect(self._on_experiment_changed)
        overlays.changed.connect(self.refresh)

    def make_panel(self, theme: Theme) -> None:
        """Fill the dock."""
        if self.panel is not None:
            return
        self.panel = panel = SensitivityPanel()
        panel.set_theme(theme)
        self._screen.sensitivity.fill(panel)
        panel.radius_edited.connect(self._edit_radius)
        panel.settled.connect(self._session.settle)
        panel.keep_wanted.connect(self._keep)
        panel.clear_wanted.connect(self._forget_kept)
        panel.overlay_picked.connect(lambda name, on: self._overlays.show(name, shown=on))
        self._show()

    @Slot()
    def refresh(self) -> None:
        """Have the current point measured, unless it is or nobody looks."""
        if self.panel is not None:
            self.panel.show_overlays(self._overlays.shown)
            self.panel.show_radius(self._radius)
        if not self._wanted:
            self._drop()
            return
        point, place = self._point()
        if point is None:
            self._drop()
            return
        assay = Assay(_HERE, self._experiment.landscape, point, self._radius, place)
        if assay != self._asked:
            self._asked = assay
            self.assayer.request(assay)
        self._draw()

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        self.assayer.stop()

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @property
    def _radius(self) -> float:
        return self._experiment.plane.sensitivity.radius or SHARE

    @property
    def _wanted(self) -> bool:
        """Whether anybody looks: the panel is in view, or something of it is drawn."""
        return self._screen.sensitivity.isVisible() or bool(self._overlays.shown & set(MEASURED))

    def _point(self) -> tuple[tuple[float, ...] | None, str]:
        """Return where to look, and what is there in words."""
        trajectory, landscape = self._runs.current, self._experiment.landscape
        if trajectory is not None and trajectory.records:
            step = min(self._conductor.step_at(self._player.record), trajectory.last_step[0])
            params = trajectory.params[trajectory.record_at(step), 0]
            return tuple(params.tolist()), f"Step {step:,}"
        if not self._experiment.runs and landscape.minima:
            return landscape.minima[0], "The landscape's minimum"
        return None, ""

    def _drop(self) -> None:
        """Show nothing."""
        self.assayer.forget(_HERE)
        self._asked = self._found = None
        self._show()

    def _draw(self) -> None:
        for view in (self._screen.contour, self._screen.curve, self._screen.surface):
            view.set_sensitivity(self._found if self._drawn else None)

    def _show(self) -> None:
        self._draw()
        if self.panel is not None:
            measured = isinstance(self._experiment.landscape, SampledLandscape)
            self.panel.show_found(
                self._found, self._kept_found, place=self._place, measured=measured
            )

    @property
    def _drawn(self) -> bool:
        """Whether the point is one that views show: a hidden run's is not."""
        row = self._experiment.current_row
        return row is None or self._experiment.is_shown(row)

    @Slot(object, object)
    def _on_measured(self, assay: Assay, found: Sensitivity) -> None:
        if assay.landscape != self._experiment.landscape:
            return
        if assay.purpose == _KEPT:
            if self._kept is not None and assay.point == self._kept.point:
                self._kept_found = found
                self._show()
        elif self._asked is not None:
            self._found, self._place = found, assay.place
            self._show()

    @Slot(object, object)
    def _on_experiment_changed(self, before: Experiment | None, after: Experiment) -> None:
        if self._kept is not None and after.landscape != self._kept.landscape:
            self._forget_kept()
        if before is None or before.landscape != after.landscape:
            self._drop()
        elif self._kept is not None and self._kept.radius != self._radius:
            self._kept = replace(self._kept, radius=self._radius)
            self.assayer.request(self._kept)
        self.refresh()

    @Slot(float)
    def _edit_radius(self, share: float) -> None:
        experiment = self._experiment
        plane = experiment.plane
        sensitivity = replace(plane.sensitivity, radius=share)
        after = replace(experiment, plane=replace(plane, sensitivity=sensitivity))
        self._session.edit("Change radius", after, merge="sensitivity radius")

    @Slot()
    def _keep(self) -> None:
        if self._found is not None:
            point = tuple(self._found.point.tolist())
            self._kept = Assay(_KEPT, self._experiment.landscape, point, self._found.share)
            self._kept_found = self._found
            self._show()

    @Slot()
    def _forget_kept(self) -> None:
        self.assayer.forget(_KEPT)
        self._kept = self._kept_found = None
        self._show()
