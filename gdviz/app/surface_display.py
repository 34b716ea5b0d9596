"""From the experiment, its runs and the playhead to the surface; nothing while it is hidden."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from gdviz.app.conductor import Conductor
from gdviz.app.display import same_family
from gdviz.app.screen import Screen
from gdviz.engine import ContourMap, cropped
from gdviz.experiment import Experiment
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.experiment.look import Look
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.session.surveyor import Surveyor
from gdviz.ui.actions import Actions

__all__ = ["SurfaceDisplay"]

_EVERY_MS, _ALONE_EVERY_MS = 50, 12
_TURN = 15.0
_ORBITS = {
    "orbit_left": (-_TURN, 0.0),
    "orbit_right": (_TURN, 0.0),
    "orbit_up": (0.0, _TURN),
    "orbit_down": (0.0, -_TURN),
}
_ACTIONS = ("surface", "slice_plane")


class SurfaceDisplay(QObject):
    """Shows the landscape in view as a surface, with the same step of the same runs.

    While the surface is not in view, nothing is handed to it; it catches up when it is. While
    a start or a slider is dragged, its paths follow at most 20 times a second.
    """

    def __init__(
        self,
        screen: Screen,
        actions: Actions,
        session: Session,
        conductor: Conductor,
        player: Player,
        surveyor: Surveyor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._actions = actions
        self._session = session
        self._conductor = conductor
        self._player = player
        self._map: ContourMap | None = None
        self._landscape: object = None
        self._given: tuple[object, object, object] = (None, None, None)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._show)
        screen.surface_canvas.installEventFilter(self)
        session.experiment_changed.connect(self._on_experiment_changed)
        surveyor.map_ready.connect(self._show_map)
        conductor.trajectories_changed.connect(self._on_trajectories_changed)
        player.record_changed.connect(self._show_step)
        screen.surface_controls.heights_picked.connect(screen.surface.set_height_scale)
        screen.companions.page_shown.connect(self._on_page_shown)
        for name, camera in CAMERAS.items():
            action = actions[f"camera_{name}"]
            action.triggered.connect(lambda _on=False, chosen=camera: self.look_from(chosen))
        for key, turn in _ORBITS.items():
            actions[key].triggered.connect(lambda _on=False, by=turn: self.turn(*by))
        actions["surface"].triggered.connect(self.toggle)

    @property
    def shown(self) -> bool:
        """Whether the surface is in view."""
        return self._screen.surface_canvas.isVisible()

    @Slot()
    def toggle(self) -> None:
        """Bring the surface into view, or the history."""
        page = "history" if self._screen.companions.page == "surface" else "surface"
        self._screen.companions.show_page(page)

    def look_from(self, camera: Camera) -> None:
        """Bring the surface into view, as it is seen from somewhere."""
        self._screen.companions.show_page("surface")
        self._screen.surface.set_camera(camera)

    def turn(self, right: float, up: float) -> None:
        """Move the camera about the surface, by angles in degrees."""
        self.look_from(self._screen.surface.camera.orbited(right, up))

    @Slot(object)
    def _show_map(self, contour_map: ContourMap) -> None:
        self._map = contour_map
        self._show()

    def dressed(self, look: Look) -> Look:
        """Return a look with the surface as it is seen."""
        surface = self._screen.surface
        companion = self._screen.companions.page
        return replace(look, camera=surface.camera, heights=surface.heights, companion=companion)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._show()
        return super().eventFilter(watched, event)

    @Slot(object, object)
    def _on_experiment_changed(self, before: Experiment | None, after: Experiment) -> None:
        flat = after.landscape.dimension > 1
        for key in (*_ACTIONS, *_ORBITS, *(f"camera_{name}" for name in CAMERAS)):
            self._actions[key].setEnabled(flat)
        if before is None or not same_family(before, after):
            self._map = None  # that of another landscape
        self._show()

    @Slot()
    def _on_trajectories_changed(self) -> None:
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if not (held and self._conductor.computing):
            self._show()
        elif not self._resting.isActive():
            alone = len(self._conductor.shown.rows) <= 1
            self._resting.start(_ALONE_EVERY_MS if alone else _EVERY_MS)

    @Slot(str)
    def _on_page_shown(self, page: str) -> None:
        del page
        self._show()

    @Slot()
    def _show(self) -> None:
        """Hand over what has changed since the surface was in view."""
        experiment = self._session.experiment
        landscape = experiment.landscape
        if not self.shown or landscape.dimension < 2:
            return
        surface, shown = self._screen.surface, self._conductor.shown
        if landscape is not self._landscape:
            self._landscape = landscape
            surface.set_landscape(landscape)
            x, y = landscape.parameters
            self._screen.surface_canvas.set_title(f"Surface over {x} and {y}")
        domain = experiment.view.domain
        before_map, before_domain, before_shown = self._given
        self._given = (self._map, domain, shown)
        if before_map is not self._map or before_domain != domain:
            surface.set_field(None if self._map is None else cropped(self._map, domain))
        if before_shown is not shown:
            surface.set_trajectories(shown.trajectories, shown.looks)
        self._show_step()

    @Slot()
    def _show_step(self, *_: object) -> None:
        if self.shown:
            self._screen.surface.set_step(self._conductor.step_at(self._player.record))
