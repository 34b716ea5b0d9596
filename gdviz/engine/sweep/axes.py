"""Which hyperparameters can be swept, and over which values."""

from __future__ import annotations

import math

import numpy as np

from gdviz.engine.sweep.bounds import curvature_near
from gdviz.engine.sweep.limits import has_limit
from gdviz.engine.sweep.sweep_map import SweepAxis
from gdviz.errors import UserError, did_you_mean
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import Hyperparameter, Optimizer

__all__ = ["axis_of", "sweepable", "usual_range"]

_RATE = "learning_rate"
_CRAWLS = 1e-3
_DIVERGES = {"gd": 5.0, "momentum": 6.0, "nesterov": 5.0, "qhm": 20.0}
_SHORTEST_STEP, _LONGEST_STEP = 1e-5, 1.0


def sweepable(optimizer: Optimizer) -> tuple[Hyperparameter, ...]:
    """Return the hyperparameters that can differ from run to run of a sweep: all numbers."""
    return tuple(one for one in optimizer.hyperparameters() if one.kind == "number")


def axis_of(optimizer: Optimizer, name: str, low: float, high: float, count: int) -> SweepAxis:
    """Return an axis over a range, by factors where the hyperparameter is tuned by factors.

    Raises
    ------
    UserError
        If the optimizer has no such hyperparameter, or the range is not what it may be.
    """
    declared = _declared(optimizer, name)
    for end in (low, high):
        declared.check(end)
    if not low < high:
        raise UserError(f"the range of {name} must go up, got {low:g} to {high:g}")
    logarithmic = declared.logarithmic and low > 0.0
    spread = np.geomspace if logarithmic else np.linspace
    values: FloatArray = spread(low, high, count)
    values[0], values[-1] = low, high
    return SweepAxis(name, values, logarithmic)


def usual_range(
    landscape: Landscape, optimizer: Optimizer, name: str, start: tuple[float, ...]
) -> tuple[float, float]:
    """Return the range that shows most of a hyperparameter.

    For a learning rate it goes from where runs crawl to where they diverge: a thousandth to
    some multiples of 2/λmax where there is such a bound, else steps from a hundred-thousandth
    of the domain's width to all of it. For others it is that of their slider.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
    name : str
    start : tuple of float
        Of the run; λmax is that of the minimum near it.

    Raises
    ------
    UserError
        If the optimizer has no such hyperparameter.
    """
    declared = _declared(optimizer, name)
    low, high = declared.slider
    if name == _RATE and has_limit(optimizer.key):
        curvature = curvature_near(landscape, np.array(start, dtype=np.float64))
        if curvature is not None and math.isfinite(curvature[2]) and curvature[2] > 0.0:
            bound = 2.0 / curvature[2]
            low, high = _CRAWLS * bound, _DIVERGES[optimizer.key] * bound
    elif name == _RATE and declared.default < 1.0:
        width = float(np.min(landscape.domain.width))
        low, high = _SHORTEST_STEP * width, _LONGEST_STEP * width
    low, high = float(f"{low:.2g}"), float(f"{high:.2g}")
    return _clipped(declared, low, high)


def _clipped(declared: Hyperparameter, low: float, high: float) -> tuple[float, float]:
    """Return what is allowed of a range."""
    low, high = max(low, declared.low), min(high, declared.high)
    if declared.low_open and low <= declared.low:
        low = declared.slider[0]
    if declared.high_open and high >= declared.high:
        high = declared.slider[1]
    return low, high


def _declared(optimizer: Optimizer, name: str) -> Hyperparameter:
    known = {one.name: one for one in sweepable(optimizer)}
    if name not in known:
        raise UserError(
            f"'{optimizer.key}' has no number called '{name}' to sweep"
            f"{did_you_mean(name, tuple(known))} (known: {', '.join(known) or 'none'})"
        )
    return known[name]
