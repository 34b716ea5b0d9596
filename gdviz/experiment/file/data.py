"""Tables, measured surfaces and recorded runs in the file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.errors import UserError
from gdviz.experiment.file.arrays import MOST_NUMBERS, array_value, read_array, read_whole_array
from gdviz.experiment.file.node import Node
from gdviz.experiment.file.references import file_value, path_value, read_file, read_path
from gdviz.surfaces import SurfaceFile, Track, read_surface
from gdviz.surfaces.track import MOST_POINTS
from gdviz.tables import Dialect, Table, TableColumn, read_table
from gdviz.tables.read import MOST_COLUMNS

__all__ = [
    "MOST_EMBEDDED",
    "read_saved_surface",
    "read_saved_table",
    "read_saved_track",
    "surface_value",
    "table_value",
    "track_value",
]

MOST_EMBEDDED = 2_000_000
"""Bytes of data that stand in the file itself, if there is a file to refer to instead."""
_MOST_BYTES = 90_000_000
_MOST_CELLS = 600_000
_LONGEST_CELL = 1_000_000
_MOST_METRICS = 1_000
_MOST_SKIPPED = 10**9

_TABLE = ("name", "path", "dialect", "lines", "columns", "file")
_COLUMN = ("name", "values", "texts", "missing", "not_numbers", "first_bad_row")
_DIALECT = ("encoding", "delimiter", "decimal", "header", "skipped")
_SURFACE = ("name", "path", "notes", "x", "y", "metrics", "file")


def table_value(table: Table, folder: Path | None, embed: bool | None) -> dict[str, Any]:  # noqa: FBT001
    """Return a table as JSON: its columns, or a reference to its file."""
    head: dict[str, Any] = {"name": table.name, "dialect": _dialect_value(table.dialect)}
    texts = [c.texts for c in table.columns if c.texts is not None]
    size = sum(c.values.nbytes for c in table.columns) * 4 // 3
    size += sum(4 + len(text) for column in texts for text in column.tolist())
    if not _stands_in_file(size, embed):
        file = file_value(table, folder, lambda path: _same(read_table(path, table.dialect), table))
        if file is not None:
            return {**head, "file": file}
        _check_reference(table.name, embed)
    if size > _MOST_BYTES or sum(column.size for column in texts) > _MOST_CELLS:
        raise UserError(_too_large(table.name, size))
    if table.path is not None:
        head["path"] = path_value(table.path, folder)
    head["lines"] = _lines_value(table)
    head["columns"] = [
        {
            "name": column.name,
            "values": array_value(column.values),
            "texts": None if column.texts is None else column.texts.tolist(),
            "missing": int(column.missing),
            "not_numbers": int(column.not_numbers),
            "first_bad_row": int(column.first_bad_row),
        }
        for column in table.columns
    ]
    return head


def read_saved_table(node: Node, folder: Path | None) -> Table:
    """Return a table; one that is referred to is read again."""
    fields = node.fields(_TABLE)
    name = fields["name"].text()
    dialect = fields.read("dialect", _read_dialect, Dialect())
    if "file" in fields:
        for key in ("path", "lines", "columns"):
            if key in fields:
                fields[key].refuse(f"'{key}' does not go with 'file'; leave one of them out")
        table: Table = read_file(fields["file"], folder, lambda path: read_table(path, dialect))
        return replace(table, name=name) if table.name != name else table
    path = fields.get("path")
    columns = tuple(_read_column(n) for n in fields["columns"].items(MOST_COLUMNS, "columns"))
    if not columns:
        fields["columns"].refuse("a table has at least one column")
    rows = columns[0].values.size
    for place, column in enumerate(columns):
        if column.values.size != rows:
            fields["columns"].refuse(
                f"column {place + 1} has {column.values.size:,} rows, the first one {rows:,}"
            )
    lines = _read_lines(fields["lines"], rows)
    return Table(name, None if path is None else read_path(path, folder), dialect, columns, lines)


def surface_value(surface: SurfaceFile, folder: Path | None, embed: bool | None) -> dict[str, Any]:  # noqa: FBT001
    """Return a measured surface as JSON: its arrays, or a reference to its file."""
    head: dict[str, Any] = {"name": surface.name}
    size = sum(metric.nbytes for metric in surface.metrics.values()) * 4 // 3
    if not _stands_in_file(size, embed):
        file = file_value(surface, folder, lambda path: read_surface(path).digest == surface.digest)
        if file is not None:
            return {**head, "file": file}
        _check_reference(surface.name, embed)
    if size > _MOST_BYTES:
        raise UserError(_too_large(surface.name, size))
    if surface.path is not None:
        head["path"] = path_value(surface.path, folder)
    return {
        **head,
        "notes": list(surface.notes),
        "x": array_value(surface.x),
        "y": None if surface.y is None else array_value(surface.y),
        "metrics": {name: array_value(metric) for name, metric in surface.metrics.items()},
    }


def read_saved_surface(node: Node, folder: Path | None) -> SurfaceFile:
    """Return a measured surface; one that is referred to is read again."""
    fields = node.fields(_SURFACE)
    name = fields["name"].text()
    if "file" in fields:
        for key in ("path", "notes", "x", "y", "metrics"):
            if key in fields:
                fields[key].refuse(f"'{key}' does not go with 'file'; leave one of them out")
        found: SurfaceFile = read_file(fields["file"], folder, read_surface)
        return replace(found, name=name) if found.name != name else found
    y, path = fields.get("y"), fields.get("path")
    metrics = fields["metrics"].mapping()
    if len(metrics) > _MOST_METRICS:
        fields["metrics"].refuse(f"a surface has at most {_MOST_METRICS:,} metrics")
    surface = node.checked(
        SurfaceFile.of,
        Path(name.replace("\0", " ") or "surface"),
        read_array(fields["x"], 1),
        None if y is None else read_array(y, 1),
        {key: read_array(metric, 1 if y is None else 2) for key, metric in metrics.items()},
        tuple(note.text() for note in fields["notes"].items(1_000)) if "notes" in fields else (),
    )
    return replace(surface, name=name, path=None if path is None else read_path(path, folder))


def track_value(track: Track) -> dict[str, Any]:
    """Return a recorded run as JSON."""
    return {"name": track.name, "points": array_value(track.points)}


def read_saved_track(node: Node, dimension: int) -> Track:
    """Return a recorded run."""
    fields = node.fields(("name", "points"))
    points = read_array(fields["points"], 2)
    if not 1 <= len(points) <= MOST_POINTS or points.shape[1] != dimension:
        fields["points"].refuse(
            f"a recorded run has from 1 to {MOST_POINTS:,} points of {dimension} numbers, got the "
            f"shape {' × '.join(map(str, points.shape))}"
        )
    if not np.isfinite(points).all():
        fields["points"].refuse("the points of a recorded run must be finite")
    return Track(fields["name"].text(), points)


def _stands_in_file(size: int, embed: bool | None) -> bool:  # noqa: FBT001
    return size <= MOST_EMBEDDED if embed is None else embed


def _check_reference(name: str, embed: bool | None) -> None:  # noqa: FBT001
    if embed is False:
        raise UserError(
            f"'{name}' can't be referred to: its file is not there any more, or has changed; let "
            "the experiment hold the data itself"
        )


def _too_large(name: str, size: int) -> str:
    return (
        f"'{name}' is too large to be put into an experiment's file ({size / 1e6:,.0f} MB; at most "
        f"{_MOST_BYTES / 1e6:,.0f} MB): leave the file that it was read from where it was"
    )


def _same(one: Table, other: Table) -> bool:
    return _digest(one) == _digest(other)


def _digest(table: Table) -> str:
    digest = hashlib.sha256(table.lines.tobytes())
    for column in table.columns:
        digest.update(repr((column.name, column.missing, column.not_numbers)).encode())
        digest.update(np.ascontiguousarray(column.values).tobytes())
        if column.texts is not None:
            digest.update(repr(column.texts.tolist()).encode())
    return digest.hexdigest()


def _lines_value(table: Table) -> Any:  # noqa: ANN401 -- JSON
    lines = table.lines
    first = int(lines[0]) if lines.size else 1
    if np.array_equal(lines, np.arange(first, first + lines.size)):
        return {"first": first}
    return array_value(lines)


def _read_lines(node: Node, rows: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    if not node.is_list and "first" in node.mapping():
        first = node.fields(("first",))["first"].whole(1, 10**12)
        return np.arange(first, first + rows, dtype=np.int64)
    lines = read_whole_array(node)
    if lines.size != rows:
        node.refuse(f"there are {lines.size:,} lines for {rows:,} rows")
    return lines


def _read_column(node: Node) -> TableColumn:
    fields = node.fields(_COLUMN)
    values = read_array(fields["values"], 1)
    texts = fields.get("texts")
    cells = None
    if texts is not None:
        words = [cell.text(_LONGEST_CELL) for cell in texts.items(MOST_NUMBERS)]
        cells = np.array([*words, None], dtype=object)[:-1]
        if cells.size != values.size:
            texts.refuse(f"there are {cells.size:,} texts for {values.size:,} rows")
    count = values.size
    return TableColumn(
        fields["name"].text(),
        values,
        cells,
        fields.read("missing", lambda n: n.whole(0, count), 0),
        fields.read("not_numbers", lambda n: n.whole(0, count), 0),
        fields.read("first_bad_row", lambda n: n.whole(0, 10**12), 0),
    )


def _dialect_value(dialect: Dialect) -> dict[str, Any]:
    return {key: getattr(dialect, key) for key in _DIALECT}


def _read_dialect(node: Node) -> Dialect:
    fields = node.fields(_DIALECT)
    known = Dialect()
    decimal = fields.read("decimal", lambda n: n.word("decimal mark", (".", ",")), ".")
    return node.checked(
        Dialect,
        fields.read("encoding", Node.text, known.encoding),
        fields.read("delimiter", Node.text, known.delimiter),
        "," if decimal == "," else ".",
        fields.read("header", Node.flag, known.header),
        fields.read("skipped", lambda n: n.whole(0, _MOST_SKIPPED), known.skipped),
    )
