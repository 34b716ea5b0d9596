"""Bringing a lesson's prepared experiment into the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor, Playback
from gdviz.app.editor import Editor
from gdviz.app.observer import OverlaySwitches
from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.lessons import LessonStep
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.stage import Stage

__all__ = ["LessonStage"]


class LessonStage(QObject):
    """Shows a step's experiment as one edit, with the playhead where the step begins."""

    def __init__(
        self,
        screen: Screen,
        session: Session,
        editor: Editor,
        conductor: Conductor,
        player: Player,
        overlays: OverlaySwitches,
        stage: Stage,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._editor = editor
        self._conductor = conductor
        self._player = player
        self._overlays = overlays
        self._stage = stage
        self._jump_to: int | None = None
        conductor.finished.connect(self._on_finished)

    @property
    def settled(self) -> bool:
        """Whether the playhead stands where the step begins, or has since been moved."""
        return self._jump_to is None

    def show(self, experiment: Experiment, step: LessonStep) -> None:
        """Bring an experiment into the window.

        Parameters
        ----------
        experiment : Experiment
            As `gdviz.lessons.prepared` has made it.
        step : LessonStep
        """
        self._stage.enlarge(None)
        self._player.pause()
        self._session.settle()
        self._editor.edit("Begin lesson step", experiment, Playback.REWIND)
        if not self._conductor.started:
            self._conductor.expect(Playback.REWIND)
        self._jump_to = step.setup.at
        if not self._conductor.computing:
            self._on_finished()
        self._show_view(step.setup.view.page, step.setup.view.overlays)
        flat = experiment.landscape.dimension > 1
        canvas = self._screen.contour_canvas if flat else self._screen.curve_canvas
        canvas.plot_area.setFocus()  # the keys that a step names are the window's

    def leave(self) -> None:
        """Leave the playhead alone."""
        self._jump_to = None

    def _show_view(self, page: str | None, overlays: tuple[str, ...]) -> None:
        companions = self._screen.companions
        if page is not None and page in companions.pages:
            companions.show_page(page)
        self._overlays.show_only(frozenset(overlays))

    @Slot()
    def _on_finished(self) -> None:
        if self._jump_to is not None:
            at, self._jump_to = self._jump_to, None
            self._player.jump(self._conductor.record_at(at))
