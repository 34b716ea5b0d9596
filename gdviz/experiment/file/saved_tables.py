"""Tables in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.errors import UserError
from gdviz.experiment.file.arrays import (
    array_value,
    read_array,
    read_texts,
    read_whole_array,
    texts_value,
)
from gdviz.experiment.file.embedding import (
    MOST_BYTES,
    check_reference,
    stands_in_file,
    too_large,
)
from gdviz.experiment.file.node import Node
from gdviz.experiment.file.references import file_value, path_value, read_file, read_path
from gdviz.tables import Dialect, Table, TableColumn, read_table
from gdviz.tables.read import MOST_COLUMNS

__all__ = ["Told", "read_saved_table", "table_value"]

Told = Callable[[float], object]
_MOST_SKIPPED = 10**9

_TABLE = ("name", "path", "dialect", "lines", "columns", "file")
_COLUMN = ("name", "values", "texts", "missing", "not_numbers", "first_bad_row")
_DIALECT = ("encoding", "delimiter", "decimal", "header", "skipped")


def table_value(table: Table, folder: Path | None, embed: bool | None) -> dict[str, Any]:  # noqa: FBT001
    """Return a table as JSON: its columns, or a reference to its file."""
    head: dict[str, Any] = {"name": table.name, "dialect": _dialect_value(table.dialect)}
    texts = [c.texts for c in table.columns if c.texts is not None]
    size = sum(c.values.nbytes for c in table.columns) * 4 // 3
    size += sum(11 + len(text) for column in texts for text in column.tolist())
    if not stands_in_file(size, embed):
        file = file_value(table, folder, lambda path: _same(read_table(path, table.dialect), table))
        if file is not None:
            return {**head, "file": file}
        check_reference(table.name, embed)
    if size > MOST_BYTES:
        raise UserError(too_large(table.name, size))
    if table.path is not None:
        head["path"] = path_value(table.path, folder)
    head["lines"] = _lines_value(table)
    head["columns"] = [
        {
            "name": column.name,
            "values": array_value(column.values),
            "texts": None if column.texts is None else texts_value(column.texts),
            "missing": int(column.missing),
            "not_numbers": int(column.not_numbers),
            "first_bad_row": int(column.first_bad_row),
        }
        for column in table.columns
    ]
    return head


def read_saved_table(node: Node, folder: Path | None, told: Told | None = None) -> Table:
    """Return a table; one that is referred to is read again.

    Parameters
    ----------
    node : Node
    folder : Path or None
        Where the experiment's file stands.
    told : callable, optional
        Is told how much of a table's own file is read, from 0 to 1.
    """
    fields = node.fields(_TABLE)
    name = fields["name"].text()
    dialect = fields.read("dialect", _read_dialect, Dialect())
    if "file" in fields:
        for key in ("path", "lines", "columns"):
            if key in fields:
                fields[key].refuse(f"'{key}' does not go with 'file'; leave one of them out")
        table: Table = read_file(
            fields["file"], folder, lambda path: read_table(path, dialect, told)
        )
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
        cells = read_texts(texts)
        if cells.size != values.size:
            texts.refuse(f"there are {cells.size:,} texts for {values.size:,} rows")
    count = values.size
    return TableColumn(
        fields["name"].text(None),
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
