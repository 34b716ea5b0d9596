"""Enlarging one view: its actions, and what a change of landscape does to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from gdviz.app.display import Display
from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.stage import Stage

__all__ = ["Staging"]

_SURVEY_AFTER_MS = 150


class Staging(QObject):
    """Lets one view have all the room, by keys, menu, button or double-click.

    A view whose room has changed is sampled anew, as finely as it is shown.

    Attributes
    ----------
    stage : Stage
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        actions: Actions,
        display: Display,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._actions = actions
        self.stage = Stage(screen.canvases, self)
        for name in self.stage.names:
            actions[f"enlarge_{name}"].triggered.connect(
                lambda _on=False, name=name: self.stage.toggle(name)
            )
        actions["all_views"].triggered.connect(lambda: self.stage.enlarge(None))
        self.stage.enlarged_changed.connect(self._on_enlarged)
        session.experiment_changed.connect(self._on_experiment_changed)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_SURVEY_AFTER_MS)
        self._resized.timeout.connect(display.survey)
        screen.contour_canvas.plot_area.sigDeviceRangeChanged.connect(self._on_resized)
        self._on_enlarged()
        self._offer(session.experiment)

    def add(self, name: str) -> None:
        """Let a view be enlarged that has been made since; its action is its maker's."""
        self.stage.add(name, self._screen.canvases[name])
        self._on_enlarged()

    @Slot()
    def _on_enlarged(self) -> None:
        enlarged = self.stage.enlarged
        for name in self.stage.names:
            action = self._actions[f"enlarge_{name}"]
            action.setChecked(name == enlarged)
            keys = f"{action.shortcut().toString()} or `"
            way_back = f"{keys} shows all views" if name == enlarged else ""
            for canvas in self._screen.canvases[name]:
                canvas.show_enlarged(way_back)
        self._actions["all_views"].setEnabled(enlarged is not None)
        if enlarged is not None:
            for canvas in self._screen.canvases[enlarged]:
                if canvas.isVisible():
                    canvas.plot_area.setFocus()
                    break

    @Slot(object, object)
    def _on_experiment_changed(self, before: Experiment, after: Experiment) -> None:
        if before.landscape == after.landscape:
            return
        self._offer(after)
        enlarged = self.stage.enlarged
        if enlarged is None or _views(before) == _views(after):
            return
        # The views that there are stand side by side again, and then one of them is enlarged.
        self.stage.enlarge(None)
        self._screen.contour_canvas.setVisible("contour" in _views(after))
        for page in ("surface", "data"):
            self._screen.companions.offer(page, offered=page in _views(after))
        if enlarged in _views(after):
            self.stage.enlarge(enlarged)

    def _offer(self, experiment: Experiment) -> None:
        for name in self.stage.names:
            self._actions[f"enlarge_{name}"].setEnabled(name in _views(experiment))

    @Slot()
    def _on_resized(self, *_: object) -> None:
        if self._screen.contour_canvas.isVisible():
            self._resized.start()


def _views(experiment: Experiment) -> set[str]:
    """Return the names of the views that there are of a landscape."""
    landscape = experiment.landscape
    flat = {"contour", "surface"} if landscape.dimension > 1 else set()
    data = {"data"} if isinstance(landscape, FitLandscape) else set()
    return {"curve", "history", "basins", "sweep"} | flat | data
