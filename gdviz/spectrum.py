"""Eigenvalues and eigenvectors of symmetric matrices of size 1 or 2, row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["spectrum"]

FloatArray = NDArray[np.float64]


def spectrum(matrices: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return eigenvalues in ascending order, and eigenvectors of length 1.

    In closed form and elementwise, so that a matrix's result has the same bits whatever
    other matrices there are; LAPACK promises no such thing. The smaller eigenvalue comes
    from the determinant where subtraction would cancel (G. H. Golub and C. F. Van Loan,
    *Matrix Computations*, 4th ed., §8.5.2).

    Parameters
    ----------
    matrices : ndarray, shape (n, d, d)
        Symmetric, d = 1 or 2, such as Hessians.

    Returns
    -------
    values : ndarray, shape (n, d)
        NaN where a matrix holds anything that is not finite.
    vectors : ndarray, shape (n, d, d)
        Column j of each is the direction of value j.

    Raises
    ------
    ValueError
        If `matrices` has another shape.
    """
    if matrices.ndim != 3 or matrices.shape[1:] not in ((1, 1), (2, 2)):
        raise ValueError(f"matrices must have shape (n, 1, 1) or (n, 2, 2), got {matrices.shape}")
    if matrices.shape[1] == 1:
        values = np.where(np.isfinite(matrices[:, :, 0]), matrices[:, :, 0], np.nan)
        return values, np.ones_like(matrices)
    with np.errstate(all="ignore"):
        scale = np.max(np.abs(matrices), axis=(1, 2))
        safe = np.where((scale > 0.0) & np.isfinite(scale), scale, 1.0)
        a = matrices[:, 0, 0] / safe
        b = matrices[:, 0, 1] / safe
        c = matrices[:, 1, 1] / safe
        mean, half = 0.5 * (a + c), 0.5 * (a - c)
        radius = np.sqrt(half * half + b * b)
        larger = mean + np.copysign(radius, mean)
        with_cancellation = mean - np.copysign(radius, mean)
        smaller = np.where(larger != 0.0, (a * c - b * b) / larger, with_cancellation)
        first, second = np.minimum(larger, smaller), np.maximum(larger, smaller)
        # Twice the angle of the second direction is that of (half, b).
        angle = 0.5 * np.arctan2(b, half)
        cosine, sine = np.cos(angle), np.sin(angle)
    diagonal = b == 0.0
    cosine = np.where(diagonal, np.where(half >= 0.0, 1.0, 0.0), cosine)
    sine = np.where(diagonal, np.where(half >= 0.0, 0.0, 1.0), sine)
    values = np.stack([first * safe, second * safe], axis=1)
    values[~np.isfinite(matrices).all(axis=(1, 2))] = np.nan
    vectors = np.stack(
        [np.stack([-sine, cosine], axis=1), np.stack([cosine, sine], axis=1)], axis=2
    )
    return values, vectors
