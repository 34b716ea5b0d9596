"""A run as a view draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gdviz.engine import Trajectory
from gdviz.landscapes import FloatArray

__all__ = [
    "CROWD",
    "RecordOf",
    "RunLook",
    "Trace",
    "index_of_selected",
    "selected_of",
    "traces_of",
]

CROWD = 12
"""Of more runs than these, all but the selected one are drawn with less."""

RecordOf = tuple[int, int]
"""A record as views tell each other of it: the run's place in the list, and the step."""


@dataclass(frozen=True)
class RunLook:
    """How one run is told from the others.

    Attributes
    ----------
    color : int
        Its place in the theme's palette.
    name : str
        What it is called.
    selected : bool
        Whether it is the one whose slice, slope and numbers are shown.
    shape : int
        The place of its marks' outline in `gdviz.views.mark_shapes.SHAPES`.
    """

    color: int
    name: str = ""
    selected: bool = False
    shape: int = 0


@dataclass(frozen=True, eq=False)
class Trace:
    """One run of a trajectory, with its look.

    Attributes
    ----------
    trajectory : Trajectory
    row : int
        The run within the trajectory.
    look : RunLook
    """

    trajectory: Trajectory
    row: int
    look: RunLook

    @cached_property
    def params(self) -> FloatArray:
        """The parameters at every record, shape (records, d)."""
        return self.trajectory.params[:, self.row]

    @cached_property
    def loss(self) -> FloatArray:
        """The loss at every record, shape (records,)."""
        return self.trajectory.loss[:, self.row]

    @cached_property
    def gradient(self) -> FloatArray:
        """The gradient at every record, shape (records, d)."""
        return self.trajectory.gradient[:, self.row]

    @cached_property
    def last_record(self) -> int:
        """The record of the run's last step."""
        return self.trajectory.record_at(self.trajectory.last_step[self.row])

    @cached_property
    def _unthinned(self) -> bool:
        """Whether the record of each step has the step's own number."""
        steps = self.trajectory.steps
        return bool(steps[0] == 0 and steps[-1] == steps.size - 1)

    def continues(self, earlier: Trace) -> bool:
        """Tell whether this is an earlier trace with nothing but more records.

        Then both are views of the same memory: from the same place on, in the same strides.
        """
        params, before = self.trajectory.params, earlier.trajectory.params
        shared = params is before or (params.base is not None and params.base is before.base)
        return (
            shared
            and (self.row, self.look) == (earlier.row, earlier.look)
            and params.__array_interface__["data"][0] == before.__array_interface__["data"][0]
            and params.strides == before.strides
            and self.last_record >= earlier.last_record
        )

    def record_at(self, step: int) -> int:
        """Return the record that shows `step`: the run's last one if it ended before."""
        if self._unthinned and step >= 0:
            return min(step, self.last_record)
        return self.trajectory.record_at(min(step, self.trajectory.last_step[self.row]))


def traces_of(
    trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
) -> tuple[Trace, ...]:
    """Return all runs of all trajectories in order.

    Parameters
    ----------
    trajectories : sequence of Trajectory
    looks : sequence of RunLook
        One for each run; if empty, runs have the palette's colors in turn, and the first one
        is selected.
    """
    rows = [
        (trajectory, row)
        for trajectory in trajectories
        for row in range(trajectory.params.shape[1])
    ]
    given = looks or [RunLook(number, selected=number == 0) for number in range(len(rows))]
    return tuple(
        Trace(trajectory, row, look) for (trajectory, row), look in zip(rows, given, strict=True)
    )


def selected_of(traces: Sequence[Trace]) -> Trace | None:
    """Return the selected run, or the first one, or None if there is none."""
    return traces[index_of_selected(traces)] if traces else None


def index_of_selected(traces: Sequence[Trace]) -> int:
    """Return the place of the run that `selected_of` returns; −1 if there is none."""
    for index, trace in enumerate(traces):
        if trace.look.selected:
            return index
    return 0 if traces else -1
