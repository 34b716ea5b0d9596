"""The recorded result of a batch of runs, whole and in chunks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number

__all__ = ["Chunk", "Trajectory"]


@dataclass(frozen=True, eq=False)
class _Records:
    """Parameters, loss and gradient of n runs at consecutive records, read-only.

    Attributes
    ----------
    steps : ndarray, shape (records,)
        The step of each record: 0, 1, 2, … unless a long run is thinned.
    params : ndarray, shape (records, n, d)
    loss : ndarray, shape (records, n)
    gradient : ndarray, shape (records, n, d)
    outcome : tuple of Outcome
        How each run ended; `Outcome.RUNNING` while it hasn't.
    outcome_step : tuple of int
        The step at which that happened: of a run that converged, the first one from
        which its gradient stays as good as 0; of one that diverged, the first one
        that is not a number or has run away.
    last_step : tuple of int
        The last step of each run: of one that diverged, the last good one; of one that
        met a kink, the step on the kink, whose gradient is not a number.
    """

    steps: NDArray[np.int64]
    params: FloatArray
    loss: FloatArray
    gradient: FloatArray
    outcome: tuple[Outcome, ...]
    outcome_step: tuple[int, ...]
    last_step: tuple[int, ...]

    def __post_init__(self) -> None:
        for array in (self.steps, self.params, self.loss, self.gradient):
            array.flags.writeable = False

    @property
    def records(self) -> int:
        """The number of records, the start included."""
        return int(self.steps.size)


@dataclass(frozen=True, eq=False)
class Chunk(_Records):
    """Some consecutive records of a batch, as the engine yields them.

    It has no records at all where a long run is thinned.

    Attributes
    ----------
    reached : int
        The step that the computation has reached.
    states : tuple of (int, state)
        States of the optimizer, of the whole batch, each before the step that is named:
        from there the steps can be taken again.
    """

    reached: int
    states: tuple[tuple[int, object], ...] = ()


@dataclass(frozen=True, eq=False)
class Trajectory(_Records):
    """All records of a batch.

    A run that ended early holds its last values in the remaining records.

    Attributes
    ----------
    thinned : str
        Which steps were left out to bound the memory, in one sentence; empty if none.
    """

    thinned: str = ""

    @property
    def rows(self) -> int:
        """The number of runs, n."""
        return int(self.params.shape[1])

    def run(self, row: int) -> Trajectory:
        """Return one run of the batch as a trajectory of its own, without copying it."""
        return Trajectory(
            steps=self.steps,
            params=self.params[:, row : row + 1],
            loss=self.loss[:, row : row + 1],
            gradient=self.gradient[:, row : row + 1],
            outcome=self.outcome[row : row + 1],
            outcome_step=self.outcome_step[row : row + 1],
            last_step=self.last_step[row : row + 1],
            thinned=self.thinned,
        )

    @property
    def gradient_norm(self) -> FloatArray:
        """The Euclidean norm of the gradient, shape (records, n)."""
        return np.asarray(np.hypot.reduce(self.gradient, axis=-1))

    def record_at(self, step: int) -> int:
        """Return the index of the record at `step`, or of the last one before it."""
        return int(np.searchsorted(self.steps, step, side="right")) - 1

    def sentence(self, run: int = 0) -> str:
        """Say how a run ended."""
        sentence = self.outcome[run].sentence(self.outcome_step[run])
        first, last = float(self.loss[0, run]), float(self.loss[-1, run])
        if self.outcome[run] is Outcome.LAST_STEP and last > first:
            return (
                f"{sentence} The loss grew from {format_number(first)} to "
                f"{format_number(last)}: try a smaller learning rate."
            )
        return sentence
