"""Algebra of vectors and small matrices, row by row.

Written out in sums and products of columns: NumPy rounds each of them by itself, so that a
row has the same bits in any batch. Its products of matrices promise no such thing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.objective import FloatArray

__all__ = ["column", "dot", "finite", "identities", "norm", "outer", "per_row", "times"]


def dot(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the inner products (n,) of vectors (n, d)."""
    total = first[:, 0] * second[:, 0]
    for axis in range(1, first.shape[1]):
        total = total + first[:, axis] * second[:, axis]
    return total


def norm(vectors: FloatArray) -> FloatArray:
    """Return the lengths (n,) of vectors (n, d)."""
    return np.sqrt(dot(vectors, vectors))


def times(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the products (n, d) of matrices (n, d, d) with vectors (n, d)."""
    axes = range(vectors.shape[1])
    return np.stack([dot(matrices[:, axis], vectors) for axis in axes], axis=1)


def outer(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the outer products (n, d, d) of vectors (n, d)."""
    return first[:, :, np.newaxis] * second[:, np.newaxis, :]


def identities(rows: int, dimension: int) -> FloatArray:
    """Return unit matrices, shape (n, d, d)."""
    return np.tile(np.eye(dimension), (rows, 1, 1))


def finite(vectors: FloatArray) -> NDArray[np.bool_]:
    """Tell which vectors (n, d) hold finite numbers only."""
    return np.asarray(np.isfinite(vectors).all(axis=1))


def per_row(hyperparameter: float | FloatArray, rows: int) -> FloatArray:
    """Return a hyperparameter, a float or of shape (n, 1), as (n,)."""
    return np.broadcast_to(np.asarray(hyperparameter, dtype=np.float64).reshape(-1), (rows,))


def column(values: NDArray[Any]) -> FloatArray:
    """Return numbers (n,) as (n, 1), which is how an explanation holds them."""
    return values.astype(np.float64)[:, np.newaxis]
