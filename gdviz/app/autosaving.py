"""Keeping unsaved edits on disk, for the case that the window does not live to save them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gdviz.app.documents import Documents
from gdviz.app.unsaved_file import UnsavedFile
from gdviz.errors import UserError
from gdviz.session.scribe import Scribe
from gdviz.session.session import Session

__all__ = ["Autosaver"]

_REST_MS, _LONGEST_MS, _HELD_MS = 3_000, 20_000, 500


class Autosaver(QObject):
    """Writes the document a few seconds after the last edit, while it is unsaved.

    Not while the mouse is held, and not in the window's thread. Once the document is saved, or
    its edits are undone, nothing is kept.

    Parameters
    ----------
    documents : Documents
    session : Session
    scribe : Scribe
    folder : Path or None
        Where unsaved documents are kept; None for nowhere.
    held : callable
        Tells whether something is being dragged.

    Attributes
    ----------
    rest : int
        The milliseconds without an edit after which it is written.

    Signals
    -------
    kept()
        What is unsaved is on disk.
    failed(str)
        It could not be written, and why; told once until it can be.
    """

    kept = Signal()
    failed = Signal(str)

    def __init__(
        self,
        documents: Documents,
        session: Session,
        scribe: Scribe,
        folder: Path | None,
        held: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._scribe = scribe
        self._folder = folder
        self._held = held
        self._file: UnsavedFile | None = None
        self._writing = self._again = self._told = False
        self.rest = _REST_MS
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_rest)
        session.experiment_changed.connect(self._on_changed)
        documents.changed.connect(self._on_changed)

    @property
    def file(self) -> UnsavedFile | None:
        """What is kept; None while nothing ever was."""
        return self._file

    def keep_now(self) -> None:
        """Write what is unsaved without waiting."""
        self._timer.stop()
        if self._writing or self._folder is None:
            self._again = self._writing
            return
        document, path = self._documents.snapshot(), self._documents.path
        try:
            file = self._file = self._file or UnsavedFile.new(self._folder)
        except (UserError, OSError) as error:
            self._tell(str(error))
            return
        self._writing = True
        self._scribe.write(lambda: file.keep(document, path), self._on_written)

    def stop(self) -> None:
        """Keep nothing any more: everything is saved, or not wanted."""
        self._timer.stop()
        self._again = False
        if self._file is not None:
            self._file.drop()
            self._file.release()
            self._file = None

    @Slot()
    def _on_changed(self, *_: object) -> None:
        if not self._documents.modified:
            self._timer.stop()
            self._again = False
            if self._file is not None:
                self._scribe.write(self._file.drop, lambda _reason: None)
            return
        if not self._timer.isActive():
            self._since.start()
        elif self._since.hasExpired(_LONGEST_MS):
            return  # it is never put off for longer
        self._timer.start(self.rest)

    @Slot()
    def _on_rest(self) -> None:
        if self._held():
            self._timer.start(_HELD_MS)
        elif self._documents.modified:
            self.keep_now()

    def _on_written(self, reason: str) -> None:
        self._writing = False
        if reason:
            self._tell(reason)
        else:
            self._told = False
            self.kept.emit()
        if self._again:
            self._again = False
            self.keep_now()

    def _tell(self, reason: str) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(reason)
