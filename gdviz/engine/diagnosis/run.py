"""One run of a trajectory, up to its last good record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.outcome import Outcome
from gdviz.engine.trajectory import Trajectory
from gdviz.landscapes import FloatArray

__all__ = ["Run"]

_BACKWARDS = 64


@dataclass(frozen=True, eq=False)
class Run:
    """The records of one run, at least one, the last of them finite if any near it is.

    Attributes
    ----------
    steps : ndarray, shape (m,)
    params, gradient : ndarray, shape (m, d)
    loss : ndarray, shape (m,)
    outcome : Outcome
    outcome_step, last_step : int
    """

    steps: NDArray[np.int64]
    params: FloatArray
    loss: FloatArray
    gradient: FloatArray
    outcome: Outcome
    outcome_step: int
    last_step: int

    @classmethod
    def of(cls, trajectory: Trajectory, row: int) -> Self:
        """Look at one row of a trajectory, without copying it."""
        last = trajectory.last_step[row]
        count = int(np.searchsorted(trajectory.steps, last, side="right"))
        count = min(max(count, 1), trajectory.records)
        for end in range(count, max(count - _BACKWARDS, 0), -1):
            finite = np.isfinite(trajectory.params[end - 1, row]).all()
            if finite and np.isfinite(trajectory.loss[end - 1, row]):
                count = end
                break
        return cls(
            trajectory.steps[:count],
            trajectory.params[:count, row],
            trajectory.loss[:count, row],
            trajectory.gradient[:count, row],
            trajectory.outcome[row],
            int(trajectory.outcome_step[row]),
            int(last),
        )

    @property
    def records(self) -> int:
        """The number of records."""
        return int(self.steps.size)

    @property
    def length(self) -> int:
        """The number of steps between the first record and the last."""
        return int(self.steps[-1] - self.steps[0])

    @property
    def finite(self) -> bool:
        """Whether start and end have finite parameters and losses."""
        ends = [0, -1]
        return bool(np.isfinite(self.params[ends]).all() and np.isfinite(self.loss[ends]).all())

    @property
    def first_loss(self) -> float:
        """The loss at the start."""
        return float(self.loss[0])

    @property
    def last_loss(self) -> float:
        """The loss at the last good record."""
        return float(self.loss[-1])

    def evenly(self, most: int, first: int = 0) -> NDArray[np.int64]:
        """Return at most `most` record numbers from `first` to the last, evenly spread."""
        count = self.records - first
        if count <= most:
            return np.arange(first, self.records)
        return np.unique(np.linspace(first, self.records - 1, most).astype(np.int64))
