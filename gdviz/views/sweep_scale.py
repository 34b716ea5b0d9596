"""How a sweep's axes and measures map to a plot: plain arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.sweep import SweepAxis, SweepMap
from gdviz.landscapes import FloatArray, Interval
from gdviz.views.log_ticks import log_labels, log_ticks

__all__ = ["Measured", "edges_of", "interval_of", "measured", "place_of", "value_at"]

_ROUNDING = 2.3e-16
_ROOM = 0.06
_TINY = 1e-300

ScaleTick = tuple[float, str]
"""A share of the scale from its low end, and what is written there."""


def place_of(axis: SweepAxis, value: float) -> float:
    """Return where a plot has a value: its common logarithm on an axis of factors."""
    return math.log10(max(value, _TINY)) if axis.logarithmic else value


def value_at(axis: SweepAxis, place: float) -> float:
    """Return the value at a place of the plot, within the axis, as a person would write it."""
    low, high = float(axis.values[0]), float(axis.values[-1])
    value = 10.0 ** min(place, 300.0) if axis.logarithmic else place
    if axis.logarithmic:
        value = float(f"{value:.3g}")
    else:
        decimals = 3 - math.floor(math.log10(high - low))
        value = round(value, decimals)
    return min(max(value, low), high)


def interval_of(axis: SweepAxis) -> Interval:
    """Return the places of an axis's ends."""
    return place_of(axis, float(axis.values[0])), place_of(axis, float(axis.values[-1]))


def edges_of(axis: SweepAxis) -> FloatArray:
    """Return the places of the cells' edges, shape (n + 1,); half a cell beyond the ends."""
    low, high = interval_of(axis)
    half = 0.5 * (high - low) / max(axis.values.size - 1, 1)
    return np.linspace(low - half, high + half, axis.values.size + 1)


@dataclass(frozen=True, eq=False)
class Measured:
    """What a sweep measures, as logarithms.

    Attributes
    ----------
    label : str
        What it is called, such as ``"loss − lowest"``.
    log : ndarray, of the map's shape
        Common logarithms; NaN where there is none.
    missing : ndarray of bool, of the map's shape
        Where runs go on though steps to converge are asked for.
    low, high : float
        The ends of the scale of colors, as logarithms.
    """

    label: str
    log: FloatArray
    missing: NDArray[np.bool_]
    low: float
    high: float

    @property
    def shade(self) -> FloatArray:
        """Shares of the scale from 0 to 1; NaN where there is no value."""
        return np.clip((self.log - self.low) / (self.high - self.low), 0.0, 1.0)

    @property
    def range(self) -> Interval:
        """What a curve's plot shows: not much beyond where the loss begins."""
        width = self.high - self.low
        return self.low - _ROOM * width, self.high + max(_ROOM * width, 0.25)

    def ticks(self, length: float) -> tuple[ScaleTick, ...]:
        """Return the numbers on a scale of a length in pixels, from its low end upward."""
        places, _ = log_ticks(self.low, self.high, max(int(length / 34.0), 2))
        places = [place for place in places if self.low <= place <= self.high]
        width = self.high - self.low
        return tuple(
            ((place - self.low) / width, text)
            for place, text in zip(places, log_labels(places) if places else [], strict=True)
        )


def measured(sweep: SweepMap) -> Measured:
    """Return what a sweep measures.

    Losses are told as how far they are above the lowest one known, if there is one: only that
    can fall to 0.
    """
    values = sweep.values
    none = np.zeros(sweep.shape, dtype=np.bool_)
    if sweep.measure == "steps":
        with np.errstate(all="ignore"):
            log = np.where(np.isfinite(values), np.log10(np.maximum(values, 1.0)), np.nan)
        missing = ~sweep.converged & ~sweep.failed
        least = float(np.nanmin(log)) if np.isfinite(log).any() else 0.0
        high = max(math.log10(max(sweep.steps, 2)), least + 0.3)
        return Measured("steps to converge", log, missing, least, high)
    floor = sweep.floor or 0.0
    over = np.where(np.isfinite(values), values - floor, np.nan)
    begun = sweep.start_loss - floor
    least = max(_ROUNDING * abs(floor), 1e-16 * abs(begun) if math.isfinite(begun) else 0.0, _TINY)
    with np.errstate(all="ignore"):
        log = np.log10(np.maximum(over, least))
    finite = log[np.isfinite(log)]
    low = float(finite.min()) if finite.size else -1.0
    if math.isfinite(begun) and begun > least:
        high = math.log10(begun)
    else:
        high = float(finite.max()) if finite.size else 0.0
    words = "loss" if sweep.floor is None or sweep.floor == 0.0 else "loss − lowest"
    return Measured(words, log, none, low, max(high, low + 0.3))
