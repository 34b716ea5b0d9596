"""Reading a table, a part at a time."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gdviz.errors import UserError
from gdviz.tables.columns import ColumnParts
from gdviz.tables.detect import beginning, detect, lines_of, rows_of
from gdviz.tables.dialect import Dialect
from gdviz.tables.table import Table

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["MOST_CELLS", "MOST_COLUMNS", "read_table"]

MOST_COLUMNS = 2_000
MOST_CELLS = 60_000_000
_PART = 50_000
_MISSING = ["?", "-", "—", "na", "Na", "missing", "Missing"]


def read_table(
    path: Path | str,
    dialect: Dialect | None = None,
    progress: Callable[[float], object] | None = None,
) -> Table:
    """Read a table.

    Parameters
    ----------
    path : Path or str
    dialect : Dialect, optional
        How it is written; detected if left out.
    progress : callable, optional
        Is told how much has been read, from 0 to 1; what it raises ends the reading.

    Returns
    -------
    Table
        Rows without any value are left out.

    Raises
    ------
    UserError
        If it can't be read, is no table, or is larger than memory should hold.
    """
    where = Path(path)
    known = dialect or detect(where)
    try:
        return _read(where, known, progress)
    except _NotInEncodingError:
        # Only the beginning was looked at; a Windows file may have its first é far behind.
        if dialect is not None or known.encoding != "utf-8":
            raise
    return _read(where, replace(known, encoding="cp1252"), progress)


class _NotInEncodingError(UserError):
    """The bytes are not in the dialect's encoding."""


def _read(where: Path, known: Dialect, progress: Callable[[float], object] | None) -> Table:
    told = progress or (lambda _share: None)
    names, first_line = _names(where, known)
    parts = ColumnParts(names, known.decimal)
    size = max(where.stat().st_size, 1)
    told(0.0)
    try:
        with where.open("rb") as file:
            for part in _parts(file, known, len(names), first_line):
                parts.append(part)
                if parts.rows * len(names) > MOST_CELLS:
                    raise UserError(
                        f"'{where.name}' has more than {MOST_CELLS // 1_000_000} million cells; "
                        "take a sample of its rows, or fewer columns"
                    )
                told(min(file.tell() / size, 0.99))
    except OSError as error:
        raise UserError(f"'{where}' can't be read: {error.strerror or error}") from None
    table = parts.table(where, known, first_line)
    if not table.rows:
        raise UserError(f"'{where.name}' has names of columns, but no rows beneath them")
    told(1.0)
    return table


def _parts(
    file: BinaryIO, dialect: Dialect, columns: int, first_line: int
) -> Iterator[pd.DataFrame]:
    import pandas as pd

    options: dict[str, Any] = {
        "sep": r"\s+" if dialect.delimiter == " " else dialect.delimiter,
        "decimal": dialect.decimal,
        "encoding": dialect.encoding,
        "header": None,
        "names": list(range(columns)),
        "index_col": False,
        "encoding_errors": "replace" if dialect.encoding == "cp1252" else "strict",
        "skiprows": first_line - 1,
        "na_values": _MISSING,
        "skip_blank_lines": False,
        "skipinitialspace": True,
        "chunksize": max(_PART // max(columns // 20, 1), 1_000),
        "engine": "c",
        "on_bad_lines": "error",
        "low_memory": False,
    }
    try:
        with pd.read_csv(file, **options) as reader:
            while True:
                with warnings.catch_warnings():
                    # pandas would drop the cells for which there is no name.
                    warnings.simplefilter("error", pd.errors.ParserWarning)
                    part = next(reader, None)
                if part is None:
                    return
                yield part
    except pd.errors.EmptyDataError:
        return
    except pd.errors.ParserWarning:
        row = _first_long(Path(file.name), dialect, columns)
        raise UserError(
            f"{row} more cells than there are columns ({columns}): check the delimiter and the "
            "header, or quote cells that contain the delimiter"
        ) from None
    except pd.errors.ParserError as error:
        raise UserError(_told(str(error))) from None
    except (UnicodeDecodeError, UnicodeError):
        raise _NotInEncodingError(
            f"'{Path(file.name).name}' is not written in {dialect.encoding}; "
            "choose another encoding"
        ) from None
    except (OverflowError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        raise UserError(f"'{file.name}' is no table that can be read: {error}") from None


def _told(message: str) -> str:
    """Return pandas' complaint in plain words."""
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if found:
        wanted, line, saw = found.groups()
        return (
            f"row {line} has {saw} cells, the rows before it have {wanted}: "
            "check the delimiter, or quote cells that contain it"
        )
    if "EOF inside string" in message:
        return "a quote is opened and never closed"
    return f"this is no table that can be read: {message.splitlines()[0]}"


def _first_long(path: Path, dialect: Dialect, columns: int) -> str:
    """Return ``"row 7 has"`` for the first row near the beginning with too many cells."""
    text = beginning(path).decode(dialect.encoding, errors="replace")
    for number, line in enumerate(lines_of(text)[dialect.skipped :], start=dialect.skipped + 1):
        if line.strip() and len(rows_of([line], dialect.delimiter)[0]) > columns:
            return f"row {number} has"
    return "some rows have"


def _names(path: Path, dialect: Dialect) -> tuple[list[str], int]:
    """Return the columns' names, and the line of the first row."""
    text = beginning(path).decode(dialect.encoding, errors="replace")
    lines = lines_of(text)[dialect.skipped :]
    blank = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    lines = lines[blank:]
    if not lines:
        raise UserError(f"'{path.name}' holds no table: it is empty")
    rows = rows_of([line for line in lines[:200] if line.strip()], dialect.delimiter)
    first = rows[0] if dialect.header and rows else []
    body = Counter(len(row) for row in rows[bool(first) :])
    usual = body.most_common(1)[0][0] if body else len(first)
    cells = [row[-1] for row in rows[1:] if len(row) == usual]
    if first and len(first) == usual - 1 and any(cells):
        first = ["row", *first]  # as R writes tables: the rows' names have no heading
    count = max(len(first) if first else usual, 1)
    if count > MOST_COLUMNS:
        raise UserError(f"'{path.name}' has {count:,} columns; at most {MOST_COLUMNS:,} are read")
    names = first or [""] * count
    return _unique(names), dialect.skipped + blank + dialect.header + 1


def _unique(names: list[str]) -> list[str]:
    """Return names of which none is empty or used twice."""
    made: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = " ".join(name.split())[:80] or f"column {number}"
        unique, again = plain, 2
        while unique in made:
            unique, again = f"{plain} ({again})", again + 1
        made.append(unique)
    return made
