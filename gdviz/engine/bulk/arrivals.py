"""Where very many runs have ended, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["Arrivals"]


@dataclass(frozen=True, eq=False)
class Arrivals:
    """The ends of n runs, which are filled in as the runs reach them.

    Attributes
    ----------
    params : ndarray, shape (d, n)
        Where each run ended; of one that goes on, where it was last asked for.
    outcome : ndarray of uint8, shape (n,)
        Places in `gdviz.engine.outcome.CODES`; 0 while a run goes on.
    step : ndarray of int64, shape (n,)
        The step at which the outcome happened: of a run that converged, the first one of
        those whose slopes are all as good as 0.
    """

    params: FloatArray
    outcome: NDArray[np.uint8]
    step: NDArray[np.int64]

    @classmethod
    def begun(cls, starts: FloatArray) -> Arrivals:
        """Return the arrivals of runs that have not begun, from starts (d, n)."""
        rows = starts.shape[1]
        outcome, step = np.zeros(rows, dtype=np.uint8), np.zeros(rows, dtype=np.int64)
        return cls(starts.copy(), outcome, step)

    def copy(self) -> Arrivals:
        """Return a copy."""
        return Arrivals(self.params.copy(), self.outcome.copy(), self.step.copy())

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return self.params.nbytes + self.outcome.nbytes + self.step.nbytes

    @property
    def open(self) -> int:
        """How many runs go on."""
        return int(self.outcome.size - np.count_nonzero(self.outcome))
