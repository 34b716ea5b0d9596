"""What an optimizer may ask about a landscape beyond the gradient at its point."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["FloatArray", "Objective"]

FloatArray = NDArray[np.float64]


class Objective(Protocol):
    """Loss, gradient and Hessian of a batch of points; every landscape is one.

    A row's result doesn't depend on the other rows. Where the landscape is undefined it
    is NaN, and nothing is raised or warned of.
    """

    def loss(self, params: FloatArray, /) -> FloatArray:
        """Return the losses (n,) at points (n, d)."""
        ...

    def gradient(self, params: FloatArray, /) -> FloatArray:
        """Return the gradients (n, d) at points (n, d)."""
        ...

    def hessian(self, params: FloatArray, /) -> FloatArray:
        """Return the Hessians (n, d, d) at points (n, d)."""
        ...
