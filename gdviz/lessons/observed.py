"""What a lesson can see of the window at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.engine import Trajectory
from gdviz.experiment import Experiment
from gdviz.landscapes import FloatArray

__all__ = ["Observed", "Value"]

Value = float | str | bool | None


@dataclass(frozen=True, eq=False)
class Observed:
    """A snapshot on which quantities are evaluated.

    Attributes
    ----------
    experiment : Experiment
    trajectory : Trajectory or None
        The current run's, complete; None while it is being computed, and where there is none.
    step : int
        Where the playhead stands.
    probe : tuple of float or None
        The parameters under the pointer.
    right : tuple of (bool or None)
        For each question whether its answer was right; None while there is none.
    overlays : frozenset of str
        What is drawn over the plots.
    used : frozenset of str
        Of `USES`: what has been used since the step began.
    playing : bool
    page : str
        What stands beside the loss curve.
    """

    experiment: Experiment
    trajectory: Trajectory | None = None
    step: int = 0
    probe: tuple[float, ...] | None = None
    right: tuple[bool | None, ...] = ()
    overlays: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    playing: bool = False
    page: str = "history"

    @property
    def record(self) -> int | None:
        """The record of the current run at the playhead; None where there is none."""
        trajectory = self.trajectory
        if trajectory is None or not trajectory.records:
            return None
        return max(trajectory.record_at(min(self.step, trajectory.last_step[0])), 0)

    @property
    def point(self) -> FloatArray | None:
        """The parameters of the current run at the playhead, shape (d,)."""
        record = self.record
        if self.trajectory is None or record is None:
            return None
        point: FloatArray = self.trajectory.params[record, 0]
        return point
