"""The loss along −∇f, as a function of the learning rate: what a line search sees."""

from __future__ import annotations

import numpy as np

from gdviz.engine.gaps import with_gaps
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.ray_minimum import ray_minimum

__all__ = ["best_rate", "sample_ray"]


def sample_ray(
    landscape: Landscape, point: FloatArray, gradient: FloatArray, rates: FloatArray
) -> FloatArray:
    """Return φ(η) = f(p − η ∇f), the loss after one step of gradient descent at each rate.

    It has gaps, NaN, where the landscape is undefined or jumps.

    Parameters
    ----------
    landscape : Landscape
    point, gradient : ndarray, shape (d,)
        p, and ∇f there.
    rates : ndarray, shape (n,)
        η, which may be negative: uphill.

    Returns
    -------
    ndarray, shape (n,)
    """
    with np.errstate(all="ignore"):
        columns = np.ascontiguousarray((point - rates[:, np.newaxis] * gradient).T)
        loss = landscape.loss_columns(columns)
        if landscape.continuous:
            return loss
        slopes = landscape.gradient_columns(columns)
        return with_gaps(loss, -(gradient[:, np.newaxis] * slopes).sum(axis=0))


def best_rate(landscape: Landscape, point: FloatArray, gradient: FloatArray) -> float | None:
    """Return the rate at which one step of gradient descent reaches the ray's first minimum.

    Parameters
    ----------
    landscape : Landscape
    point, gradient : ndarray, shape (d,)

    Returns
    -------
    float or None
        The first η > 0 with φ′(η) = 0 (J. Nocedal and S. Wright, *Numerical Optimization*,
        2nd ed., section 3.1); None where the loss doesn't fall, or falls on and on.
    """
    origin, slope = point[np.newaxis], gradient[np.newaxis]
    with np.errstate(all="ignore"):
        ray = Ray.of(landscape, origin, slope, -slope, np.zeros(1, dtype=bool))
        first = np.ones(1)
        rate = float(ray_minimum(ray, first)[0])
        bound = float(ray.longest(np.zeros(1, dtype=np.intp), first)[0])
    return rate if 0.0 < rate < 0.99 * bound else None
