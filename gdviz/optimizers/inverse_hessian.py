"""The BFGS update of an inverse Hessian, row by row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.objective import FloatArray
from gdviz.optimizers.rows import column, dot, finite, outer, times

__all__ = ["bfgs_update", "curved", "first_scale"]


def curved(moved: FloatArray, turned: FloatArray) -> NDArray[np.bool_]:
    """Tell which pairs s, y (n, d) show a positive curvature, sᵀy > 0, that can be used."""
    inverse = 1.0 / dot(moved, turned)
    scale = dot(moved, turned) / dot(turned, turned)
    good = np.isfinite(inverse) & (inverse > 0.0) & np.isfinite(scale) & (scale > 0.0)
    return np.asarray(good & finite(moved) & finite(turned))


def first_scale(moved: FloatArray, turned: FloatArray) -> FloatArray:
    """Return γ = sᵀy / yᵀy (n,), the size of an inverse Hessian that a pair suggests.

    J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), equations 6.20
    and 7.20.
    """
    return dot(moved, turned) / dot(turned, turned)


def bfgs_update(inverse: FloatArray, moved: FloatArray, turned: FloatArray) -> FloatArray:
    """Return (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ with ρ = 1 / sᵀy, exactly symmetric.

    Nocedal and Wright, equation 6.17, found in 1970 by C. G. Broyden, R. Fletcher, D.
    Goldfarb and D. F. Shanno.

    Parameters
    ----------
    inverse : ndarray, shape (n, d, d)
        H, symmetric.
    moved, turned : ndarray, shape (n, d)
        s and y, with sᵀy > 0.
    """
    rho = 1.0 / dot(moved, turned)
    bent = times(inverse, turned)
    mixed = outer(moved, bent) + outer(bent, moved)
    weight = rho * (1.0 + rho * dot(turned, bent))
    return (
        inverse
        - column(rho)[:, :, np.newaxis] * mixed
        + column(weight)[:, :, np.newaxis] * outer(moved, moved)
    )
