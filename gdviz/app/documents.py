"""The document of a window: which file it is, whether it is saved, and saving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.experiment import Experiment
from gdviz.experiment.document import Document
from gdviz.experiment.file import document_bytes
from gdviz.experiment.whole_plane import WholePlane
from gdviz.landscapes import PRESETS
from gdviz.session.scribe import Scribe
from gdviz.session.session import Session
from gdviz.whole_file import whole_file

__all__ = ["Documents", "write_document"]


class Documents(QObject):
    """Knows the file of what is in the window, and tells edits from what is saved.

    Edits make a document unsaved, and undoing them makes it saved again. Where the playhead
    stands, what is selected and how views draw is saved with it, but is no change of it.

    Attributes
    ----------
    snapshot : callable
        Returns the document as it is in the window.

    Signals
    -------
    changed()
        It has another file, or is saved now, or no longer.
    begun(Document)
        Another document has taken the place of the one before.
    saved(Path)
    failed(str)
        It could not be saved, and why.
    """

    changed = Signal()
    begun = Signal(object)
    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, scribe: Scribe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._scribe = scribe
        self._path: Path | None = None
        self._stamp: tuple[int, int] | None = None
        self._saving = 0
        self.snapshot: Callable[[], Document] = self._bare
        session.undo_stack.cleanChanged.connect(self._on_clean_changed)

    @property
    def path(self) -> Path | None:
        """The document's file; None where it has none yet."""
        return self._path

    @property
    def name(self) -> str:
        """What it is called: the file's name, or the landscape's title."""
        return self._session.experiment.title if self._path is None else self._path.name

    @property
    def modified(self) -> bool:
        """Whether there are edits that no file has."""
        return not self._session.undo_stack.isClean()

    @property
    def saving(self) -> bool:
        """Whether it is being written."""
        return self._saving > 0

    @property
    def overtaken(self) -> bool:
        """Whether someone else has written its file since it was opened or saved here."""
        now = _stamp_of(self._path)
        return now is not None and now != self._stamp

    @property
    def worth_asking(self) -> bool:
        """Whether leaving it would lose what takes more than one click to have again.

        A landscape as the gallery gives it, that never had a file, is not.
        """
        untouched = self._path is None and _is_from_gallery(self._session.experiment)
        return self.modified and not untouched

    def begin(
        self, document: Document, path: Path | None = None, *, modified: bool = False
    ) -> None:
        """Put another document in the window; what was there before can't be undone.

        Parameters
        ----------
        document : Document
        path : Path, optional
            Its file.
        modified : bool
            Whether it is something else than what is in that file.
        """
        self._path, self._stamp = path, _stamp_of(path)
        self._session.begin(document.experiment)
        if modified:
            self._session.undo_stack.resetClean()
        self.begun.emit(document)
        self.changed.emit()

    def save(self, path: Path) -> None:
        """Write the document as it is now; it belongs to that file once it is there."""
        document, mark = self.snapshot(), self._session.undo_stack.mark()

        def done(reason: str) -> None:
            self._saving -= 1
            if reason:
                self.failed.emit(reason)
                return
            self._path, self._stamp = path, _stamp_of(path)
            self._session.undo_stack.setClean(mark)
            self.changed.emit()
            self.saved.emit(path)

        self._saving += 1
        self._scribe.write(lambda: write_document(path, document), done)

    def _bare(self) -> Document:
        return Document(self._session.experiment)

    @Slot(bool)
    def _on_clean_changed(self, _clean: bool) -> None:
        self.changed.emit()


def _stamp_of(path: Path | None) -> tuple[int, int] | None:
    """Return what changes with a file's content; None if there is no file."""
    try:
        found = None if path is None else path.stat()
    except OSError:
        return None
    return None if found is None else (found.st_mtime_ns, found.st_size)


def write_document(path: Path, document: Document) -> None:
    """Write a document to a file, whole or not at all.

    Raises
    ------
    UserError
        If it can't be written.
    """
    content = document_bytes(document, folder=path.parent)
    with whole_file(path) as file:
        file.write(content)


def _is_from_gallery(experiment: Experiment) -> bool:
    """Tell whether there is nothing but a landscape with the run that the gallery suggests."""
    suggested = experiment.suggestion
    begun = experiment.landscape == suggested.landscape and experiment.runs == (suggested.run,)
    named = any(known.name == experiment.landscape.name for known in PRESETS)
    plane = experiment.plane
    bare = WholePlane() == replace(  # what is shown is to be had again with one click
        plane,
        swarm=replace(plane.swarm, shown=False),
        sensitivity=replace(plane.sensitivity, shown=False),
    )
    return begun and named and bare and experiment.table is None and not experiment.tracks
