"""Armijo's condition: a step must lower the loss by a share of what the slope promises."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray
from gdviz.optimizers.ray import Ray, Rows

__all__ = ["backtracked", "lower_enough", "sufficient_decrease"]

_MOST_TRIALS = 400
_SHORTEST = 2.0**-60
_DECREASE = (
    "What share of the decrease that the slope promises a step must really bring; "
    "a step that brings less is cut shorter."
)


def sufficient_decrease() -> Any:
    """Declare c of Armijo's condition, greater than 0 and less than 1/2."""
    return hyperparameter(
        1e-4,
        _DECREASE,
        low_open=True,
        high=0.5,
        high_open=True,
        slider=(1e-5, 0.4),
        logarithmic=True,
        advanced=True,
    )


def lower_enough(
    ray: Ray, rows: Rows, steps: FloatArray, decrease: FloatArray
) -> NDArray[np.bool_]:
    """Tell where φ(t) < φ(0) and φ(t) ≤ φ(0) + c t φ′(0).

    L. Armijo, Pacific J. Math. 16 (1966), 1–3; J. Nocedal and S. J. Wright, *Numerical
    Optimization*, 2nd ed. (2006), equation 3.4.

    Where both losses are equal because the decrease demanded is lost in rounding, the slopes
    decide: φ′(t) ≤ (2c − 1) φ′(0), which is Armijo's condition of the parabola through them
    (the approximate condition of W. W. Hager and H. Zhang, SIAM J. Optim. 16 (2005),
    170–192, §4, but with no rise of the loss allowed). So a run
    gets as near to a minimum as its gradient can tell, and never climbs.

    Parameters
    ----------
    ray : Ray
    rows : ndarray of int, shape (m,)
        The rows in question.
    steps, decrease : ndarray, shape (m,)
        t and c of those rows.

    Returns
    -------
    ndarray of bool, shape (m,)
        False where the loss is not finite: in a gap, beyond limits, at a pole.
    """
    loss, before, slope = ray.losses(rows, steps), ray.loss[rows], ray.slope[rows]
    demanded = before + decrease * steps * slope
    good = np.isfinite(loss) & (loss < before) & (loss <= demanded)
    even = np.flatnonzero((loss == before) & (demanded == before) & ray.tells(rows, steps))
    if even.size:
        bound = (2.0 * decrease[even] - 1.0) * slope[even]
        good[even] = ray.slopes(rows[even], steps[even]) <= bound
    return good


def backtracked(
    ray: Ray, first: FloatArray, decrease: FloatArray, shrink: FloatArray
) -> FloatArray:
    """Return the first of t, t·s, t·s², … that lowers the loss enough.

    Nocedal and Wright, algorithm 3.1.

    Parameters
    ----------
    ray : Ray
    first, decrease, shrink : ndarray, shape (n,)
        The first t, Armijo's c, and the factor s, less than 1.

    Returns
    -------
    ndarray, shape (n,)
        0 where the loss doesn't fall along the ray, or by nothing that rounding leaves.
    """
    steps = np.zeros_like(ray.loss)
    rows = ray.downhill(first)
    trial = first[rows]
    for _ in range(_MOST_TRIALS):
        if not rows.size:
            break
        good = lower_enough(ray, rows, trial, decrease[rows])
        steps[rows[good]] = trial[good]
        rows, trial = rows[~good], trial[~good]
        trial = trial * shrink[rows]
        left = ray.tells(rows, trial) & (trial > _SHORTEST * first[rows])
        rows, trial = rows[left], trial[left]
    return steps
