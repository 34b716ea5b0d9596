"""Contour levels and shades that make the neighborhood of the minimum readable."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import Field
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number

__all__ = ["Scale", "contour_levels", "level_labels", "scale_of"]

_STEEPEST, _FLATTEST = 1.0, 8.0


@dataclass(frozen=True)
class Scale:
    """How losses map to shades between 0 and 1: ((loss − low) / (high − low))^(1/power).

    With power 2 the rings of a round bowl come out evenly spaced. A landscape with
    high walls around a flat floor gets a higher power, so that the floor shows.

    Attributes
    ----------
    low, high : float
        The losses with shades 0 and 1.
    power : float
        From 1 to 8.
    """

    low: float
    high: float
    power: float

    def shade(self, loss: FloatArray) -> FloatArray:
        """Return the shade of each loss; NaN where the loss is not finite."""
        low, high = 0.5 * self.low, 0.5 * self.high
        with np.errstate(all="ignore"):
            share = (0.5 * loss - low) / (high - low) if high > low else np.zeros_like(loss)
        shade = np.clip(share, 0.0, 1.0) ** (1.0 / self.power)
        return np.where(np.isfinite(loss), shade, np.nan)

    def loss(self, shade: FloatArray) -> FloatArray:
        """Return the loss at each shade."""
        half = (0.5 * self.high - 0.5 * self.low) * shade**self.power
        return np.asarray(self.low + half + half)


def scale_of(field: Field) -> Scale:
    """Choose the scale that puts the field's median loss near the middle shade."""
    finite = field.loss[np.isfinite(field.loss)]
    if not finite.size:
        return Scale(0.0, 0.0, 1.0)
    low, high = field.floor, float(finite.max())
    median = float(np.partition(finite, finite.size // 2)[finite.size // 2])
    share = (0.5 * median - 0.5 * low) / (0.5 * high - 0.5 * low) if high > low else 0.0
    if not 0.0 < share < 1.0:
        return Scale(low, high, 2.0 if high > low else 1.0)
    power = math.log(share) / math.log(0.5)
    return Scale(low, high, min(max(power, _STEEPEST), _FLATTEST))


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
