"""Numbers as people read them: four significant digits, never ``1e+00``."""

from __future__ import annotations

import math
from collections.abc import Iterable

__all__ = ["format_number", "format_point", "format_signed"]

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUS = "\N{MINUS SIGN}"


def format_number(value: float, digits: int = 4) -> str:
    """Format a number for the screen.

    Parameters
    ----------
    value : float
        Any float, infinities and NaN included.
    digits : int
        Significant digits; those before the point are all shown.

    Returns
    -------
    str
        Plain notation between 0.0001 and a million, a power of ten outside, with a
        true minus sign: ``2``, ``−0.25``, ``50890``, ``1.5×10⁻⁷``.
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else _MINUS + "∞"
    if value == 0.0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 <= power < 6:
        text = f"{value:.{max(digits - 1 - power, 0)}f}"
        return _trim(text).replace("-", _MINUS)
    return f"{_trim(mantissa)}×10{str(power).translate(_SUPERSCRIPTS)}".replace("-", _MINUS)


def format_signed(value: float, digits: int = 4) -> str:
    """Format a number like `format_number`, with a plus sign before positive ones."""
    text = format_number(value, digits)
    return f"+{text}" if value > 0 else text


def format_point(values: Iterable[float], digits: int = 4) -> str:
    """Format coordinates as ``(2, −0.5)``."""
    return f"({', '.join(format_number(value, digits) for value in values)})"


def _trim(text: str) -> str:
    """Drop zeros that end a decimal fraction."""
    return text.rstrip("0").rstrip(".") if "." in text else text
