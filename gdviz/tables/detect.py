"""Telling how a table is written down, from its beginning."""

from __future__ import annotations

import codecs
import csv
import re
import stat
from collections import Counter
from pathlib import Path
from typing import Literal

from gdviz.errors import UserError
from gdviz.tables.dialect import Dialect

__all__ = ["LARGEST_FILE", "beginning", "detect", "lines_of", "rows_of"]

LARGEST_FILE = 2_000_000_000
_BEGINNING = 1 << 18
_LINES = 200
_BY_PREFERENCE = ("\t", ";", "|", ",", " ")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?%?")
_COMMA_NUMBER = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_POINT_NUMBER = re.compile(r"[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect(path: Path) -> Dialect:
    """Return how a file's table seems to be written.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UserError
        If it can't be read, is empty, or is no text.
    """
    start = beginning(path)
    encoding = _encoding(path, start)
    lines = _lines(start.decode(encoding, errors="replace"), whole=len(start) < _BEGINNING)
    skipped = 0
    # Excel tells itself the delimiter in a first line such as sep=;
    while skipped < len(lines) and lines[skipped].startswith(("#", "sep=")):
        skipped += 1
    lines = [line for line in lines[skipped:] if line.strip()]
    if not lines:
        raise UserError(f"'{path.name}' holds no table: it is empty")
    delimiter = _delimiter(lines)
    rows = rows_of(lines, delimiter)
    decimal = _decimal(rows) if delimiter != "," else "."
    return Dialect(encoding, delimiter, decimal, _has_header(rows), skipped)


def beginning(path: Path) -> bytes:
    """Return the first part of a file, in one line's worth of refusals if it can't be read."""
    try:
        found = path.stat()
        size = found.st_size
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            # Opening a pipe would wait for someone to write into it.
            raise UserError(f"'{path}' is no ordinary file")
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except (OSError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"'{path}' can't be read: {reason}") from None
    if size > LARGEST_FILE:
        raise UserError(
            f"'{path.name}' has {size / 1e9:.1f} GB; tables of up to "
            f"{LARGEST_FILE / 1e9:.0f} GB can be opened"
        )
    return start


def rows_of(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the cells of some lines."""
    if delimiter == " ":
        lines = [" ".join(line.split()) for line in lines]
    try:
        cells = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        cells = [line.split(delimiter) for line in lines]
    return [[cell.strip() for cell in row] for row in cells]


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UserError(f"'{path.name}' is written in UTF-32; save it as UTF-8")
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if b"\0" in start:
        raise UserError(
            f"'{path.name}' is no text; a table is a text file such as .csv or .tsv "
            "(export spreadsheets as CSV)"
        )
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) < _BEGINNING)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def lines_of(text: str) -> list[str]:
    """Return the lines as an editor counts them; other breaks than these are letters."""
    return re.split(r"\r\n|\r|\n", text)


def _lines(text: str, *, whole: bool) -> list[str]:
    lines = lines_of(text)
    if not whole and len(lines) < 2:
        raise UserError(f"the first line has more than {_BEGINNING:,} characters: this is no table")
    return (lines if whole else lines[:-1])[:_LINES]


def _delimiter(lines: list[str]) -> str:
    """Return what cuts most lines into one number of cells, at least two, most of them numbers."""
    best, chosen = 0.0, ","
    for delimiter in _BY_PREFERENCE:
        rows = rows_of(lines, delimiter)
        ((usual, often),) = Counter(len(row) for row in rows if row).most_common(1) or [(0, 0)]
        share = often / len(lines)
        if usual < 2 or share <= 0.5:
            continue
        cells = [cell for row in rows[1:] for cell in row]
        numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) / max(len(cells), 1)
        if share + numbers > best + 0.05:
            best, chosen = share + numbers, delimiter
    return chosen


def _decimal(rows: list[list[str]]) -> Literal[".", ","]:
    cells = [cell for row in rows for cell in row]
    commas = sum(bool(_COMMA_NUMBER.fullmatch(cell)) for cell in cells)
    points = sum(bool(_POINT_NUMBER.fullmatch(cell)) for cell in cells)
    return "," if commas > points else "."


def _has_header(rows: list[list[str]]) -> bool:
    return not any(_NUMBER.fullmatch(cell) for cell in rows[0])
