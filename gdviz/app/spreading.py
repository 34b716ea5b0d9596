"""From the Many starts dialog to runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from gdviz.app.run_editor import RunEditor
from gdviz.errors import UserError
from gdviz.experiment.many_starts import ManyStarts
from gdviz.session.session import Session
from gdviz.ui.main_window import MainWindow

__all__ = ["Spreading"]


class Spreading(QObject):
    """Asks from where runs are to start, and starts them; remembers what was asked."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        editor: RunEditor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._editor = editor
        self._wish = ManyStarts()

    def open_dialog(self) -> None:
        """Ask from where runs are to start, and start them."""
        from gdviz.ui.many_starts_dialog import ManyStartsDialog

        experiment = self._session.experiment
        dialog = ManyStartsDialog(
            self._window,
            dimension=experiment.landscape.dimension,
            present=len(experiment.runs),
            wish=self._wish,
        )

        def spread(wish: ManyStarts) -> None:
            try:
                self._editor.spread(wish)
            except UserError as error:
                dialog.show_error(str(error))
                return
            self._wish = wish
            dialog.accept()

        dialog.spread_wanted.connect(spread)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.addActions(self._window.help_actions)
        dialog.open()
