"""Data files that an experiment's file refers to instead of holding their numbers."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from gdviz.errors import UserError
from gdviz.experiment.file.node import Node
from gdviz.surfaces import SurfaceFile
from gdviz.tables import Table

__all__ = ["file_value", "path_value", "read_file", "read_path"]

_LONGEST_PATH = 4096
_PART = 1 << 20
_MOST_BYTES = 10**15


@dataclass(frozen=True)
class _Known:
    """A file that is known to hold what was read of it."""

    path: Path
    changed: int
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> _Known:
        """Look at a file."""
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no ordinary file")
        return cls(path, found.st_mtime_ns, found.st_size, _sha256(path))

    def is_so_still(self) -> bool:
        """Tell whether the file hasn't been written since."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_mtime_ns, found.st_size) == (self.changed, self.size)


_KNOWN: WeakKeyDictionary[Table | SurfaceFile, _Known] = WeakKeyDictionary()


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
    known = _KNOWN.get(data)
    if known is None or known.path != data.path or not known.is_so_still():
        try:
            known = _Known.of(data.path)
            if not holds(data.path):
                return None
        except (OSError, UserError):
            return None
        _KNOWN[data] = known
    return {
        "path": path_value(data.path, folder),
        "sha256": known.sha256,
        "bytes": known.size,
    }


def read_file(node: Node, folder: Path | None, read: Callable[[Path], Any]) -> Any:  # noqa: ANN401
    """Return what `read` makes of the file that is referred to.

    It is looked for where the reference says, then beside the experiment's file.

    Raises
    ------
    UserError
        If it is not there, or is another file by now.
    """
    fields = node.fields(("path", "sha256", "bytes"))
    path = read_path(fields["path"], folder)
    size = fields["bytes"].whole(0, _MOST_BYTES)
    digest = fields["sha256"].text(64)
    if not path.exists() and folder is not None:
        path = folder / path.name
    try:
        if not path.is_file():
            what = "is no ordinary file" if path.exists() else "is not there"
            node.refuse(
                f"the data file '{fields['path'].text()}' {what}; put it back, or beside the "
                "experiment"
            )
        if path.stat().st_size != size:
            node.refuse(
                f"the data file '{path}' has changed: {size:,} bytes were saved, now it has "
                f"{path.stat().st_size:,}; put the old one back, or open the new one by itself"
            )
        known = _Known.of(path)
    except OSError as error:
        node.refuse(f"the data file '{path}' can't be read: {(error.strerror or '').lower()}")
    if known.sha256 != digest:
        node.refuse(
            f"the data file '{path}' has changed since the experiment was saved (its sha256 is "
            "another one); put the old one back, or open the new one by itself"
        )
    data = node.checked(read, path)
    _KNOWN[data] = known
    return data


def path_value(path: Path, folder: Path | None) -> str:
    """Return a path, relative to the experiment's folder where that can be."""
    whole = Path(os.path.normpath(Path.cwd() / path))
    if folder is None:
        return whole.as_posix()
    try:
        return Path(os.path.relpath(whole, Path.cwd() / folder)).as_posix()
    except ValueError:  # on another drive
        return whole.as_posix()


def read_path(node: Node, folder: Path | None) -> Path:
    """Return a path that is relative to the experiment's folder."""
    text = node.text(_LONGEST_PATH)
    if not text or "\0" in text:
        node.refuse("a path belongs here")
    path = Path(text)
    return path if folder is None else Path(os.path.normpath(Path.cwd() / folder / path))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()
