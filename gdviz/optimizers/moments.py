"""Running means of the gradient and of its square, as Adam and its kin keep them."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdviz.optimizers.common import Scalar, averaged, beta, square_root
from gdviz.optimizers.explanation import Component
from gdviz.optimizers.objective import FloatArray

__all__ = [
    "CORRECTED_MEAN",
    "CORRECTED_SQUARE",
    "Moments",
    "adaptive_step",
    "begun",
    "beta1",
    "beta2",
    "corrected",
    "moment_components",
    "moment_lines",
    "moment_values",
    "moved",
]

Moments = tuple[FloatArray, FloatArray, int, Scalar, Scalar]
"""m, v, the number of steps taken, and β₁ and β₂ to its power.

The powers are products that grow by a factor at each step: a power of floats and one of
arrays may differ in their last bit, a product doesn't.
"""

CORRECTED_MEAN = r"<m_hat> = \frac{<m'>}{1 - <beta1>^{<count>}}"
CORRECTED_SQUARE = r"<v_hat> = \frac{<v'>}{1 - <beta2>^{<count>}}"

_BETA1 = (
    "How much of the running mean of gradients is kept: 0 sees the last gradient only, "
    "0.9 averages over some ten and rolls on through bumps."
)
_BETA2 = (
    "How much of the running mean of squared gradients is kept: the nearer to 1, the longer "
    "a steep stretch shortens the steps that follow."
)


def beta1(default: float = 0.9, help: str = _BETA1) -> Any:  # noqa: A002
    """Declare the share of the gradients' running mean that is kept."""
    return beta(default, help)


def beta2(default: float = 0.999, help: str = _BETA2) -> Any:  # noqa: A002
    """Declare the share of the squares' running mean that is kept."""
    return beta(default, help)


def begun(params: FloatArray) -> Moments:
    """Return the moments before the first step."""
    zeros = np.zeros_like(params)
    return zeros, zeros, 0, 1.0, 1.0


def moved(beta1: Scalar, beta2: Scalar, slope: FloatArray, moments: Moments) -> Moments:
    """Return the moments with one more gradient, shape (n, d), in them."""
    m, v, count, power1, power2 = moments
    return (
        averaged(beta1, m, slope),
        averaged(beta2, v, slope * slope),
        count + 1,
        power1 * beta1,
        power2 * beta2,
    )


def adaptive_step(
    rate: Scalar, moments: Moments, square: FloatArray, epsilon: Scalar
) -> FloatArray:
    """Return −η m̂ / (√v̂ + ε), with `square` in the place of v.

    Both corrections are put in front of m, which saves two divisions of arrays: section 2
    of D. P. Kingma and J. Ba (2015).
    """
    m, _, _, power1, power2 = moments
    root = square_root(1.0 - power2)
    return (-rate * root / (1.0 - power1)) * m / (np.sqrt(square) + epsilon * root)


def corrected(moments: Moments, square: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return m̂ and v̂, with `square` in the place of v."""
    m, _, _, power1, power2 = moments
    return m / (1.0 - power1), square / (1.0 - power2)


def moment_lines(slope: str) -> tuple[str, str]:
    """Return the equations of both running means, for a name that stands for the gradient."""
    return (
        rf"<m'> = <beta1> <m> + (1 - <beta1>) {slope}",
        rf"<v'> = <beta2> <v> + (1 - <beta2>) {slope}^2",
    )


def moment_values(before: Moments, after: Moments) -> dict[str, FloatArray | float]:
    """Return the values of the names in `moment_lines` and the number of the step."""
    return {
        "m": before[0],
        "m'": after[0],
        "v": before[1],
        "v'": after[1],
        "count": float(after[2]),
    }


def moment_components(
    rate: Scalar, slope: FloatArray, mean: FloatArray, scale: FloatArray, update: FloatArray
) -> tuple[Component, ...]:
    """Return the arrows of a step: a direction by itself, averaged, scaled, and all at once.

    Parameters
    ----------
    rate : float or ndarray of shape (n, 1)
        η.
    slope, mean : ndarray, shape (n, d)
        The gradient, and what momentum makes of it.
    scale : ndarray, shape (n, d)
        What adaptive scaling divides by.
    update : ndarray, shape (n, d)
    """
    return (
        Component("the gradient alone", "gradient", -rate * slope),
        Component("without adaptive scaling", "momentum", -rate * mean),
        Component("without momentum", "scaling", -rate * slope / scale),
        Component("the step", "update", update),
    )
