"""Which runs views show, and how each looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdviz.engine import Trajectory
from gdviz.experiment import Experiment
from gdviz.views.trace import RunLook

__all__ = ["ShownRuns", "shown_runs"]


@dataclass(frozen=True, eq=False)
class ShownRuns:
    """What views are given of the runs, in the order of the list, recorded ones last.

    Attributes
    ----------
    rows : tuple of int
        Their places in the list; recorded runs count on behind it.
    trajectories : tuple of Trajectory
        Each of one run.
    looks : tuple of RunLook
    """

    rows: tuple[int, ...] = ()
    trajectories: tuple[Trajectory, ...] = ()
    looks: tuple[RunLook, ...] = ()


def shown_runs(experiment: Experiment, of_runs: Sequence[Trajectory | None]) -> ShownRuns:
    """Return the runs that are not hidden and have begun.

    Parameters
    ----------
    experiment : Experiment
    of_runs : sequence of Trajectory or None
        One for each run of the list, then the recorded ones; None for one that has not begun.
    """
    looks = _looks(experiment)
    dimension = experiment.landscape.dimension
    shown = [
        (row, trajectory, look)
        for row, (trajectory, look) in enumerate(zip(of_runs, looks, strict=False))
        if trajectory is not None
        and trajectory.records
        and trajectory.params.shape[2] == dimension
        and (row >= len(experiment.runs) or experiment.is_shown(row))
    ]
    if not shown:
        return ShownRuns()
    rows, trajectories, shown_looks = zip(*shown, strict=True)
    return ShownRuns(rows, trajectories, shown_looks)


def _looks(experiment: Experiment) -> list[RunLook]:
    current = experiment.current_row
    looks = [
        RunLook(run.color, run.label, selected=row == current)
        for row, run in enumerate(experiment.runs)
    ]
    first = max((run.color for run in experiment.runs), default=-1) + 1
    looks += [
        RunLook(first + number, track.name, selected=current is None and number == 0)
        for number, track in enumerate(experiment.tracks)
    ]
    return looks
