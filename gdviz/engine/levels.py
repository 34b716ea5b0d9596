"""Round contour levels, evenly spaced in shade, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdviz.engine.scale import Scale
from gdviz.numbers import format_number

__all__ = ["contour_levels", "level_labels"]


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
