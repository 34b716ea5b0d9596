"""A landscape as it is seen from a point, in units of a distance from it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import FloatArray, Landscape

__all__ = ["SHARE", "Around", "directions_around", "radii_of"]

SHARE = 0.05
"""The ball's radius where none is asked for: a twentieth of the domain's width."""


def radii_of(landscape: Landscape, share: float) -> FloatArray:
    """Return a share of the domain's width along each parameter, in its own unit, shape (d,).

    Where a unit of each parameter is drawn with the same length, all are those of the narrowest
    side, so that the ball is round.
    """
    width = landscape.domain.width
    if landscape.isotropic:
        width = np.full_like(width, width.min())
    return np.asarray(share * width)


@dataclass(frozen=True, eq=False)
class Around:
    """Loss and derivatives at p + r u, where r has a length along each parameter.

    Attributes
    ----------
    landscape : Landscape
    point : ndarray, shape (d,)
        p.
    radii : ndarray, shape (d,)
        r, greater than 0.
    """

    landscape: Landscape
    point: FloatArray
    radii: FloatArray

    def params(self, away: FloatArray) -> FloatArray:
        """Return the parameters at u, shape (..., d)."""
        return np.asarray(self.point + self.radii * away)

    def loss(self, away: FloatArray) -> FloatArray:
        """Return the losses at u (..., d), shape (...); NaN outside of the landscape's limits."""
        params = self.params(away).reshape(-1, self.point.size)
        loss = self.landscape.loss(params)
        limits = self.landscape.limits
        if limits is not None:
            outside = ((params < limits.low) | (params > limits.high)).any(axis=1)
            loss = np.where(outside, np.nan, loss)
        return loss.reshape(away.shape[:-1])

    def gradient(self, away: FloatArray) -> FloatArray:
        """Return the derivatives by u at u (n, d), shape (n, d)."""
        return np.asarray(self.landscape.gradient(self.params(away)) * self.radii)

    def hessian(self, away: FloatArray) -> FloatArray:
        """Return the second derivatives by u at u (n, d), shape (n, d, d)."""
        hessian = self.landscape.hessian(self.params(away))
        return np.asarray(hessian * self.radii * self.radii[:, np.newaxis])


def directions_around(dimension: int, count: int) -> FloatArray:
    """Return directions of length 1 all around, shape (m, d): two with one parameter.

    The opposite of each is one of them.
    """
    if dimension == 1:
        return np.array([[-1.0], [1.0]])
    angles = np.arange(count) * (2.0 * math.pi / count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)
