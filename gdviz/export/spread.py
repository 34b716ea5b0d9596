"""Curves as evenly spaced points, to find what lies free of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSizeF

from gdviz.landscapes import FloatArray

__all__ = ["spread"]

_BEYOND = 20.0
_SPACING = 4.0
_MOST_POINTS = 4000


def spread(pixels: FloatArray, plot: QSizeF) -> FloatArray:
    """Return points that are evenly spaced along a curve, whatever its steps are.

    Parameters
    ----------
    pixels : ndarray, shape (n, 2)
        Far ones are drawn in to just outside the plot.
    plot : QSizeF
    """
    near = np.clip(pixels, -_BEYOND, [plot.width() + _BEYOND, plot.height() + _BEYOND])
    known = near[np.isfinite(near).all(axis=1)]
    if len(known) < 2:
        return known
    lengths = np.hypot(*np.diff(known, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = int(np.clip(along[-1] / _SPACING, 1.0, _MOST_POINTS)) + 1
    places = np.linspace(0.0, along[-1], count)
    return np.stack([np.interp(places, along, values) for values in known.T], axis=1)
