"""Round contour levels, evenly spaced in shade, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdviz.engine.scale import Scale
from gdviz.numbers import format_number

__all__ = ["contour_levels", "level_labels", "round_losses"]

_PART = 0.3  # of the way to the next one, how far a round loss may be off
_MOST_DIGITS = 12
_DECADES = 2.0
_LITTLE = 1e-9


def contour_levels(scale: Scale, count: int = 16) -> tuple[float, ...]:
    """Return round levels, evenly spaced in shade, ascending.

    Each is rounded to the decimal place of a tenth of the gap to its nearer neighbor, so
    that its label is short and still tells it from the others.
    """
    if not scale.high > scale.low:
        return ()
    exact = scale.loss((np.arange(count) + 0.5) / count)
    steps = 2.0 * np.diff(0.5 * exact)
    gaps = np.minimum(np.append(steps, np.inf), np.insert(steps, 0, np.inf))
    levels: list[float] = []
    for level, gap in zip(exact.tolist(), gaps.tolist(), strict=True):
        if gap <= 0.0 or not math.isfinite(gap):
            continue
        decimals = 1 - math.floor(math.log10(gap))
        rounded = round(level, decimals)
        if scale.low < rounded < scale.high and (not levels or rounded > levels[-1]):
            levels.append(rounded)
    return tuple(levels)


def level_labels(levels: Sequence[float]) -> tuple[str, ...]:
    """Return how levels are written: with four digits, or as many as tell them apart."""
    labels: tuple[str, ...] = ()
    for digits in range(4, 18):
        labels = tuple(format_number(level, digits) for level in levels)
        if len(set(labels)) == len(labels):
            break
    return labels


def round_losses(scale: Scale, most: int) -> tuple[float, ...]:
    """Return at most so many losses as round as possible, well apart in shade, ascending.

    Each is the roundest number in its part of the shades: of few digits, and those 1, 2 or 5 if
    possible.
    """
    if not scale.high > scale.low or most < 1:
        return ()
    if scale.power == 1.0 and scale.kind in ("linear", "clipped", "power"):
        return _even(scale.low, scale.high, most)
    if scale.kind == "log" and math.log10(scale.high) - math.log10(scale.low) >= _DECADES:
        return _powers(scale.low, scale.high, most)
    middles = (np.arange(most) + 0.5) / most
    around = np.array([-1.0, 0.0, 1.0])[:, np.newaxis] * _PART / most
    bounds = scale.loss(np.clip(middles + around, 0.0, 1.0)).T.tolist()
    found = [_roundest(low, middle, high) for low, middle, high in bounds]
    return tuple(sorted({loss for loss in found if scale.low <= loss <= scale.high}))


def _powers(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return powers of ten, all of them or every second, third …."""
    first, last = math.ceil(math.log10(low) - _LITTLE), math.floor(math.log10(high) + _LITTLE)
    stride = math.ceil((last - first + 1) / most)
    first = stride * math.ceil(first / stride)
    return tuple(10.0**power for power in range(first, last + 1, stride))


def _even(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return multiples of 1, 2 or 5 times a power of ten."""
    least = (0.5 * high - 0.5 * low) / most * 2.0
    if not 0.0 < least < math.inf:
        return ()
    power = 10.0 ** math.floor(math.log10(least))
    for step in (power, 2.0 * power, 5.0 * power, 10.0 * power, 20.0 * power):
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first + 1 <= most:
            return tuple(number * step for number in range(first, last + 1))
    return ()


def _roundest(low: float, middle: float, high: float) -> float:
    """Return the roundest number between two, of equally round ones that nearest to the middle."""
    if low <= 0.0 <= high:
        return 0.0
    largest = max(abs(low), abs(high))
    if not (math.isfinite(largest) and low < high):
        return middle
    power = math.floor(math.log10(largest))
    for digits in range(_MOST_DIGITS):
        for factor in (5, 2, 1):
            step = factor * 10.0 ** (power - digits)
            if step == 0.0:
                return middle
            first, last = math.ceil(low / step), math.floor(high / step)
            if first <= last:
                number = min(max(round(middle / step), first), last)
                return float(f"{number * step:.12g}")
    return middle
