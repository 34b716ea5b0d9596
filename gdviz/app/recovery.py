"""Offering what a window left behind that did not live to save it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gdviz.app.autosaving import Autosaver
from gdviz.app.unsaved_file import UnsavedFile, found_in
from gdviz.experiment.document import Document
from gdviz.session.courtesy import Courtesy
from gdviz.session.opener import Opener, Told

__all__ = ["Recovery"]

Restore = Callable[[Document, Path | None], object]


@dataclass(frozen=True)
class _Read:
    """What has become of reading a file that was left behind.

    Attributes
    ----------
    file : UnsavedFile
    document : Document or None
        None if it can't be read.
    reason : str
        Why not.
    """

    file: UnsavedFile
    document: Document | None
    reason: str = ""


class Recovery(QObject):
    """Looks for unsaved documents of windows that are gone, and asks what becomes of them.

    They are read before they are offered. One that can't be read is moved aside.

    Parameters
    ----------
    window : QWidget
    autosaver : Autosaver
        Keeps what has been restored.
    folder : Path or None
        Where unsaved documents are kept; None for nowhere.
    courtesy : Courtesy
    restore : callable
        Puts a document into the window, unsaved, and is told the file to which it belongs.

    Signals
    -------
    told(str)
        What could not be read, and where it is.
    finished()
        There is nothing more to ask.
    """

    told = Signal(str)
    finished = Signal()

    def __init__(
        self,
        window: QWidget,
        autosaver: Autosaver,
        folder: Path | None,
        courtesy: Courtesy,
        restore: Restore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._folder = folder
        self._courtesy = courtesy
        self._restore = restore
        self._opener: Opener | None = None
        self._left: list[_Read] = []
        self._restored: UnsavedFile | None = None
        autosaver.kept.connect(self._on_kept)

    def look(self) -> None:
        """Look for what was left behind, and offer it."""
        try:
            found = [] if self._folder is None else list(found_in(self._folder))
        except OSError:
            return  # a folder that can't be read holds nothing that could be offered
        if not found:
            return
        self._left = [_Read(file, None) for file in found]
        self._opener = Opener(self._courtesy, self)
        self._opener.opened.connect(self._on_read)
        self._opener.request(lambda told: [_read(file, told) for file in found])

    def stop(self) -> None:
        """End the thread, and leave what is undecided for the next start."""
        if self._opener is not None:
            self._opener.stop()
        self._on_kept()  # the window closes: what was restored is saved, or not wanted
        for left in self._left:
            left.file.release()
        self._left = []

    @Slot(object, object)
    def _on_read(self, read: list[_Read], _note: object) -> None:
        assert self._opener is not None
        self._opener.stop()
        good = [one for one in read if one.document is not None]
        self._left = sorted(good, key=lambda one: one.file.when, reverse=True)
        for one in read:
            if one.document is None:
                self._set_aside(one)
        self._ask()

    def _set_aside(self, broken: _Read) -> None:
        try:
            where = f"it is kept as '{broken.file.set_aside()}'"
        except OSError:
            broken.file.release()
            where = f"it stays in '{self._folder}'"
        self.told.emit(f"An unsaved experiment can't be restored; {where}: {broken.reason}")

    def _ask(self) -> None:
        if not self._left:
            self.finished.emit()
            return
        from gdviz.ui.recovery_box import RecoveryBox

        box = RecoveryBox(self._window, [(_name(one.file), one.file.when) for one in self._left])
        box.answered.connect(lambda answer: self._on_answered(answer, box.row))
        box.open()

    def _on_answered(self, answer: str, row: int) -> None:
        if answer == "discard":
            gone = self._left.pop(row).file
            gone.drop()
            gone.release()
            self._ask()
            return
        if answer == "restore":
            chosen = self._left.pop(row)
            self._restored = chosen.file
            assert chosen.document is not None
            path, _title = chosen.file.origin
            self._restore(chosen.document, path)
        for left in self._left:
            left.file.release()
        self._left = []
        self.finished.emit()

    @Slot()
    def _on_kept(self) -> None:
        """Remove what was restored once this window keeps it itself."""
        if self._restored is not None:
            self._restored.drop()
            self._restored.release()
            self._restored = None


def _read(file: UnsavedFile, told: Told) -> _Read:
    told(0.0)  # raises when nobody wants it any more
    try:
        return _Read(file, file.read())
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with it, the start goes on
        return _Read(file, None, str(error) or type(error).__name__)


def _name(file: UnsavedFile) -> str:
    path, title = file.origin
    return title or "Experiment" if path is None else path.name
