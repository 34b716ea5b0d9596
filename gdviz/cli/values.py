"""What stands behind an option: numbers, sizes, intervals."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from typing import Literal, TypeVar

from gdviz.experiment.words import read_number

__all__ = [
    "assignment",
    "finite",
    "interval",
    "positive_float",
    "rows",
    "samples",
    "step",
    "understood",
    "whole_number",
]

Value = TypeVar("Value")
_TOO_LARGE = 1e18


def understood(read: Callable[[str], Value]) -> Callable[[str], str]:
    """Return a reader that leaves a text as it is, if `read` understands it."""

    def check(text: str) -> str:
        try:
            read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None
        return text

    return check


def finite(what: str) -> Callable[[str], float]:
    """Return a reader of finite numbers."""

    def read(text: str) -> float:
        value = read_number(text)
        if value is None or not math.isfinite(value):
            raise argparse.ArgumentTypeError(f"{what} must be a number, got '{text}'")
        return value

    return read


def positive_float(what: str) -> Callable[[str], float]:
    """Return a reader of finite numbers greater than 0."""

    def read(text: str) -> float:
        value = read_number(text)
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
        elif (number := read_number(text)) is not None and number.is_integer():
            value = number
        if value is None or not least <= value < _TOO_LARGE:
            bound = f"of at least {least}"
            if value is not None and value >= _TOO_LARGE:
                bound = f"below {_TOO_LARGE:g}"
            raise argparse.ArgumentTypeError(f"{what} must be a whole number {bound}, got '{text}'")
        return int(value)

    return read


def step(text: str) -> int | Literal["last"]:
    """Read a step, or ``last``."""
    return "last" if text == "last" else whole_number("at")(text)


def rows(text: str) -> list[int]:
    """Read ``1,3``: places in the list of runs, counted from 1."""
    return [whole_number("a selected run", least=1)(part.strip()) for part in text.split(",")]


def samples(text: str) -> int | tuple[int, int]:
    """Read ``201x101``, or ``201`` along each parameter."""
    parts = [whole_number("samples", least=2)(part) for part in re.split("[x×]", text)]
    if len(parts) > 2:
        raise argparse.ArgumentTypeError(f"samples must be N or NxM, got '{text}'")
    return parts[0] if len(parts) == 1 else (parts[0], parts[1])


def interval(text: str) -> tuple[float, float]:
    """Read ``-4:8``."""
    low, colon, high = text.partition(":")
    ends = (read_number(low), read_number(high))
    if not colon or ends[0] is None or ends[1] is None:
        raise argparse.ArgumentTypeError(f"an interval must be LOW:HIGH, got '{text}'")
    return ends[0], ends[1]


def assignment(text: str) -> tuple[str, float]:
    """Read ``k=100``."""
    name, equals, number = text.partition("=")
    value = read_number(number)
    if not equals or not name.strip() or value is None or not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{text}' must be NAME=NUMBER")
    return name.strip(), value
