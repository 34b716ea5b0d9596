"""Splines through values on a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes.landscape import FloatArray

__all__ = ["GridSpline", "filled"]


class GridSpline:
    """The interpolating tensor-product spline of SciPy.

    C. de Boor, *A Practical Guide to Splines* (2001), chapter XVII.

    Parameters
    ----------
    axes : tuple of ndarray
        The coordinates of the array's axes in their order, ascending.
    values : ndarray
        Finite.
    degree : int
        From 1 to 3, less than the number of samples on each axis.

    Attributes
    ----------
    knots : tuple of ndarray
        Of each axis.
    coefficients : ndarray
        Of the products of B-splines, with the axes of the values.
    degree : int
    """

    def __init__(
        self, axes: tuple[NDArray[np.float64], ...], values: NDArray[np.float64], degree: int
    ) -> None:
        from scipy.interpolate import NdBSpline, make_interp_spline

        knots, coefficients = [], values
        for number, axis in enumerate(axes):
            spline = make_interp_spline(axis, np.moveaxis(coefficients, number, 0), k=degree)
            coefficients = np.moveaxis(spline.c, 0, number)
            knots.append(spline.t)
        self.knots: tuple[FloatArray, ...] = tuple(knots)
        self.coefficients: FloatArray = np.ascontiguousarray(coefficients)
        self.degree = degree
        self._spline = NdBSpline(self.knots, self.coefficients, degree)

    def value(self, columns: tuple[FloatArray, ...]) -> FloatArray:
        """Return the values at points, one column of shape (n,) for each axis."""
        return self.derivative(columns, (0,) * len(columns))

    def derivative(self, columns: tuple[FloatArray, ...], orders: tuple[int, ...]) -> FloatArray:
        """Return a derivative at points.

        Parameters
        ----------
        columns : tuple of ndarray, each of shape (n,)
        orders : tuple of int
            How often it is taken along each axis.
        """
        return np.asarray(self._spline(np.stack(columns, axis=-1), nu=orders))


def filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values with gaps and infinities filled by the nearest finite ones."""
    there = np.isfinite(values)
    if there.all():
        return values
    from scipy.ndimage import distance_transform_edt

    nearest = distance_transform_edt(~there, return_distances=False, return_indices=True)
    return np.asarray(values[tuple(nearest)])
