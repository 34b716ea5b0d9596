"""Telling the bottoms of a landscape from the flat places from which it goes down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray, Landscape

__all__ = ["BENT", "goes_down"]

BENT = 1e-9


def goes_down(landscape: Landscape, params: FloatArray) -> NDArray[np.bool_]:
    """Tell at which points the curvature along some direction is negative.

    Where it isn't known, it isn't.

    Parameters
    ----------
    landscape : Landscape
    params : ndarray, shape (d, n)
        d = 1 or 2.
    """
    hessian = landscape.hessian(params.T)
    known = np.asarray(np.isfinite(hessian).all(axis=(1, 2)))
    hessian = np.where(known[:, np.newaxis, np.newaxis], hessian, 0.0)
    if hessian.shape[1] == 1:
        return np.asarray(hessian[:, 0, 0] < 0.0)
    first, mixed, second = hessian[:, 0, 0], hessian[:, 0, 1], hessian[:, 1, 1]
    with np.errstate(all="ignore"):
        middle = 0.5 * first + 0.5 * second
        half = np.hypot(0.5 * first - 0.5 * second, mixed)
        return np.asarray(middle - half < -BENT * (np.abs(middle) + half))
