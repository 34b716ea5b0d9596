"""A table's bytes and letters, a block at a time, and the refusal of what is no text."""

from __future__ import annotations

import codecs
import hashlib
import io
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gdviz.errors import UserError

__all__ = ["LARGEST_FILE", "LONGEST_LINE", "TextFile", "check_content", "encoding_of", "opened"]

LARGEST_FILE = 500_000_000
LONGEST_LINE = 10_000_000
_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"PK\x03\x04", "an archive or an Excel workbook; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV"),
    (b"\x89HDF", "an HDF5 file, not a table of text"),
    (b"\x93NUMPY", "a NumPy array, not a table of text"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"BZh", "compressed; unpack it first"),
    (b"\xfd7zXZ", "compressed; unpack it first"),
    (b"(\xb5/\xfd", "compressed; unpack it first"),
    (b"%PDF", "a PDF, not a table of text"),
    (b"\x89PNG", "a picture, not a table of text"),
    (b"\xff\xd8\xff", "a picture, not a table of text"),
    (b"GIF8", "a picture, not a table of text"),
    (b"SQLite format 3", "a database; export the table as CSV"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"ARROW1", "an Arrow file; save it as CSV"),
)
_PLAIN = frozenset(b"\t\n\f\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _PLAIN)
_SHARE_OF_CONTROLS = 0.005


def opened(path: Path) -> tuple[BinaryIO, int]:
    """Open a regular file for reading and return it with its size in bytes.

    Raises
    ------
    UserError
        If it is missing, a folder, something else than a file, unreadable or too large.
    """
    try:
        # A pipe is not opened: that would wait for someone to write into it.
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UserError(f"'{path}' is a folder; name a file")
        if not stat.S_ISREG(kind):
            raise UserError(f"'{path}' is no ordinary file")
        file = path.open("rb")
        size = path.stat().st_size
    except FileNotFoundError:
        raise UserError(f"there is no file '{path}'") from None
    except PermissionError:
        raise UserError(f"'{path}' may not be read: permission denied") from None
    except (OSError, ValueError) as error:
        raise UserError(f"'{path}' can't be read: {reason(error)}") from None
    if size > LARGEST_FILE:
        file.close()
        raise UserError(
            f"'{path.name}' is too large: {size / 1e6:,.0f} MB, while at most "
            f"{LARGEST_FILE / 1e6:,.0f} MB are read; keep the columns and rows that matter"
        )
    return file, size


def reason(error: Exception) -> str:
    """Return what the operating system says of an error, without its number."""
    return getattr(error, "strerror", None) or str(error)


def encoding_of(sample: bytes, *, whole: bool) -> str:
    """Tell the encoding of a file from its first bytes.

    That is by its byte order mark; by where zero bytes are (UTF-16 without one); UTF-8 if
    it is valid as that; else Windows' cp1252.

    Parameters
    ----------
    sample : bytes
    whole : bool
        Whether the sample is the whole file, so that it can't end within a letter.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    halves = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and min(halves) == 0 and max(halves) > 0.7 * half:
        return "utf-16-be" if halves[0] else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def check_content(path: Path, sample: bytes, encoding: str) -> None:
    """Raise a `UserError` if a file's first bytes are no text."""
    for mark, kind in _KINDS:
        if sample.startswith(mark):
            raise UserError(f"'{path.name}' is {kind}")
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or controls > _SHARE_OF_CONTROLS * len(sample):
        raise UserError(f"'{path.name}' is not a table: it holds binary data, not text")


class TextFile:
    """A file's lines, read a block at a time, while bytes are counted and fingerprinted.

    Parameters
    ----------
    path : Path
    encoding : str

    Raises
    ------
    UserError
        As `opened` does; while reading, if a line is endless, holds a zero byte, or the
        file fails.
    UnicodeDecodeError
        While reading, if the bytes are not in that encoding.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._file, self._size = opened(path)
        self._decoder = io.IncrementalNewlineDecoder(_decoder(encoding), translate=True)
        self._hash = hashlib.blake2b(digest_size=16)
        self._read = 0
        self._lines = 0

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(self._read / self._size, 1.0) if self._size else 1.0

    @property
    def digest(self) -> str:
        """A fingerprint of what has been read."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def blocks(self) -> Iterator[io.StringIO]:
        r"""Yield blocks of whole lines, each an iterable of lines that end with ``\n``."""
        rest: list[str] = []
        waiting = 0
        while text := self._next():
            if "\0" in text:
                row = self._lines + text.count("\n", 0, text.index("\0")) + 1
                raise UserError(f"'{self._path.name}' is not a table: row {row} holds a zero byte")
            cut = text.rfind("\n") + 1
            if not cut:
                rest.append(text)
                waiting += len(text)
                if waiting > LONGEST_LINE:
                    raise UserError(
                        f"'{self._path.name}' is not a table: row {self._lines + 1} is longer "
                        f"than {LONGEST_LINE / 1e6:.0f} million characters"
                    )
                continue
            self._lines += text.count("\n")
            yield io.StringIO("".join((*rest, text[:cut])), newline="\n")
            rest, waiting = [text[cut:]], len(text) - cut
        if waiting:
            yield io.StringIO("".join(rest), newline="\n")

    def _next(self) -> str:
        text = ""
        while not text:
            try:
                block = self._file.read(_BLOCK)
            except OSError as error:
                raise UserError(f"'{self._path}' can't be read: {reason(error)}") from None
            self._read += len(block)
            self._hash.update(block)
            text = self._decoder.decode(block, final=not block)
            if not block:
                break
        return text


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    # Five bytes have no meaning in cp1252; where they occur nobody can tell what was meant.
    errors = "replace" if codecs.lookup(encoding).name == "cp1252" else "strict"
    return codecs.getincrementaldecoder(encoding)(errors)
