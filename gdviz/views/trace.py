"""A run as a view draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdviz.engine import Trajectory
from gdviz.landscapes import FloatArray

__all__ = ["Trace", "traces_of"]


@dataclass(frozen=True, eq=False)
class Trace:
    """One run of a trajectory, with its place in the list of runs.

    Attributes
    ----------
    trajectory : Trajectory
    row : int
        The run within the trajectory.
    number : int
        The run among all runs, which decides its color.
    """

    trajectory: Trajectory
    row: int
    number: int

    @property
    def params(self) -> FloatArray:
        """The parameters at every record, shape (records, d)."""
        return self.trajectory.params[:, self.row]

    @property
    def loss(self) -> FloatArray:
        """The loss at every record, shape (records,)."""
        return self.trajectory.loss[:, self.row]

    @property
    def gradient(self) -> FloatArray:
        """The gradient at every record, shape (records, d)."""
        return self.trajectory.gradient[:, self.row]

    def continues(self, earlier: Trace) -> bool:
        """Tell whether this is an earlier trace with nothing but more records."""
        params, before = self.trajectory.params, earlier.trajectory.params
        return (
            (self.row, self.number) == (earlier.row, earlier.number)
            and params.base is not None
            and params.base is before.base
            and len(params) >= len(before)
        )

    def record_at(self, step: int) -> int:
        """Return the record that shows `step`: the run's last one if it ended before."""
        return self.trajectory.record_at(min(step, self.trajectory.last_step[self.row]))


def traces_of(trajectories: Sequence[Trajectory]) -> tuple[Trace, ...]:
    """Return all runs of all trajectories in order."""
    rows = [
        (trajectory, row)
        for trajectory in trajectories
        for row in range(trajectory.params.shape[1])
    ]
    return tuple(Trace(trajectory, row, number) for number, (trajectory, row) in enumerate(rows))
