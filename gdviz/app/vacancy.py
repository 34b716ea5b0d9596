"""What the plots say where there is no run to draw."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.session.session import Session

__all__ = ["Vacancy"]

_NONE, _HIDDEN = "No run yet.", "All runs are hidden."
_SHOW = "An eye in the list of runs shows one."


class Vacancy(QObject):
    """Tells the plots whether there are runs to be drawn, before any is computed."""

    def __init__(self, screen: Screen, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        session.experiment_changed.connect(self._on_experiment_changed)
        self._say(session.experiment)

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, after: Experiment) -> None:
        self._say(after)

    def _say(self, experiment: Experiment) -> None:
        screen, runs = self._screen, experiment.runs
        shown = experiment.tracks or any(experiment.is_shown(row) for row in range(len(runs)))
        title = "" if shown else _HIDDEN if runs else _NONE
        for view, advice, on_plate in (
            (screen.contour, "Click anywhere to start one.", True),
            (screen.curve, "Click to start one.", True),
            (screen.beside, "Click to start one.", True),
            (screen.ray, "Click the landscape to start one.", False),
            (screen.data, "Its line comes with it.", True),
            (screen.history, "Click the landscape to start one.", False),
        ):
            view.set_notice(title, _SHOW if runs else advice, on_plate=on_plate)
