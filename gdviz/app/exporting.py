"""From the Export dialog to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from gdviz.app.conductor import Conductor
from gdviz.app.theming import Theming
from gdviz.errors import UserError
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.experiment.overlays import PICTURED
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.formats import export
from gdviz.export.material import ExportSpec, Material
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.main_window import MainWindow

__all__ = ["Exporting"]


class Exporting(QObject):
    """Asks what to export, and does it.

    Attributes
    ----------
    look : callable
        Returns how the window draws what it shows.
    """

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        conductor: Conductor,
        player: Player,
        theming: Theming,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._conductor = conductor
        self._player = player
        self._theming = theming
        self.look: Callable[[], Look] = Look

    def open_dialog(self) -> None:
        """Ask what to export, and do it."""
        from gdviz.ui.export_dialog import ExportDialog

        self._player.pause()
        dialog = ExportDialog(
            self._window,
            dimension=self._session.experiment.landscape.dimension,
            theme=self._theming.theme.name,
            step=self._conductor.step_at(self._player.record),
        )

        def save(path: Path, spec: FigureSpec) -> None:
            try:
                # Those of now: more may have been computed since the dialog opened.
                document, look = self._begun(), self.look()
                drawn = tuple(name for name in look.overlays if name in PICTURED)
                dressed = replace(spec, look=replace(look, overlays=drawn))
                export(path, document, ExportSpec(dressed))
            except UserError as error:
                dialog.show_error(str(error))
                return
            dialog.accept()
            part = ": what had been computed so far" if self._conductor.computing else ""
            self._window.show_message(f"Saved {path}{part}")

        dialog.export_requested.connect(save)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.addActions(self._window.help_actions)
        dialog.open()

    def _begun(self) -> Material:
        """Return those runs only of which something has been computed."""
        experiment, of_runs = self._session.experiment, self._conductor.of_runs
        begun = [row for row, one in enumerate(of_runs) if one is not None and one.records]
        rows = [row for row in begun if row < len(experiment.runs)]
        selection = [rows.index(row) for row in experiment.selection if row in rows]
        part = replace(
            experiment,
            runs=tuple(experiment.runs[row] for row in rows),
            selection=tuple(selection) or ((0,) if rows else ()),
        )
        step = self._conductor.step_at(self._player.record)
        made = tuple(one for one in of_runs if one is not None and one.records)
        return Material(Document(part, self.look(), step), made)
