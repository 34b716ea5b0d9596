"""A tensor-product spline's values with NumPy alone, for scripts that have nothing else.

The same sums and products in the same order as SciPy's compiled `NdBSpline`, which is
several times as quick: so they agree to the last bit wherever the compiler rounds each
operation by itself, as it does for x86-64.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes.landscape import FloatArray

__all__ = ["spline_values"]


def spline_values(
    knots: tuple[FloatArray, ...],
    coefficients: FloatArray,
    degree: int,
    columns: tuple[FloatArray, ...],
    orders: tuple[int, ...],
) -> FloatArray:
    """Return a derivative of a spline at points.

    Parameters
    ----------
    knots : tuple of ndarray
        Of each axis of the coefficients.
    coefficients : ndarray
        With one or two axes.
    degree : int
    columns : tuple of ndarray, each of shape (n,)
        The points' coordinates along each axis.
    orders : tuple of int
        How often it is differentiated along each axis.
    """
    at = []
    for axis_knots, column, order in zip(knots, columns, orders, strict=True):
        last = len(axis_knots) - degree - 2
        interval = np.clip(np.searchsorted(axis_knots, column, side="right") - 1, degree, last)
        weights = basis(axis_knots, column, interval, degree, order)
        at.append([(interval - degree + place, weight) for place, weight in enumerate(weights)])
    total = np.zeros_like(columns[0])
    for row, weight in at[0]:
        if len(at) == 1:
            total = total + coefficients[row] * weight
            continue
        for place, other in at[1]:
            total = total + coefficients[row, place] * (weight * other)
    return total


def basis(
    knots: FloatArray, at: FloatArray, interval: NDArray[np.intp], degree: int, order: int
) -> list[FloatArray]:
    """Return the degree + 1 B-splines that are not 0 at points, or their derivatives.

    C. de Boor, *A Practical Guide to Splines* (2001), chapter X: from degree to degree, and
    the last `order` times by differences instead.
    """
    values = [np.ones_like(at)]
    for grown in range(1, degree + 1):
        before, values = values, [np.zeros_like(at)]
        for place in range(1, grown + 1):
            right, left = knots[interval + place], knots[interval + place - grown]
            if grown <= degree - order:
                share = before[place - 1] / (right - left)
                values[-1] = values[-1] + share * (right - at)
                values.append(share * (at - left))
            else:
                share = grown * before[place - 1] / (right - left)
                values[-1] = values[-1] - share
                values.append(share)
    return values
