"""A first run that shows something, on a landscape that nobody has prepared."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdviz.engine import Descent, compute
from gdviz.experiment.run import Run
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import Optimizer, optimizer, with_hyperparameters

__all__ = ["suggested_optimizer", "suggested_rate", "suggested_run", "suggested_start"]

_STEPS = 200
_PLACES = (0.15, 0.85, 0.3, 0.7, 0.5, 0.05, 0.95)
_ENOUGH = 1e-4
_GENTLE = 0.6
_ROWS = 40_000


def suggested_run(landscape: Landscape) -> Run:
    """Return gradient descent from a high place of the domain, at a rate that does well."""
    start = suggested_start(landscape)
    return Run(optimizer("gd", learning_rate=suggested_rate(landscape, start)), start, _STEPS)


def suggested_start(landscape: Landscape) -> tuple[float, ...]:
    """Return the highest of a few places in the domain whose slope is not among the steepest.

    It is rounded as a person would write it; the domain's center if none has.
    """
    low, width = landscape.domain.low, landscape.domain.width
    shares = np.stack(np.meshgrid(*[_PLACES] * landscape.dimension), axis=-1)
    places = low + shares.reshape(-1, landscape.dimension) * width
    digits = 2 - np.ceil(np.log10(width)).astype(int)
    rounded = np.array(
        [
            [round(value, count) for value, count in zip(place, digits.tolist(), strict=True)]
            for place in places.tolist()
        ]
    )
    loss, gradient = landscape.loss(rounded), landscape.gradient(rounded)
    good = np.isfinite(loss) & np.isfinite(gradient).all(axis=1) & (gradient != 0.0).any(axis=1)
    if not good.any():
        return tuple(landscape.domain.center.tolist())
    steepness = np.hypot.reduce(np.where(np.isfinite(gradient), gradient, np.inf), axis=1)
    gentle = good & (steepness <= np.quantile(steepness[good], _GENTLE))
    highest = int(np.argmax(np.where(gentle, loss, -np.inf)))
    return tuple((rounded[highest] + 0.0).tolist())  # no −0


def suggested_rate(
    landscape: Landscape, start: tuple[float, ...], kind: Optimizer | None = None
) -> float:
    """Return the smallest of the rates 1, 2, 5 × 10ᵏ that does well from a start.

    All are tried at once, each as one row of a batch. One does well if it stays in the
    domain, climbs little, and its loss falls nearly as far as with the best of them.

    Parameters
    ----------
    landscape : Landscape
    start : tuple of float
    kind : Optimizer, optional
        Whose learning rate it is to be; plain gradient descent if left out.
    """
    tried = optimizer("gd") if kind is None else kind
    scale = _natural_rate(landscape, start, tried)
    middle = round(np.log10(scale))
    powers = range(middle - 5, middle + 3)
    rates = np.array([float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5)])
    rates = rates[(rates > 0.0) & (rates <= _MOST_RATE)]
    steps = int(np.clip(_ROWS // landscape.cost, 20, _STEPS))
    each: Any = rates[:, np.newaxis]
    kinds = with_hyperparameters(tried, learning_rate=each)
    try:
        descent = Descent.of(landscape, kinds, [start] * rates.size, steps)
    except ValueError:
        return float(rates[0])
    trajectory = compute(descent)
    loss = trajectory.loss
    whole = np.array(trajectory.last_step) == trajectory.steps[-1]
    width = landscape.domain.width
    inside = np.all(
        (trajectory.params >= landscape.domain.low - _MARGIN * width)
        & (trajectory.params <= landscape.domain.high + _MARGIN * width),
        axis=(0, 2),
    )
    whole &= inside
    fallen = np.where(whole & np.isfinite(loss).all(axis=0), loss[0] - loss[-1], -np.inf)
    if not tried.first_rate_only:  # those find their own rates, and climb now and then
        calm = _ups(loss) <= np.abs(loss[0] - loss[-1]) * _WOBBLE
        fallen = np.where(calm, fallen, -np.inf)
    best = float(fallen.max())
    if not best > 0.0:
        return float(rates[0])
    return float(rates[np.flatnonzero(fallen >= (1.0 - _ENOUGH) * best)].min())


_MOST_RATE = 1e6
_WOBBLE = 0.5
_MARGIN = 0.1


def _ups(loss: FloatArray) -> FloatArray:
    """Return how far each run climbs in all, shape (n,)."""
    with np.errstate(all="ignore"):
        return np.asarray(np.clip(np.diff(loss, axis=0), 0.0, None).sum(axis=0))


def suggested_optimizer(
    kind: Optimizer, landscape: Landscape, start: tuple[float, ...]
) -> Optimizer:
    """Return an optimizer with a learning rate that does well from a start.

    One whose learning rate is 1 by default measures its own steps: it stays as it is.
    """
    rates = [known for known in kind.hyperparameters() if known.name == "learning_rate"]
    if not rates or rates[0].default == 1.0:
        return kind
    return with_hyperparameters(kind, learning_rate=suggested_rate(landscape, start, kind))


def _natural_rate(landscape: Landscape, start: tuple[float, ...], kind: Optimizer) -> float:
    """Return a rate with which the first step carries about a tenth of the domain."""
    points = np.array([start])
    unit = with_hyperparameters(kind, learning_rate=1.0)
    with np.errstate(all="ignore"):
        gradient = landscape.gradient(points)
        updates, _ = unit.advance(landscape, gradient, unit.init(points), points)
        shares = 0.1 * landscape.domain.width / np.abs(updates[0])
    known = shares[np.isfinite(shares) & (shares > 0.0)]
    return float(np.clip(known.min(), 1e-12, 1e4)) if known.size else 0.1
