"""Making everything of swarms when one is first wanted, and not when the window opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.lectern import Lectern
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.actions import Actions

if TYPE_CHECKING:
    from gdviz.app.swarm_display import SwarmDisplay
    from gdviz.app.swarm_editor import SwarmEditor
    from gdviz.engine.bulk.pilot import Pilots

__all__ = ["SwarmDoor"]


class Parts(Protocol):
    """What a swarm needs of a window."""

    screen: Screen
    actions: Actions
    session: Session
    conductor: Conductor
    player: Player
    lectern: Lectern

    @property
    def kernels(self) -> Pilots:
        """Where compiled kernels come from."""


class SwarmDoor(QObject):
    """Leads to the swarm: by an action, by its panel, or because an experiment shows one.

    Parameters
    ----------
    parts : Parts
    runs : RunDisplay
    courtesy : Courtesy
    """

    def __init__(
        self,
        parts: Parts,
        runs: RunDisplay,
        courtesy: Courtesy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._runs, self._courtesy = parts, runs, courtesy
        self._display: SwarmDisplay | None = None
        self._editor: SwarmEditor | None = None
        parts.session.experiment_changed.connect(self._on_experiment_changed)
        parts.screen.swarm.came_into_view.connect(self._on_came_into_view)
        parts.actions["swarm"].triggered.connect(self._on_toggled)
        parts.actions["swarm_brush"].triggered.connect(self._on_brush)
        self._show(parts.session.experiment)

    @property
    def made(self) -> bool:
        """Whether a swarm has been wanted yet."""
        return self._display is not None

    @property
    def display(self) -> SwarmDisplay:
        """What draws the swarm; it is made by asking for it."""
        if self._display is None:
            from gdviz.app.swarm_display import SwarmDisplay

            parts = self._parts
            self._display = SwarmDisplay(
                *(parts.screen, parts.session, parts.conductor, parts.player),
                *(self._runs, self._courtesy, parts.kernels, self),
            )
        return self._display

    @property
    def editor(self) -> SwarmEditor:
        """The panel and the brush; they are made by asking for them."""
        if self._editor is None:
            from gdviz.app.swarm_editor import SwarmEditor

            parts = self._parts
            self._editor = SwarmEditor(
                *(parts.screen, parts.actions, parts.session, parts.conductor, parts.player),
                *(self.display, self),
            )
        return self._editor

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        if self._display is not None:
            self._display.stop()

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, after: Experiment) -> None:
        self._show(after)

    def _show(self, experiment: Experiment) -> None:
        shown = experiment.plane.swarm.shown
        self._parts.actions["swarm"].setChecked(shown)
        if shown:
            self.display  # noqa: B018 -- made by asking for it

    @Slot()
    def _on_came_into_view(self) -> None:
        self.editor.panel.show()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if on:
            self._come_into_view()
        self.editor.toggle(on)

    @Slot(bool)
    def _on_brush(self, on: bool) -> None:
        if on:
            self._come_into_view()
        self.editor.brush(on)

    def _come_into_view(self) -> None:
        """Show the panel, and the landscape if another view has all its room."""
        if self._parts.screen.contour_canvas.isHidden():
            self._parts.lectern.staging.stage.enlarge(None)
        self._parts.screen.window.raise_dock("Swarm")
