"""What stands behind an option: numbers, sizes, intervals."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable

from gdviz.experiment.camera import Camera, camera_named

__all__ = [
    "assignment",
    "assignment_list",
    "camera",
    "interval",
    "positive_float",
    "size",
    "whole_number",
]

Assignments = tuple[str, dict[str, float]]
_TOO_LARGE = 1e18
_SWITCHES = {"true": 1.0, "false": 0.0}


def positive_float(what: str) -> Callable[[str], float]:
    """Return a reader of finite numbers greater than 0."""

    def read(text: str) -> float:
        value = _float(text)
        if value is None or not math.isfinite(value) or value <= 0.0:
            raise argparse.ArgumentTypeError(f"{what} must be a number above 0, got '{text}'")
        return value

    return read


def whole_number(what: str, least: int = 0) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` on, as ``200``, ``1e6`` or ``1_000``."""

    def read(text: str) -> int:
        value: float | None = None
        if re.fullmatch(r"[0-9][0-9_]{0,17}", text):
            value = int(text.replace("_", ""))
        elif (number := _float(text)) is not None and number.is_integer():
            value = number
        if value is None or not least <= value < _TOO_LARGE:
            bound = f"of at least {least}"
            if value is not None and value >= _TOO_LARGE:
                bound = f"below {_TOO_LARGE:g}"
            raise argparse.ArgumentTypeError(f"{what} must be a whole number {bound}, got '{text}'")
        return int(value)

    return read


def size(text: str) -> tuple[int, int]:
    """Read ``960x720``."""
    found = re.fullmatch(r"([0-9]{1,6})[x×]([0-9]{1,6})", text)
    if not found:
        raise argparse.ArgumentTypeError(f"size must be WIDTHxHEIGHT in pixels, got '{text}'")
    return int(found[1]), int(found[2])


def camera(text: str) -> Camera:
    """Read ``-60,36``, azimuth and elevation in degrees, or a camera's name."""
    try:
        return camera_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def interval(text: str) -> tuple[float, float]:
    """Read ``-4:8``."""
    low, colon, high = text.partition(":")
    ends = (_float(low), _float(high))
    if not colon or ends[0] is None or ends[1] is None:
        raise argparse.ArgumentTypeError(f"an interval must be LOW:HIGH, got '{text}'")
    return ends[0], ends[1]


def assignment(text: str) -> tuple[str, float]:
    """Read ``k=100``."""
    name, equals, number = text.partition("=")
    value = _float(number)
    if not equals or not name.strip() or value is None or not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{text}' must be NAME=NUMBER")
    return name.strip(), value


def assignment_list(text: str) -> Assignments:
    """Read ``rmsprop`` or ``rmsprop:learning_rate=0.1,centered=true``."""
    name, _, rest = text.partition(":")
    values: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in rest.split(","))):
        key, _, number = part.partition("=")
        key = key.strip().replace("-", "_")
        value = _SWITCHES.get(number.strip().lower(), _float(number))
        if not key or value is None:
            raise argparse.ArgumentTypeError(f"'{part}' in '{text}' must be key=number")
        if key in values:
            raise argparse.ArgumentTypeError(f"'{text}' gives {key} twice")
        values[key] = value
    return name.strip(), values


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
