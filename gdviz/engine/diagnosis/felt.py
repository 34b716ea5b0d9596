"""The landscape as an optimizer feels it: with weight decay, tilted towards 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import FloatArray, Landscape

__all__ = ["Felt"]


@dataclass(frozen=True)
class Felt:
    """f(x) + (w/2)·|x|², whose gradient is the one that a decaying optimizer follows.

    Attributes
    ----------
    landscape : Landscape
    decay : float
        The weight decay w, added to every eigenvalue of the Hessian.
    """

    landscape: Landscape
    decay: float = 0.0

    def loss(self, points: FloatArray) -> FloatArray:
        """Return the losses (n,) at points (n, d)."""
        loss = self.landscape.loss(points)
        if self.decay:
            loss = loss + 0.5 * self.decay * np.sum(points * points, axis=1)
        return loss

    def gradient(self, points: FloatArray) -> FloatArray:
        """Return the gradients (n, d) at points (n, d)."""
        gradient = self.landscape.gradient(points)
        return gradient + self.decay * points if self.decay else gradient

    def hessian(self, points: FloatArray) -> FloatArray:
        """Return the Hessians (n, d, d) at points (n, d)."""
        hessian = self.landscape.hessian(points)
        return hessian + self.decay * np.eye(points.shape[1]) if self.decay else hessian
