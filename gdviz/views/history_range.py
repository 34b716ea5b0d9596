"""What an axis of the history shows, and when it stays as it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdviz.landscapes import FloatArray, Interval

__all__ = ["steps_shown", "stretched", "unless_alike", "values_shown"]

_MARGIN = 0.05
_STEP_MARGIN = 0.02
_DECADES = 16.0
_HIGHEST = 1e300
_STEADY = 0.6
_AHEAD = 0.5


def steps_shown(last: float, *, logarithmic: bool) -> Interval:
    """Return the interval of steps, or of their logarithms, from the first to the last one."""
    if logarithmic:
        high = math.log10(max(last, 10.0))
        return -_STEP_MARGIN * high, (1.0 + _STEP_MARGIN) * high
    high = max(last, 1.0)
    return -_STEP_MARGIN * high, (1.0 + _STEP_MARGIN) * high


def values_shown(curves: Sequence[FloatArray], *, logarithmic: bool) -> Interval:
    """Return an interval that shows all values, with a small margin.

    Parameters
    ----------
    curves : sequence of ndarray
        Values, or their common logarithms; those that are not finite don't count.
    logarithmic : bool
        Whether they are logarithms: then no more than 16 decades below the highest one are
        shown, which is as far as floats of order one are told apart from 0.
    """
    finite = [curve[np.isfinite(curve)] for curve in curves]
    known = [curve for curve in finite if curve.size]
    if not known:
        return 0.0, 1.0
    low = max(min(float(curve.min()) for curve in known), -_HIGHEST)
    high = min(max(float(curve.max()) for curve in known), _HIGHEST)
    if logarithmic:
        low = max(low, high - _DECADES)
    span = high - low
    if span <= 1e-12 * max(abs(high), abs(low)):
        half = 0.5 if logarithmic else 0.5 * max(abs(high), 1e-12)
        low, high, span = low - half, high + half, 2.0 * half
    return low - _MARGIN * span, high + _MARGIN * span


def stretched(shown: Interval, needed: Interval) -> Interval:
    """Return what was shown and what is needed, with room ahead where that goes beyond it.

    While runs grow, their range so is another one after a number of records that grows with
    the logarithm of their length.
    """
    low, high = min(shown[0], needed[0]), max(shown[1], needed[1])
    room = _AHEAD * (high - low)
    return low - room * (low < shown[0]), high + room * (high > shown[1])


def unless_alike(shown: Interval, needed: Interval) -> Interval:
    """Return what was shown if the needed interval lies in it and fills most of it."""
    inside = shown[0] <= needed[0] and needed[1] <= shown[1]
    if inside and needed[1] - needed[0] >= _STEADY * (shown[1] - shown[0]):
        return shown
    return needed
