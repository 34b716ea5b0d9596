"""Data files that an experiment's file refers to instead of holding their numbers."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from gdviz.errors import UserError
from gdviz.experiment.file.node import Node
from gdviz.surfaces import SurfaceFile
from gdviz.tables import Table
from gdviz.tables.detect import LARGEST_FILE

__all__ = ["file_value", "path_value", "read_file", "read_path", "read_with_stamp"]

_LONGEST_PATH = 4096
_PART = 1 << 20
_T = TypeVar("_T", Table, SurfaceFile)


@dataclass(frozen=True)
class _Stamp:
    """A file as it was when something was read of it."""

    path: Path
    changed: int
    size: int

    @classmethod
    def of(cls, path: Path) -> _Stamp:
        """Look at a file."""
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no ordinary file")
        return cls(path, found.st_mtime_ns, found.st_size)


_READ: WeakKeyDictionary[Table | SurfaceFile, _Stamp] = WeakKeyDictionary()
_DIGESTS: WeakKeyDictionary[Table | SurfaceFile, tuple[_Stamp, str]] = WeakKeyDictionary()


def read_with_stamp(path: Path, read: Callable[[Path], _T]) -> _T:
    """Return what `read` makes of a file, and remember how the file was then.

    A later reference to it needs no second reading, while the file stays as it is.
    """
    try:
        stamp = _Stamp.of(path)
    except OSError:
        return read(path)  # which says what is wrong
    data = read(path)
    _READ[data] = stamp
    return data


def file_value(
    data: Table | SurfaceFile, folder: Path | None, holds: Callable[[Path], bool]
) -> dict[str, Any] | None:
    """Return the reference to the file that some data were read from.

    Parameters
    ----------
    data : Table or SurfaceFile
    folder : Path or None
        Where the experiment's file stands.
    holds : callable
        Reads the file again and tells whether it still holds the same.

    Returns
    -------
    dict or None
        None where there is no such file, or it holds something else by now.
    """
    if data.path is None:
        return None
    try:
        stamp = _Stamp.of(data.path)
        if not 0 < stamp.size <= LARGEST_FILE:
            return None
        if _READ.get(data) != stamp:
            if not holds(data.path):
                return None
            _READ[data] = stamp
        known = _DIGESTS.get(data)
        if known is None or known[0] != stamp:
            known = _DIGESTS[data] = (stamp, _sha256(data.path, stamp.size))
    except (OSError, UserError):
        return None
    return {"path": path_value(data.path, folder), "sha256": known[1], "bytes": stamp.size}


def read_file(node: Node, folder: Path | None, read: Callable[[Path], _T]) -> _T:
    """Return what `read` makes of the file that is referred to.

    It is looked for where the reference says, then beside the experiment's file.

    Raises
    ------
    UserError
        If it is not there, or is another file by now.
    """
    fields = node.fields(("path", "sha256", "bytes"))
    path = read_path(fields["path"], folder)
    size = fields["bytes"].whole(1, LARGEST_FILE)
    digest = fields["sha256"].text(64)
    try:
        if folder is not None and not path.exists():
            path = folder / path.name
        if not path.exists():
            told = fields["path"].text()
            node.refuse(f"the data file '{told}' is not there; put it back, or beside this file")
        stamp = _Stamp.of(path)
        found = _sha256(path, size) if stamp.size == size else ""
    except OSError as error:
        node.refuse(f"the data file '{path}' can't be read: {(error.strerror or '').lower()}")
    if found != digest:
        what = "its sha256 is another one"
        if stamp.size != size:
            what = f"{size:,} bytes then, {stamp.size:,} now"
        node.refuse(
            f"the data file '{path}' has changed since the experiment was saved ({what}); put the "
            "old one back, or open the new one by itself"
        )
    data = node.checked(read, path)
    _READ[data], _DIGESTS[data] = stamp, (stamp, digest)
    return data


def path_value(path: Path, folder: Path | None) -> str:
    """Return a path, relative to the experiment's folder where that can be."""
    whole = path.parent.resolve() / path.name
    if folder is None:
        return whole.as_posix()
    try:
        return Path(os.path.relpath(whole, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return whole.as_posix()


def read_path(node: Node, folder: Path | None) -> Path:
    """Return a path that is relative to the experiment's folder."""
    text = node.text(_LONGEST_PATH)
    if not text or "\0" in text:
        node.refuse("a path belongs here")
    path = Path(text)
    return path if folder is None else Path(os.path.normpath(folder.resolve() / path))


def _sha256(path: Path, size: int) -> str:
    """Return the digest of a file's first `size` bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (part := file.read(min(_PART, size))):
            digest.update(part)
            size -= len(part)
    return digest.hexdigest()
