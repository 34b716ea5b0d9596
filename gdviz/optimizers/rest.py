"""Points at which a line search has found nothing lower."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.objective import FloatArray

__all__ = ["Rest"]


class Rest(NamedTuple):
    """Where each row was, and whether its search along −∇f, or a Newton step, was in vain.

    The same search at the same point would be in vain again. It is left out, since a search
    that fails takes the most evaluations, and a run that has come to rest stays there.

    Attributes
    ----------
    params, gradient : ndarray, shape (n, d)
    vain : ndarray of bool, shape (n,)
    """

    params: FloatArray
    gradient: FloatArray
    vain: NDArray[np.bool_]

    @classmethod
    def nowhere(cls, params: FloatArray) -> Self:
        """Return what is known before the first step."""
        return cls(params.copy(), np.zeros_like(params), np.zeros(len(params), dtype=np.bool_))

    @classmethod
    def after(cls, params: FloatArray, gradient: FloatArray, vain: NDArray[np.bool_]) -> Self:
        """Return what is known after a step from `params`."""
        return cls(params.copy(), gradient.copy(), vain)

    def holds(self, params: FloatArray, gradient: FloatArray) -> NDArray[np.bool_]:
        """Tell which rows are still there, with the same gradient (n, d)."""
        same = (params == self.params) & (gradient == self.gradient)
        return np.asarray(self.vain & same.all(axis=1))
