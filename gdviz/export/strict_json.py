"""JSON as RFC 8259 has it, written piece by piece.

A float is written with the fewest digits that read back as the same bits. Where there is no
number, as NaN says, there is ``null``; infinities are the words ``"Infinity"`` and
``"-Infinity"``, which Python's ``float``, NumPy and JavaScript's ``Number`` understand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import numpy as np

__all__ = ["JsonFile", "json_text", "number_list"]

_AT_ONCE = 2048


def json_text(value: Any, *, escaped: bool = False) -> str:
    """Return a value of dicts, lists, texts and numbers as JSON.

    Parameters
    ----------
    value
    escaped : bool
        Whether letters beyond ASCII are written as escapes.
    """
    return json.dumps(_plain(value), ensure_ascii=escaped, allow_nan=False)


def number_list(values: np.ndarray) -> Iterator[str]:
    """Yield a row of numbers, shape (n,), as a JSON list in pieces."""
    yield "["
    comma = ""
    for first in range(0, len(values), _AT_ONCE):
        some: list[float] = values[first : first + _AT_ONCE].tolist()
        yield comma + ", ".join(map(_number, some))
        comma = ", "
    yield "]"


class JsonFile:
    """An open file that gets text.

    Parameters
    ----------
    file : file object
        Binary; gets UTF-8.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, *pieces: str | Iterable[str]) -> None:
        """Write texts, whole or in pieces."""
        for text in pieces:
            for piece in (text,) if isinstance(text, str) else text:
                # Half a surrogate pair is no UTF-8; what it becomes, \udc80, is JSON's escape.
                self._file.write(piece.encode("utf-8", "backslashreplace"))


def _plain(value: Any) -> Any:
    """Return a value without NaN and infinities, which JSON has no words for."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else _infinity(value)
    return value


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "null" if math.isnan(value) else f'"{_infinity(value)}"'


def _infinity(value: float) -> str:
    return "Infinity" if value > 0.0 else "-Infinity"
