"""The bounds that the theory of quadratics draws into a sweep."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdviz.engine.diagnosis.felt import Felt
from gdviz.engine.diagnosis.minimum import minimum_near
from gdviz.engine.sweep.limits import best_pair, best_rate, has_limit, limit_formula, rate_limit
from gdviz.engine.sweep.limits import settings as settings_of
from gdviz.engine.sweep.sweep_map import SweepAxis, SweepBounds
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import Optimizer

__all__ = ["Curvature", "bounds_of", "curvature_near"]

_RATE = "learning_rate"
_SAMPLES = 257
_HALVINGS = 60
_SAME = 1e-9

Curvature = tuple[tuple[float, ...], float, float]
"""A minimum, and λmin and λmax of the Hessian there."""


def curvature_near(landscape: Landscape, point: FloatArray) -> Curvature | None:
    """Return a minimum near a point with the extremes of its Hessian; None if there is none.

    The nearest known minimum where the loss falls all the way to it, else the one to which
    Newton steps lead.
    """
    with np.errstate(all="ignore"):
        found = minimum_near(Felt(landscape), point)
    if found is None:
        return None
    place = tuple(float(value) for value in found.point)
    return place, float(found.values[0]), float(found.values[-1])


def bounds_of(
    landscape: Landscape, optimizer: Optimizer, axes: tuple[SweepAxis, ...], curvature: Curvature
) -> SweepBounds | None:
    """Return what the theory says within some axes; None where it says nothing of the optimizer.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
        Whose other hyperparameters hold.
    axes : tuple of SweepAxis
    curvature : Curvature
    """
    key, (minimum, flattest, steepest) = optimizer.key, curvature
    if not has_limit(key) or not steepest > 0.0:
        return None
    values = settings_of(optimizer)
    best: tuple[float, ...] | None = None
    words = ""
    names = [axis.name for axis in axes]
    if names == [_RATE]:
        rate = best_rate(key, values, flattest, steepest)
        if rate is not None:
            best, words = rate[:1], rate[1]
    elif set(names) == {_RATE, "momentum"}:
        pair = best_pair(key, values, flattest, steepest)
        if pair is not None:
            best = pair[:2] if names[0] == _RATE else (pair[1], pair[0])
            words = pair[2]
    return SweepBounds(
        minimum,
        flattest,
        steepest,
        _is_quadratic(landscape, np.array(minimum)),
        limit_formula(key),
        _bound(key, values, axes, steepest),
        best,
        words,
    )


def _bound(
    key: str, values: dict[str, float], axes: tuple[SweepAxis, ...], steepest: float
) -> FloatArray:
    """Return the points at which stability ends, shape (k, axes)."""

    def excess(at: dict[str, float]) -> float:
        found = {**values, **at}
        return rate_limit(key, found, steepest) - found[_RATE]

    if len(axes) == 1:
        (axis,) = axes
        found = _crossing(axis, lambda value: excess({axis.name: value}))
        return np.array([[found]]) if found is not None else np.empty((0, 1))
    across, upward = axes
    # Along the learning rate there is one crossing at most, whatever the other one is.
    lead, other = (upward, across) if upward.name == _RATE else (across, upward)
    points = []
    for value in _spread(other).tolist():
        held = {other.name: value}
        found = _crossing(lead, lambda own, held=held: excess({**held, lead.name: own}))  # type: ignore[misc]
        if found is not None:
            points.append((found, value) if lead is across else (value, found))
    return np.array(points).reshape(-1, 2)


def _spread(axis: SweepAxis) -> FloatArray:
    low, high = axis.values[0], axis.values[-1]
    if axis.logarithmic:
        return np.geomspace(low, high, _SAMPLES)
    return np.linspace(low, high, _SAMPLES)


def _crossing(axis: SweepAxis, function: Callable[[float], float]) -> float | None:
    """Return where a function changes its sign between the ends of an axis."""
    low, high = float(axis.values[0]), float(axis.values[-1])
    first, last = function(low), function(high)
    if not first * last <= 0.0:
        return None
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if function(middle) * first > 0.0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _is_quadratic(landscape: Landscape, minimum: FloatArray) -> bool:
    """Tell whether the Hessian is the same at the minimum and at some places of the domain."""
    low, width = landscape.domain.low, landscape.domain.width
    shares = np.array([0.0, 0.21, 0.5, 0.83, 1.0])
    places = [low + share * width for share in shares.tolist()]
    mixed = [low + np.resize([0.13, 0.91], width.size) * width]
    hessians = landscape.hessian(np.stack([minimum, *places, *mixed]))
    if not np.isfinite(hessians).all():
        return False
    return bool(np.ptp(hessians, axis=0).max() <= _SAME * np.abs(hessians[0]).max())
