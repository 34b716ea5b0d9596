"""Making what tells of sensitivity when it is first wanted, and not when the window opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from gdviz.app.overlays import Overlays
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.experiment import Experiment
from gdviz.experiment.overlays import MEASURED
from gdviz.session.session import Session
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.app.sensitivity_display import SensitivityDisplay

__all__ = ["SensitivityDoor"]


class SensitivityDoor(QObject):
    """Leads to the Sensitivity panel, and to what is drawn of it.

    That the user has opened the panel is kept with the experiment, so that it is open again
    when the experiment is.

    Parameters
    ----------
    screen : Screen
    action : QAction
        That opens and closes the panel.
    overlays : Overlays
    session : Session
    theming : Theming
    make : callable
        Makes what measures and shows.
    """

    def __init__(
        self,
        screen: Screen,
        action: QAction,
        overlays: Overlays,
        session: Session,
        theming: Theming,
        make: Callable[[], SensitivityDisplay],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._overlays = overlays
        self._session = session
        self._theming = theming
        self._make = make
        self._display: SensitivityDisplay | None = None
        dock = screen.window.findChild(QDockWidget, "Sensitivity")
        assert isinstance(dock, QDockWidget)
        self._dock = dock
        dock.installEventFilter(self)
        dock.toggleViewAction().triggered.connect(self._on_toggled)
        dock.visibilityChanged.connect(self._on_visibility_changed)
        action.triggered.connect(self._on_triggered)
        screen.sensitivity.came_into_view.connect(self._on_came_into_view)
        overlays.changed.connect(self._on_overlays_changed)
        session.experiment_changed.connect(self._on_experiment_changed)

    @property
    def made(self) -> bool:
        """Whether it has been wanted yet."""
        return self._display is not None

    @property
    def display(self) -> SensitivityDisplay:
        """What measures and shows; it is made by asking for it."""
        if self._display is None:
            self._display = self._make()
        return self._display

    def set_theme(self, theme: Theme) -> None:
        """Change the panel's colors."""
        if self._display is not None and self._display.panel is not None:
            self._display.panel.set_theme(theme)

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        if self._display is not None:
            self._display.stop()

    def begin(self, experiment: Experiment) -> None:
        """Open the panel if an experiment was saved with it."""
        if experiment.plane.sensitivity.shown and not self._screen.sensitivity.isVisible():
            self._screen.window.raise_dock("Sensitivity")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._dock and event.type() is QEvent.Type.Close:
            self._note(shown=False)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_triggered(self) -> None:
        """Bring the panel to the front, or close it if it is there."""
        seen = self._screen.sensitivity.isVisible()
        if seen:
            self._dock.hide()
        else:
            self._screen.window.raise_dock("Sensitivity")
        self._note(shown=not seen)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        if shown:
            self._screen.window.raise_dock("Sensitivity")
        self._note(shown=shown)

    @Slot()
    def _on_came_into_view(self) -> None:
        self.display.make_panel(self._theming.theme)
        self.display.refresh()

    @Slot(bool)
    def _on_visibility_changed(self, shown: bool) -> None:
        if not shown and self._display is not None:
            self._display.refresh()

    @Slot()
    def _on_overlays_changed(self) -> None:
        if not self.made and self._overlays.shown & set(MEASURED):
            self.display.refresh()

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment | None, after: Experiment) -> None:
        stack = self._session.undo_stack
        if not (stack.canUndo() or stack.canRedo()):
            self.begin(after)

    def _note(self, *, shown: bool) -> None:
        """Keep with the experiment whether the panel is open."""
        experiment = self._session.experiment
        plane = experiment.plane
        sensitivity = replace(plane.sensitivity, shown=shown)
        self._session.adjust(replace(experiment, plane=replace(plane, sensitivity=sensitivity)))
