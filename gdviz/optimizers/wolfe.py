"""The weak Wolfe conditions, found by bisection and doubling."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdviz.optimizers.armijo import lower_enough
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray
from gdviz.optimizers.ray import Ray

__all__ = ["curvature_condition", "wolfe_steps"]

_MOST_TRIALS = 100
_CURVATURE = (
    "How much of the slope along the line may be left at the end of a step; "
    "a smaller value makes the search more exact, and each step dearer."
)


def curvature_condition() -> Any:
    """Declare the constant of Wolfe's second condition, at least 1/2 and less than 1."""
    return hyperparameter(
        0.9, _CURVATURE, low=0.5, high=1.0, high_open=True, slider=(0.5, 0.99), advanced=True
    )


def wolfe_steps(
    ray: Ray, first: FloatArray, decrease: FloatArray, curvature: FloatArray
) -> FloatArray:
    """Return a t that lowers the loss enough and leaves a slope φ′(t) ≥ c φ′(0).

    A. S. Lewis and M. L. Overton, *Nonsmooth optimization via quasi-Newton methods*, Math.
    Program. 141 (2013), 135–163, §4: t is doubled while the slope is too steep, and the
    interval halved once some t was too long. The second condition makes sᵀy > 0.

    Parameters
    ----------
    ray : Ray
    first, decrease, curvature : ndarray, shape (n,)
        The first t to try, Armijo's c, and the c of the second condition.

    Returns
    -------
    ndarray, shape (n,)
        Where the loss falls on and on, up to `Ray.longest`; where rounding leaves no t
        that meets both conditions, one that lowers the loss; and else 0.
    """
    steps = np.zeros_like(ray.loss)
    rows = ray.downhill(first)
    longest = ray.longest(np.arange(len(first)), first)
    trial = first[rows]
    low, high = np.zeros_like(trial), np.full_like(trial, np.inf)
    for _ in range(_MOST_TRIALS):
        if not rows.size:
            break
        good = lower_enough(ray, rows, trial, decrease[rows])
        done = np.zeros_like(good)
        lower = np.flatnonzero(good)
        slope = ray.slopes(rows[lower], trial[lower])
        # False at a kink, where there is no slope: the search goes on beyond it.
        done[lower] = slope >= curvature[rows[lower]] * ray.slope[rows[lower]]
        low, high = np.where(good, trial, low), np.where(good, high, trial)
        steps[rows] = low
        bracketed = np.isfinite(high)
        trial = np.where(bracketed, 0.5 * (low + high), 2.0 * low)
        left = ~done & (bracketed | (trial <= longest[rows]))
        left &= (trial > low) & (trial < high) & ((low > 0.0) | ray.tells(rows, trial))
        rows, trial, low, high = rows[left], trial[left], low[left], high[left]
    return steps
