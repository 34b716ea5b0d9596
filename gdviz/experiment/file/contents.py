"""The bytes of an experiment's file, before anything is made of them."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from gdviz.errors import UserError

__all__ = ["FORMAT", "LARGEST_FILE", "bytes_of", "looks_like_document", "text_of"]

FORMAT = "gdviz-experiment"
LARGEST_FILE = 128_000_000
_BEGINNING = 4096
_FORMAT = re.compile(rb'"format"\s*:\s*"' + FORMAT.encode() + rb'"')


def looks_like_document(path: Path | str) -> bool:
    """Tell by its content whether a file holds an experiment."""
    where = Path(path)
    try:
        if not where.is_file():
            return False
        with where.open("rb") as file:
            return _FORMAT.search(file.read(_BEGINNING)) is not None
    except (OSError, ValueError):
        return False


def bytes_of(path: Path) -> bytes:
    """Return what stands in a file that an experiment may be in.

    Raises
    ------
    UserError
        If it can't be read, or is larger than `LARGEST_FILE`.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UserError(f"'{path}' is a folder; name a file")
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"'{path}' is no ordinary file")
        if found.st_size > LARGEST_FILE:
            raise UserError(_too_large(path.name, found.st_size))
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UserError(f"there is no file '{path}'") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"'{path}' can't be read: {reason.lower()}") from None


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file's bytes.

    Raises
    ------
    UserError
        If it is no UTF-8, or larger than `LARGEST_FILE`.
    """
    if len(data) > LARGEST_FILE:
        raise UserError(_too_large(name, len(data)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{name}, line {line}: this is no UTF-8") from None


def _too_large(name: str, size: int) -> str:
    return (
        f"'{name}' is too large for an experiment: {size / 1e6:,.0f} MB, at most "
        f"{LARGEST_FILE / 1e6:,.0f} MB"
    )
