"""Columns of numbers and of texts: short ones as lists, long ones packed."""

from __future__ import annotations

import base64
import binascii
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.experiment.file.node import Node

__all__ = [
    "MOST_NUMBERS",
    "array_value",
    "read_array",
    "read_texts",
    "read_whole_array",
    "texts_value",
]

MOST_NUMBERS = 30_000_000
_LISTED = 64
_TYPES = {"float64": "<f8", "int64": "<i8"}


def array_value(array: NDArray[Any]) -> Any:  # noqa: ANN401 -- JSON
    """Return an array of floats or of whole numbers as JSON, bit for bit.

    Parameters
    ----------
    array : ndarray of float64 or int64
    """
    if 0 < array.size <= _LISTED and _is_plain(array):
        return array.tolist()
    name = "int64" if array.dtype.kind == "i" else "float64"
    data = np.ascontiguousarray(array, dtype=_TYPES[name]).tobytes()
    text = base64.b64encode(data).decode("ascii")
    return {"type": name, "shape": list(array.shape), "base64": text}


def _is_plain(array: NDArray[Any]) -> bool:
    """Tell whether words for NaN lose nothing: there are many, such as that of 0/0."""
    if array.dtype.kind != "f":
        return True
    return np.where(np.isnan(array), np.nan, array).tobytes() == array.tobytes()


def read_array(node: Node, dimensions: int) -> NDArray[np.float64]:
    """Return an array of floats.

    Parameters
    ----------
    node : Node
    dimensions : int
        How many axes it must have, 1 or 2.
    """
    if not node.is_list:
        return np.asarray(_packed(node, "float64", dimensions), dtype=np.float64)
    if dimensions == 1:
        return np.array([n.number(finite=False) for n in node.items(MOST_NUMBERS)], dtype=float)
    rows = [
        [n.number(finite=False) for n in row.items(MOST_NUMBERS)]
        for row in node.items(MOST_NUMBERS)
    ]
    if len({len(row) for row in rows}) > 1:
        node.refuse("the rows of this array differ in length")
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(rows[0]) if rows else 0)


def read_whole_array(node: Node) -> NDArray[np.int64]:
    """Return an array of whole numbers with one axis."""
    if node.is_list:
        limit = 2**63 - 1
        return np.array([n.whole(-limit, limit) for n in node.items(MOST_NUMBERS)], dtype=np.int64)
    return np.asarray(_packed(node, "int64", 1), dtype=np.int64)


def texts_value(texts: NDArray[np.object_]) -> Any:  # noqa: ANN401 -- JSON
    """Return a column of texts as JSON; a long one joined, and where each text ends."""
    words = texts.tolist()
    if len(words) <= _LISTED:
        return words
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    return {"ends": array_value(ends), "joined": "".join(words)}


def read_texts(node: Node) -> NDArray[np.object_]:
    """Return a column of texts."""
    if node.is_list:
        words = [entry.text(None) for entry in node.items(MOST_NUMBERS)]
    else:
        fields = node.fields(("ends", "joined"))
        joined, ends = fields["joined"].text(None), read_whole_array(fields["ends"])
        starts = np.concatenate([[0], ends[:-1]])
        if not ends.size or (ends < starts).any() or ends[-1] != len(joined):
            node.refuse("the ends of these texts do not fit what is joined")
        words = [joined[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    texts = np.empty(len(words), dtype=np.object_)
    texts[:] = words
    return texts


def _packed(node: Node, wanted: str, dimensions: int) -> NDArray[Any]:
    fields = node.fields(("type", "shape", "base64"))
    kind = fields["type"].word("type of number", _TYPES)
    if kind != wanted:
        fields["type"].refuse(f"numbers of the type '{wanted}' belong here, not '{kind}'")
    shape = [n.whole(0, MOST_NUMBERS) for n in fields["shape"].items(4)]
    if len(shape) != dimensions:
        fields["shape"].refuse(f"a shape of {dimensions} belongs here, got {len(shape)} numbers")
    size = math.prod(shape)
    text = fields["base64"].text(longest=12 * MOST_NUMBERS)
    if size > MOST_NUMBERS or len(text) != -(-size * 8 // 3) * 4:
        fields["base64"].refuse(
            f"the shape {' × '.join(map(str, shape))} needs {-(-size * 8 // 3) * 4:,} letters of "
            f"base64, got {len(text):,}"
        )
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        fields["base64"].refuse("this is no base64")
    if len(data) != size * 8:
        fields["base64"].refuse(f"{size * 8:,} bytes belong here, got {len(data):,}")
    native = np.frombuffer(data, dtype=_TYPES[kind]).reshape(shape)
    return native.astype(native.dtype.newbyteorder("="))
