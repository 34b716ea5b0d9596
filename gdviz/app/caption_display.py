"""What the line above the views tells."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.numbers import format_number
from gdviz.session.session import Session
from gdviz.ui.caption import Caption

__all__ = ["CaptionDisplay"]


class CaptionDisplay(QObject):
    """Tells the landscape, the current run, its step and its loss, while the line is shown."""

    def __init__(
        self, screen: Screen, session: Session, runs: RunDisplay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._caption: Caption = screen.caption
        self._screen = screen
        self._session = session
        self._runs = runs
        runs.record_shown.connect(self.refresh)
        session.experiment_changed.connect(self.refresh)

    @Slot()
    def refresh(self, *_: object) -> None:
        """Tell what is shown now."""
        if self._caption.isHidden():
            return
        experiment = self._session.experiment
        row = experiment.current_row
        run = experiment.runs[row].label if row is not None and experiment.runs else ""
        loss = self._runs.loss_shown
        told = "" if loss is None else f"loss {format_number(loss)}"
        self._caption.show_parts(experiment.title, run, self._screen.playback.counter, told)
