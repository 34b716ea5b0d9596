"""What is kept of a document that was not saved: on disk, beside a lock of its window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QLockFile, QStandardPaths

from gdviz.errors import UserError
from gdviz.experiment.document import Document
from gdviz.experiment.file import document_bytes, read_document
from gdviz.whole_file import whole_file

__all__ = ["UnsavedFile", "found_in", "unsaved_folder"]

_ASIDE = ".unreadable"


def unsaved_folder() -> Path:
    """Return where unsaved documents are kept, in the user's folder for this program's data."""
    place = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(place)) / "unsaved"


class UnsavedFile:
    """One window's document as it was last kept.

    Three files of one name: the document itself, where it belongs, and a lock that tells
    other windows that this one lives. The system's own record of a lock ends with its process.

    Parameters
    ----------
    stem : Path
        Folder and name of the files, without an ending.
    lock : QLockFile
        Held.
    """

    def __init__(self, stem: Path, lock: QLockFile) -> None:
        self._stem = stem
        self._lock = lock

    @classmethod
    def new(cls, folder: Path) -> UnsavedFile:
        """Return one of a window that has none yet."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = folder / f"window-{uuid4().hex[:12]}"
        lock = _lock_of(stem)
        if not lock.tryLock(0):
            raise UserError(f"cannot write in '{folder}'")
        return cls(stem, lock)

    @property
    def path(self) -> Path:
        """The document's file; there is none while nothing is unsaved."""
        return _ending(self._stem, ".gdviz")

    @property
    def when(self) -> datetime:
        """When it was written last."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC).astimezone()

    @property
    def origin(self) -> tuple[Path | None, str]:
        """The file to which the document belongs, if there is one, and the document's title."""
        known: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            read = json.loads(_ending(self._stem, ".json").read_text(encoding="utf-8"))
            known = read if isinstance(read, dict) else {}
        path = known.get("path")
        return (Path(path) if isinstance(path, str) and path else None), str(known.get("title", ""))

    def keep(self, document: Document, belongs_to: Path | None) -> None:
        """Write the document in place of what was kept before."""
        origin = {
            "path": "" if belongs_to is None else str(belongs_to),
            "title": document.experiment.title,
        }
        content = document_bytes(document)
        with whole_file(_ending(self._stem, ".json")) as file:
            file.write(json.dumps(origin).encode())
        with whole_file(self.path) as file:
            file.write(content)

    def read(self) -> Document:
        """Return the document.

        Raises
        ------
        UserError
            If it can't be read.
        """
        return read_document(self.path)

    def drop(self) -> None:
        """Remove the document; the window lives on."""
        for ending in (".gdviz", ".json"):
            _ending(self._stem, ending).unlink(missing_ok=True)
        for left in self._stem.parent.glob(f".{self._stem.name}.*"):  # half of a file
            left.unlink(missing_ok=True)

    def release(self) -> None:
        """Let go of it: the window is gone, or another one is to have it."""
        self._lock.unlock()

    def set_aside(self) -> Path:
        """Move a document that can't be read out of the way; return where it is now."""
        aside = _ending(self._stem, f".gdviz{_ASIDE}")
        self.path.replace(aside)
        self.drop()
        self.release()
        return aside


def found_in(folder: Path) -> Iterator[UnsavedFile]:
    """Yield what windows left behind that did not close; what others are using is left alone."""
    names = {path.name.split(".")[0] for path in folder.glob("window-*.*")}
    for name in sorted(names):
        stem = folder / name
        lock = _lock_of(stem)
        if not lock.tryLock(0):
            continue
        left = UnsavedFile(stem, lock)
        if left.path.is_file():
            yield left
        else:
            left.drop()
            left.release()


def _ending(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _lock_of(stem: Path) -> QLockFile:
    lock = QLockFile(str(_ending(stem, ".lock")))
    lock.setStaleLockTime(0)  # however long a window stays open, it is alive
    return lock
