"""What is told of opening: progress, and why something could not be opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdviz.app.opening import Opening
from gdviz.errors import UserError
from gdviz.session.opener import Opener
from gdviz.ui.landscape_panel import LandscapePanel

__all__ = ["OpeningDisplay"]


class OpeningDisplay(QObject):
    """Tells each refusal where the mistake was made, and takes it away after a success."""

    def __init__(
        self,
        panel: LandscapePanel,
        opening: Opening,
        opener: Opener,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        opening.refused.connect(self._on_refused)
        opening.accepted.connect(self._on_accepted)
        opener.progressed.connect(panel.data.show_progress)
        opener.busy_changed.connect(self._on_busy_changed)

    @Slot(str, object)
    def _on_refused(self, whose: str, error: UserError | str) -> None:
        if whose == "formula":
            self._panel.formula.formula.show_error(error)
        elif whose == "table":
            self._panel.data.table.show_error(error)
        else:
            self._panel.show_page("data")
            self._panel.data.show_error(str(error))

    @Slot(str)
    def _on_accepted(self, _whose: str) -> None:
        self._panel.data.show_error("")

    @Slot(bool)
    def _on_busy_changed(self, busy: bool) -> None:
        if not busy:
            self._panel.data.show_progress(None)
