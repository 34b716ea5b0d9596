"""The document in the window: its name, saving it, leaving it, and coming back to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gdviz.app.autosaving import Autosaver
from gdviz.app.conductor import Conductor, Playback
from gdviz.app.documents import Documents
from gdviz.app.file_door import FileDoor
from gdviz.app.look_display import LookDisplay
from gdviz.app.opening import Opening
from gdviz.app.overlays import Overlays
from gdviz.app.recovery import Recovery
from gdviz.app.screen import Screen
from gdviz.experiment import Experiment
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.landscapes.presets import FIRST, preset
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.scribe import Scribe
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.main_window import MainWindow
from gdviz.ui.settings import Settings

__all__ = ["DocumentDoor"]

_ENDING = ".gdviz"
_FILTER = f"Experiments (*{_ENDING})"
_LONGEST_NAME = 60


class Parts(Protocol):
    """What documents need of a window."""

    window: MainWindow
    screen: Screen
    actions: Actions
    session: Session
    conductor: Conductor
    player: Player
    opening: Opening
    overlays: Overlays


class DocumentDoor(QObject):
    """Saves and opens documents, and lets none go before the user has said so.

    Parameters
    ----------
    parts : Parts
    settings : Settings
    courtesy : Courtesy
    look : callable
        Returns how the window draws what it shows.
    keep_in : Path or None
        Where unsaved documents are kept while the window lives; None for nowhere.

    Attributes
    ----------
    documents : Documents
    autosaver : Autosaver
    files : FileDoor
    recovery : Recovery
    """

    def __init__(
        self,
        parts: Parts,
        settings: Settings,
        courtesy: Courtesy,
        look: Callable[[], Look],
        keep_in: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = parts.window
        self._session = parts.session
        self._conductor = parts.conductor
        self._player = parts.player
        self._opening = parts.opening
        self._settings = settings
        self._look = look
        self._look_display = LookDisplay(parts.screen, parts.overlays, self)
        self._scribe = Scribe(self)
        self._then: Callable[[], object] | None = None
        self._may_go = False
        self.documents = Documents(parts.session, self._scribe, self)
        self.documents.snapshot = self._snapshot
        self.autosaver = Autosaver(
            *(self.documents, parts.session, self._scribe, keep_in),
            *(_mouse_is_held, self),
        )
        self.recovery = Recovery(
            *(parts.window, self.autosaver, keep_in, courtesy),
            *(self._restore, self),
        )
        self.files = FileDoor(
            *(parts.window, parts.screen.landscape_panel, parts.actions),
            *(parts.opening, settings, self),
        )
        for key, act in (("new", self.new), ("save", self.save), ("save_as", self.save_as)):
            parts.actions[key].triggered.connect(lambda _on=False, do=act: do())
        parts.window.close_guards.append(self._may_close)
        parts.opening.document_opened.connect(self._on_opened)
        self.documents.changed.connect(self._show_name)
        self.documents.saved.connect(self._on_saved)
        self.documents.failed.connect(self._on_failed)
        parts.session.experiment_changed.connect(self._show_name)
        for told in (self.autosaver.failed, self.recovery.told):
            told.connect(parts.window.show_message)
        self._show_name()

    def begin(
        self, document: Document, path: Path | None = None, *, modified: bool = False
    ) -> None:
        """Show a document as it was saved: its look, and the step at which it stood.

        Parameters
        ----------
        document : Document
        path : Path, optional
            Its file.
        modified : bool
            Whether it is something else than what is in that file.
        """
        self._opening.end_typing()
        self.documents.begin(document, path, modified=modified)
        self._look_display.show(document.look)
        self._conductor.seek(document.step)

    def new(self) -> None:
        """Begin another experiment, once this one is saved or not wanted."""
        self.leave(self._begin_anew)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write the document to its file; ask for one if it has none.

        Parameters
        ----------
        then : callable, optional
            What to do once it is written; not done if it is not.
        """
        path = self.documents.path
        if path is None:
            self.save_as(then)
        elif self.documents.overtaken:
            self._ask_to_replace(path, then)
        else:
            self._write(path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and write the document to it."""
        dialog = QFileDialog(self._window, "Save experiment", str(self._suggested()), _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDING.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._on_chosen(Path(chosen), then))
        dialog.open()

    def leave(self, then: Callable[[], object]) -> None:
        """Do something that ends this document, once nothing is lost by it that is wanted."""
        if not self.documents.worth_asking:
            then()
            return
        from gdviz.ui.unsaved_box import unsaved_box

        documents = self.documents
        box = unsaved_box(self._window, documents.name, has_file=documents.path is not None)
        answers = {"save": lambda: self.save(lambda: self.leave(then)), "discard": then}
        box.answered.connect(lambda answer: answers.get(answer, lambda: None)())
        box.open()

    def close_unsaved(self) -> None:
        """Close the window, whatever is lost by it."""
        self._may_go = True
        self._window.close()

    def stop(self) -> None:
        """End everything that runs; the window is about to close, and nothing is wanted of it."""
        self.recovery.stop()
        self._scribe.stop()
        self.autosaver.stop()

    def _snapshot(self) -> Document:
        step = self._conductor.step_at(self._player.record)
        return Document(self._session.experiment, self._look(), step)

    def _begin_anew(self) -> None:
        fresh = Document(Experiment.of(preset(FIRST)), self._look())
        self._opening.end_typing()
        self._conductor.expect(Playback.RESTART)
        self.documents.begin(fresh)
        self._conductor.expect(Playback.STAY)

    def _restore(self, document: Document, path: Path | None) -> None:
        def restore() -> None:
            self.begin(document, path, modified=True)
            self.autosaver.keep_now()

        self.leave(restore)

    def _suggested(self) -> Path:
        """Return the file that a document is saved to if nothing else is said."""
        if self.documents.path is not None:
            return self.documents.path
        words = re.sub(r"\W+", "-", self._session.experiment.title).strip("-").lower()
        name = words[:_LONGEST_NAME].strip("-") or "experiment"
        return Path(self._settings.folder or Path.home()) / f"{name}{_ENDING}"

    def _on_chosen(self, path: Path, then: Callable[[], object] | None) -> None:
        if path.suffix != _ENDING:
            path = path.with_name(path.name + _ENDING)
            if path.exists():  # the dialog has asked about another name
                self._on_failed(f"'{path}' is there already; choose another name")
                return
        self._write(path, then)

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        self._then = then
        self.documents.save(path)

    def _ask_to_replace(self, path: Path, then: Callable[[], object] | None) -> None:
        """Let the user decide what becomes of a file that someone else has written meanwhile."""
        from gdviz.ui.unsaved_box import replaced_box

        answers = {
            "replace": lambda: self._write(path, then),
            "save_as": lambda: self.save_as(then),
        }
        box = replaced_box(self._window, path.name)
        box.answered.connect(lambda answer: answers.get(answer, lambda: None)())
        box.open()

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.files.remember(path)
        self._settings.folder = str(path.absolute().parent)
        self._window.show_message(f"Saved {path}")
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._then = None
        from gdviz.ui.unsaved_box import failed_box

        box = failed_box(self._window, self.documents.name, reason)
        box.answered.connect(lambda answer: self.save_as() if answer == "save_as" else None)
        box.open()

    @Slot(object, object)
    def _on_opened(self, document: Document, path: Path) -> None:
        self.files.remember(path)
        self.leave(lambda: self.begin(document, path))

    @Slot()
    def _show_name(self, *_: object) -> None:
        name = self.documents.name.replace("[*]", "[*][*]")
        self._window.setWindowTitle(f"{name}[*] — gdviz")
        self._window.setWindowModified(self.documents.modified)

    def _may_close(self) -> bool:
        """Tell whether the window may close now; if not, it closes once that is settled."""
        if self._may_go:
            return True
        if self.documents.saving:
            self._then = self._then or self._window.close
            return False
        if not self.documents.worth_asking:
            return True
        self.leave(self.close_unsaved)
        return False


def _mouse_is_held() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
