"""Columns of numbers and words, as CSV, JSON and NPZ."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from gdviz.export.material import Told
from gdviz.export.npz_arrays import NpzFile
from gdviz.export.strict_json import JsonFile, json_text, number_list
from gdviz.landscapes import FloatArray

__all__ = ["Column", "Sheet", "write_sheet"]

_AT_ONCE = 1 << 14
VERSION = 1


@dataclass(frozen=True, eq=False)
class Column:
    """What is told of every row.

    Attributes
    ----------
    name : str
    values : ndarray
        Of the sheet's shape; NaN where there is nothing to tell.
    words : tuple of str
        What whole numbers from 0 on stand for; empty where numbers are meant.
    """

    name: str
    values: NDArray[Any]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table whose rows may lie on a grid.

    Attributes
    ----------
    format : str
        Such as ``"gdviz-basins"``.
    about : dict
        What is told of it, for JSON.
    axes : dict of str to ndarray
        Of a grid: names and values, the first one fastest; no axes for a list of rows.
    columns : tuple of Column
        All of one shape: that of the axes, the last one first; or (n,).
    arrays : dict of str to ndarray
        What `.npz` holds besides.
    """

    format: str
    about: dict[str, Any]
    columns: tuple[Column, ...]
    axes: dict[str, FloatArray] = field(default_factory=dict)
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)


def write_sheet(sheet: Sheet, ending: str, file: BinaryIO, told: Told) -> None:
    """Write a sheet as ``"csv"``, ``"json"`` or ``"npz"``; floats read back bit for bit."""
    {"csv": _write_csv, "json": _write_json, "npz": _write_npz}[ending](sheet, file, told)


def _write_csv(sheet: Sheet, file: BinaryIO, told: Told) -> None:
    """Write a row for each place, the first axis fastest; nothing where there is nothing."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(",".join([*sheet.axes, *(column.name for column in sheet.columns)]) + "\n")
    flat = [(column.values.reshape(-1), column.words) for column in sheet.columns]
    counts = tuple(values.size for values in reversed(sheet.axes.values()))
    rows = flat[0][0].size
    for first in range(0, rows, _AT_ONCE):
        some = slice(first, min(first + _AT_ONCE, rows))
        cells = [_cells(values[some], words) for values, words in flat]
        if counts:
            places = np.unravel_index(np.arange(some.start, some.stop), counts)
            axes = zip(sheet.axes.values(), reversed(places), strict=True)
            cells = [*(_cells(values[at], ()) for values, at in axes), *cells]
        text.write("\n".join(map(",".join, zip(*cells, strict=True))) + "\n")
        told(some.stop / rows)
    text.detach()


def _cells(values: NDArray[Any], words: tuple[str, ...]) -> list[str]:
    if words:
        return [words[code] for code in values.tolist()]
    cells = list(map(repr, values.tolist()))
    if values.dtype.kind == "f":
        for place in np.flatnonzero(np.isnan(values)).tolist():
            cells[place] = ""
    return cells


def _write_json(sheet: Sheet, file: BinaryIO, told: Told) -> None:
    """Write a list for each axis and each column; of a grid, a list of its rows."""
    out = JsonFile(file)
    head = {"format": sheet.format, "version": VERSION, **sheet.about}
    out.write(json_text(head)[:-1])
    for name, values in sheet.axes.items():
        out.write(f",\n{json_text(name)}: ", number_list(values))
    for place, column in enumerate(sheet.columns, start=1):
        out.write(f",\n{json_text(column.name)}: ", _listed(column))
        told(place / len(sheet.columns))
    out.write("}\n")


def _listed(column: Column) -> Iterator[str]:
    values = column.values
    if values.ndim == 1:
        yield from _list(values, column.words)
        return
    yield "["
    for number, row in enumerate(values):
        yield ",\n" if number else "\n"
        yield from _list(row, column.words)
    yield "]"


def _list(values: NDArray[Any], words: tuple[str, ...]) -> Iterator[str]:
    if not words:
        yield from number_list(values)
        return
    told = [json_text(word) for word in words]
    yield "["
    for first in range(0, len(values), _AT_ONCE):
        yield ", " if first else ""
        yield ", ".join(told[code] for code in values[first : first + _AT_ONCE].tolist())
    yield "]"


def _write_npz(sheet: Sheet, file: BinaryIO, told: Told) -> None:
    """Write an array for each axis and each column; words are told beside their numbers."""
    archive = NpzFile(file)
    archive.add("about", json_text({"format": sheet.format, "version": VERSION, **sheet.about}))
    for name, values in sheet.axes.items():
        archive.add(name, values.astype("<f8"))
    for place, column in enumerate(sheet.columns, start=1):
        kind = {"f": "<f8", "i": "<i8", "u": "|u1", "b": "|b1"}[column.values.dtype.kind]
        archive.add_parts(column.name, column.values.shape, np.dtype(kind), _parts(column.values))
        if column.words:
            archive.add(f"{column.name}_words", list(column.words))
        told(place / len(sheet.columns))
    for name, values in sheet.arrays.items():
        archive.add(name, values)
    archive.close()


def _parts(values: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Yield an array in parts, so that no second one of its size is made."""
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]
