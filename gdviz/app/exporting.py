"""From the Export dialog to a file, and from the window to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gdviz.app.conductor import Conductor
from gdviz.app.copying import Copying
from gdviz.app.export_display import ExportDisplay
from gdviz.app.export_jobs import ExportJobs
from gdviz.app.export_names import free_path
from gdviz.app.theming import Theming
from gdviz.errors import UserError
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.export.formats import export, format_of
from gdviz.export.material import ExportSpec, Material
from gdviz.export.tidy import tidied
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.export_memory import remembered, told
from gdviz.ui.export_wish import ExportWish
from gdviz.ui.main_window import MainWindow
from gdviz.ui.settings import Settings

if TYPE_CHECKING:
    from gdviz.ui.export_dialog import ExportDialog

__all__ = ["Exporting"]


class Exporting(QObject):
    """Asks what to export, and does it; remembers what was asked for.

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
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._conductor = conductor
        self._player = player
        self._theming = theming
        self._settings = settings
        self._wish = remembered(settings.export)
        self.look: Callable[[], Look] = Look
        self.jobs = ExportJobs(self)
        self.copying = Copying(self.material, lambda: self.wish, window.show_message, self)
        ExportDisplay(window, self.jobs, self)

    @property
    def wish(self) -> ExportWish:
        """What was asked for last, for what is in the window now."""
        material = self.material()
        if self._wish is None:
            return ExportWish.first(material, self._theming.theme.name)
        return self._wish.fitted(material)

    def open_dialog(self) -> None:
        """Ask what to export, and do it."""
        from gdviz.ui.export_dialog import ExportDialog

        self._player.pause()
        wish = self.wish
        dialog = ExportDialog(
            self._window,
            material=self.material,
            wish=wish,
            path=free_path(
                self._settings.export_folder, self._session.experiment.title, wish.ending
            ),
            theme=self._theming.theme,
        )

        def save(path: Path, spec: ExportSpec) -> None:
            # What there is now: more may have been computed since the dialog opened.
            wish, message = dialog.wish, self._write(path, spec)
            self._remember(wish, path.parent)
            dialog.accept()
            self._window.show_message(message)

        dialog.export_requested.connect(_answered(dialog, save))
        dialog.copy_requested.connect(
            _answered(dialog, lambda spec: self.copying.picture(self.material(), spec))
        )
        dialog.command_requested.connect(
            _answered(
                dialog,
                lambda path, spec: self.copying.command(self.material(), spec, str(path)),
            )
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.addActions(self._window.help_actions)
        dialog.open()

    def _remember(self, wish: ExportWish, folder: Path) -> None:
        self._wish = wish
        self._settings.export = told(wish)
        self._settings.export_folder = str(folder)

    def _write(self, path: Path, spec: ExportSpec) -> str:
        """Write a file, or have it written; return what to say.

        Raises
        ------
        UserError
            If it can't be written.
        """
        from gdviz.app.export_work import job_for, takes_long

        material, chosen = self.material(), format_of(path.suffix)
        part = ": what had been computed so far" if self._conductor.computing else ""
        if takes_long(chosen, material, spec):
            self.jobs.add(job_for(path, material, spec))
            return f"Making {path}{part}"
        with tidied():
            export(path, material, spec)
        return f"Saved {path}{part}"

    def material(self) -> Material:
        """Return what there is to export: those runs of which something has been computed."""
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


def _answered(dialog: ExportDialog, act: Callable[..., str | None]) -> Callable[..., None]:
    """Return what does something and has the dialog say what came of it."""

    def answer(*asked: object) -> None:
        try:
            told = act(*asked)
        except UserError as error:
            dialog.show_error(str(error))
            return
        if told:
            dialog.show_note(told)

    return answer
