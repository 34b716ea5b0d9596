"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gdviz.errors import UserError

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing such that it appears only once it is complete.

    What is written goes to a hidden file in the same folder, which takes the place of
    `path` when the block ends well; otherwise it is removed and `path` stays as it was.

    Parameters
    ----------
    path : Path
        A device such as ``/dev/null`` is written to directly.

    Raises
    ------
    UserError
        If the file can't be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as device:
                yield device
            return
        target = path.resolve()
        if target.is_dir():
            raise UserError(f"cannot write '{path}': it is a folder")
        with _replacing(target) as file:
            yield file
    except OSError as error:
        raise UserError(f"cannot write '{path}': {_reason(path, error)}") from error


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied")
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


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
