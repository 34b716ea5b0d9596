"""Ticks of an axis whose numbers are powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdviz.numbers import format_number

__all__ = ["log_labels", "log_ticks"]

_STRIDES = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200)
_TOO_MANY, _FEW_DECADES = 40.0, 4.0  # more lines than help
_PLAIN = range(-3, 6)
_WHOLE = 1e-9
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def log_ticks(low: float, high: float, most: int) -> tuple[list[float], list[float]]:
    """Choose ticks where an axis shows common logarithms.

    Parameters
    ----------
    low, high : float
        The logarithms at the axis's ends.
    most : int
        How many labels have room.

    Returns
    -------
    labeled, unlabeled : list of float
        Logarithms. Whole powers of ten are labeled, if there are at least two of them; else
        also their double and quintuple; else numbers at even distances.
    """
    stride = next((step for step in _STRIDES if high - low <= step * max(most, 1)), _STRIDES[-1])
    powers = _multiples(low, high, stride)
    if not powers:  # the one in the middle is better than none
        all_powers = _multiples(low, high, 1)
        powers = all_powers[len(all_powers) // 2 :][:1]
    if stride > 1:
        unlabeled = _multiples(low, high, 1) if high - low <= _TOO_MANY else []
        return powers, sorted(set(unlabeled) - set(powers))
    digits = _within(low, high, range(2, 10)) if high - low <= _FEW_DECADES else []
    if len(powers) >= 2:
        return powers, digits
    halves = _within(low, high, (1, 2, 5))
    if len(halves) >= 2:
        return halves, sorted(set(digits) - set(halves))
    return _even(low, high, most), []


def log_labels(logarithms: Sequence[float]) -> list[str]:
    """Return the numbers whose common logarithms are given, as words for ticks.

    Powers of ten are written plainly if all of them are short: ``0.01``, ``1``, ``100``; else
    as ``10⁻⁸``, ``1``, ``10⁸``. Other numbers have as many digits as tell them apart.
    """
    whole = [round(value) for value in logarithms]
    if all(abs(value - power) <= _WHOLE for value, power in zip(logarithms, whole, strict=True)):
        plain = all(power in _PLAIN for power in whole)
        return [_plainly(power) if plain else _as_power(power) for power in whole]
    numbers = [10.0**value for value in logarithms]
    labels: list[str] = []
    for digits in range(4, 16):
        labels = [format_number(number, digits) for number in numbers]
        if len(set(labels)) == len(labels):
            break
    return labels


def _plainly(power: int) -> str:
    return format_number(10.0**power)


def _as_power(power: int) -> str:
    if power == 0:
        return "1"
    return "10" + ("" if power == 1 else str(power).translate(_SUPERSCRIPTS))


def _multiples(low: float, high: float, stride: int) -> list[float]:
    first, last = math.ceil(low / stride - _WHOLE), math.floor(high / stride + _WHOLE)
    return [float(stride * number) for number in range(first, last + 1)]


def _within(low: float, high: float, digits: Sequence[int]) -> list[float]:
    """Return the logarithms of these digits times powers of ten."""
    found = [
        power + math.log10(digit)
        for power in range(math.floor(low), math.floor(high) + 1)
        for digit in digits
    ]
    return [value for value in found if low <= value <= high]


def _even(low: float, high: float, most: int) -> list[float]:
    """Return the logarithms of numbers at even, round distances."""
    bottom, top = 10.0**low, 10.0**high
    width = (top - bottom) / max(most, 1)
    if not 0.0 < width < math.inf:
        return []
    power = 10.0 ** math.floor(math.log10(width))
    step = next(nice * power for nice in (1.0, 2.0, 5.0, 10.0) if nice * power >= width)
    first = math.ceil(bottom / step - _WHOLE)
    count = min(math.floor(top / step + _WHOLE) - first + 1, 100)
    numbers = (first + np.arange(max(count, 0))) * step
    return [math.log10(number) for number in numbers.tolist() if number > 0.0]
