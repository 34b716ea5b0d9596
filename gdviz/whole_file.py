"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gdviz.errors import UserError

__all__ = ["check_writable", "whole_file"]

_UNFINISHED = ".unfinished"
_OLD = 24 * 3600.0
"""Seconds after which nobody writes to a hidden file any more."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing such that it appears only once it is complete.

    What is written goes to a hidden file in the same folder, which takes the place of
    `path` when the block ends well; otherwise it is removed and `path` stays as it was. What
    a process that was killed has left behind is removed a day later, with the next writing
    of the same file.

    Parameters
    ----------
    path : Path
        A device such as ``/dev/null`` is written to directly.

    Raises
    ------
    UserError
        If the file can't be written.
    """
    check_writable(path)
    try:
        if _is_device(path):
            with path.open("wb") as device:
                yield device
            return
        with _replacing(path.resolve()) as file:
            yield file
    except OSError as error:
        raise UserError(f"cannot write '{path}': {_reason(path, error)}") from error


def check_writable(path: Path) -> None:
    """Raise a `UserError` if it is clear beforehand that a file can't be written."""
    try:
        target = path.resolve()
        if target.is_dir():
            raise UserError(f"cannot write '{path}': it is a folder")
        target.parent.stat()  # tells what is wrong with the folder
        if not target.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        folder_writable = _is_device(path) or os.access(target.parent, os.W_OK | os.X_OK)
        if not folder_writable or (target.exists() and not os.access(target, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise UserError(f"cannot write '{path}': {_reason(path, error)}") from error


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    _sweep(target)
    handle, name = tempfile.mkstemp(prefix=_prefix(target), suffix=_UNFINISHED, dir=target.parent)
    try:
        # Opened by its name, which tells a writer the folder.
        with open(name, "wb", opener=lambda _name, _flags: handle) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _prefix(target: Path) -> str:
    return f".{target.name[:40]}."


def _sweep(target: Path) -> None:
    """Remove what processes that were killed long ago have left of the same file."""
    past = time.time() - _OLD
    with suppress(OSError):
        for left in os.scandir(target.parent):
            if left.name.startswith(_prefix(target)) and left.name.endswith(_UNFINISHED):
                with suppress(OSError):
                    if left.is_file(follow_symlinks=False) and left.stat().st_mtime < past:
                        Path(left.path).unlink()


def _sync_folder(folder: Path) -> None:
    """Have the folder's new entry outlast a power cut, where folders can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no folder '{path.parent}'"
    return (error.strerror or str(error)).lower()
