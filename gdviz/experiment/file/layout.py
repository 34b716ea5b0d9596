"""JSON as a person reads it and as differences show well."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from gdviz.experiment.file.json_text import HALVES

__all__ = ["laid_out"]

_WIDTH = 100
_STEP = "  "


def laid_out(value: Any) -> str:  # noqa: ANN401 -- JSON
    """Return a JSON text: keys in their order, what fits a line on one line.

    Floats are printed with the fewest digits that read back bit for bit; those that JSON has
    no number for as the texts ``"inf"``, ``"-inf"`` and ``"nan"``.

    Parameters
    ----------
    value : dict, list, tuple, str, int, float, bool or None
    """
    return _laid(value, "", 0) + "\n"


def _laid(value: Any, indent: str, used: int) -> str:  # noqa: ANN401
    if not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return _plain(value)
    room = _WIDTH - len(indent) - used
    line = _line(value, room)
    if line is not None and (indent or not value):
        return line
    inner = indent + _STEP
    if isinstance(value, Mapping):
        keys = [_plain(str(key)) for key in value]
        rows = [
            f"{inner}{key}: {_laid(entry, inner, len(key) + 3)}"
            for key, entry in zip(keys, value.values(), strict=True)
        ]
        opened, closed = "{", "}"
    else:
        rows = [inner + _laid(entry, inner, 1) for entry in value]
        opened, closed = "[", "]"
    return "\n".join([opened, ",\n".join(rows), indent + closed])


def _line(value: Any, room: int) -> str | None:  # noqa: ANN401
    """Return a value on one line; None if that takes more room."""
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return _plain(value)
    parts = []
    left = room - 2
    pairs = value.items() if isinstance(value, Mapping) else ((None, entry) for entry in value)
    for key, entry in pairs:
        part = _line(entry, left)
        if part is None:
            return None
        if key is not None:
            part = f"{_plain(str(key))}: {part}"
        parts.append(part)
        left -= len(part) + 2
        if left < -2:
            return None
    joined = ", ".join(parts)
    return f"{{{joined}}}" if isinstance(value, Mapping) else f"[{joined}]"


def _plain(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return repr(float(value))
        return '"nan"' if math.isnan(value) else ('"inf"' if value > 0.0 else '"-inf"')
    if isinstance(value, int):
        return str(int(value))
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(HALVES.sub("\ufffd", text))
    return json.dumps(text, ensure_ascii=False)
