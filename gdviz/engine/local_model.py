"""What a landscape looks like from one point: its tangent plane, its quadratic model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import FloatArray, Landscape

__all__ = ["LocalModel", "local_model"]


@dataclass(frozen=True, eq=False)
class LocalModel:
    """Taylor's polynomial of the loss about a point.

    m(p + d) = f + ∇f·d + ½ dᵀH d (J. Nocedal and S. Wright, *Numerical Optimization*, 2nd
    ed., equation 2.5 and section 2.2); with H = 0 it is the tangent plane.

    Attributes
    ----------
    point : ndarray, shape (d,)
    loss : float
    gradient : ndarray, shape (d,)
    hessian : ndarray, shape (d, d)
        Zero for the tangent plane.
    """

    point: FloatArray
    loss: float
    gradient: FloatArray
    hessian: FloatArray

    def __call__(self, params: FloatArray) -> FloatArray:
        """Return the model's loss at points (..., d), shape (...)."""
        away = params - self.point
        with np.errstate(all="ignore"):
            bent = 0.5 * np.einsum("...i,ij,...j->...", away, self.hessian, away)
            return np.asarray(self.loss + away @ self.gradient + bent)

    @property
    def minimum(self) -> FloatArray | None:
        """Where the model is lowest, p − H⁻¹∇f, shape (d,); None unless it has one minimum."""
        if not np.isfinite(self.hessian).all():
            return None
        if np.linalg.eigvalsh(self.hessian)[0] <= 0.0:
            return None
        return np.asarray(self.point - np.linalg.solve(self.hessian, self.gradient))


def local_model(landscape: Landscape, point: FloatArray, *, curved: bool) -> LocalModel | None:
    """Return the model of a landscape about a point.

    Parameters
    ----------
    landscape : Landscape
    point : ndarray, shape (d,)
    curved : bool
        Whether it has the Hessian; otherwise it is the tangent plane.

    Returns
    -------
    LocalModel or None
        None where the loss or a derivative that it needs is not finite.
    """
    rows = point[np.newaxis]
    loss, gradient = float(landscape.loss(rows)[0]), landscape.gradient(rows)[0]
    hessian = landscape.hessian(rows)[0] if curved else np.zeros((point.size, point.size))
    if not (np.isfinite(loss) and np.isfinite(gradient).all() and np.isfinite(hessian).all()):
        return None
    return LocalModel(np.asarray(point), loss, gradient, hessian)
