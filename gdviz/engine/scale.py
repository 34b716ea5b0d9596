"""How losses map to shades between 0 and 1, so that the structure is visible."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import Field
from gdviz.landscapes import FloatArray

__all__ = ["SCALES", "Scale", "scale_of"]

SCALES = {
    "auto": "Automatic",
    "power": "Power",
    "linear": "Linear",
    "log": "Logarithmic",
    "symlog": "Symmetric log",
    "clipped": "Clipped",
}
"""The kinds of scales and their titles; ``"auto"`` chooses one of the others."""

_STEEPEST, _FLATTEST = 1.0, 8.0
_CLIPPED_SHARE = 0.02
_OUTLYING = 2.0
_CONCENTRATED = 0.02
_ENOUGH_SAMPLES = 10_000
_DECADES = 3.0


@dataclass(frozen=True)
class Scale:
    """How losses map to shades between 0 and 1.

    A power scale is ((loss − low) / (high − low))^(1/power): with power 2 the rings of a
    round bowl come out evenly spaced, and a landscape with high walls around a flat floor
    gets a higher power, so that the floor shows. A logarithmic one is even in ln(loss), a
    symmetric one in asinh(loss / knee).

    Attributes
    ----------
    low, high : float
        The losses with shades 0 and 1.
    power : float
        From 1 to 8; 1 for the other kinds.
    kind : str
        One of `SCALES` without ``"auto"``.
    knee : float
        Of a symmetric scale: below it by absolute value, the scale is nearly linear.
    """

    low: float
    high: float
    power: float
    kind: str = "power"
    knee: float = 1.0

    def shade(self, loss: FloatArray) -> FloatArray:
        """Return the shade of each loss; NaN where the loss is not finite."""
        with np.errstate(all="ignore"):
            bent, low, high = (self._bent(value) for value in (loss, self.low, self.high))
            share = (bent - low) / (high - low) if high > low else np.zeros_like(loss)
        shade = np.clip(share, 0.0, 1.0) ** (1.0 / self.power)
        return np.where(np.isfinite(loss), shade, np.nan)

    def loss(self, shade: FloatArray) -> FloatArray:
        """Return the loss at each shade."""
        low, high = float(self._bent(self.low)), float(self._bent(self.high))
        even = low + (high - low) * shade**self.power
        if self.kind == "log":
            return np.exp(even)
        if self.kind == "symlog":
            return np.asarray(self.knee * np.sinh(even))
        half = even - low
        return np.asarray(self.low + half + half)

    def _bent(self, loss: FloatArray | float) -> FloatArray:
        """Return what shades are even in; halved where differences might overflow."""
        if self.kind == "log":
            return np.log(np.maximum(loss, 0.0))
        if self.kind == "symlog":
            return np.arcsinh(np.asarray(loss) / self.knee)
        return np.asarray(0.5 * np.asarray(loss))


def scale_of(field: Field, kind: str = "auto") -> Scale:
    """Choose a scale for a sampled field.

    Automatically, it is the power scale that puts the median loss near the middle shade.
    Where no such power is small enough, a positive loss gets a logarithmic scale; one of
    both signs that is mostly near 0 a symmetric one; outliers on both sides are clipped.

    Parameters
    ----------
    field : Field
    kind : str
        One of `SCALES`. A logarithmic scale that would meet losses of 0 or below becomes a
        symmetric one.
    """
    finite = field.loss[np.isfinite(field.loss)]
    if not finite.size:
        return Scale(0.0, 0.0, 1.0)
    low, high = field.floor, float(finite.max())
    if not high > low:
        return Scale(low, high, 1.0)
    if kind == "auto":
        return _automatic(finite, low, high)
    if kind == "linear":
        return Scale(low, high, 1.0, "linear")
    if kind == "log":
        least = _least_positive(finite)
        return (
            Scale(least, high, 1.0, "log") if low >= 0.0 < least else _symmetric(finite, low, high)
        )
    if kind == "symlog":
        return _symmetric(finite, low, high)
    if kind == "clipped":
        return _clipped(finite, low, high)
    return Scale(low, high, min(max(_fitting_power(finite, low, high), _STEEPEST), _FLATTEST))


def _automatic(finite: FloatArray, low: float, high: float) -> Scale:
    some = finite[:: max(finite.size // _ENOUGH_SAMPLES, 1)]
    if low < 0.0 < high:
        middle = np.subtract(*np.quantile(0.5 * some, (0.75, 0.25)))
        if middle < _CONCENTRATED * (0.5 * high - 0.5 * low):
            return _symmetric(finite, low, high)
    clipped = _clipped(some, low, high)
    width = 0.5 * clipped.high - 0.5 * clipped.low
    below, above = 0.5 * clipped.low - 0.5 * low, 0.5 * high - 0.5 * clipped.high
    if min(below, above) > _OUTLYING * width > 0.0:
        return clipped
    power = _fitting_power(finite, low, high)
    if power <= _FLATTEST:
        return Scale(low, high, max(power, _STEEPEST))
    least = _least_positive(finite)
    if low >= 0.0 and least > 0.0 and math.log10(high) - math.log10(least) > _DECADES:
        return Scale(least, high, 1.0, "log")
    if low < 0.0:
        return _symmetric(finite, low, high)
    return Scale(low, high, _FLATTEST)


def _fitting_power(finite: FloatArray, low: float, high: float) -> float:
    """Return the power that puts the median into the middle."""
    median = float(np.partition(finite, finite.size // 2)[finite.size // 2])
    share = (0.5 * median - 0.5 * low) / (0.5 * high - 0.5 * low)
    return math.log(share) / math.log(0.5) if 0.0 < share < 1.0 else 2.0


def _least_positive(finite: FloatArray) -> float:
    return float(np.min(finite, initial=np.inf, where=finite > 0.0))


def _symmetric(finite: FloatArray, low: float, high: float) -> Scale:
    sizes = np.abs(finite[finite != 0.0])
    knee = float(np.quantile(sizes, 0.1)) if sizes.size else 1.0
    return Scale(low, high, 1.0, "symlog", max(knee, 1e-12 * max(abs(low), abs(high))))


def _clipped(finite: FloatArray, low: float, high: float) -> Scale:
    ends = np.quantile(finite, (_CLIPPED_SHARE, 1.0 - _CLIPPED_SHARE), method="nearest").tolist()
    if not ends[1] > ends[0]:
        return Scale(low, high, 1.0, "clipped")
    return Scale(ends[0], ends[1], 1.0, "clipped")
