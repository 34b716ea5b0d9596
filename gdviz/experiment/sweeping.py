"""From what is asked for to the sweep of the current run."""

from __future__ import annotations

from gdviz.engine.sweep import Sweep, axis_of, sweepable, usual_range
from gdviz.errors import UserError
from gdviz.experiment.experiment import Experiment
from gdviz.experiment.run import Run
from gdviz.experiment.whole_plane import SweepRange
from gdviz.landscapes import Landscape
from gdviz.optimizers import Optimizer

__all__ = ["sweep_of", "sweep_remark", "swept_names", "swept_ranges", "usual_sweep_range"]

_RATE = "learning_rate"
_COUNTS = {1: (257, 129, 65), 2: (129, 65, 33)}
_MOST_LOSSES = 4e9


def swept_names(experiment: Experiment) -> tuple[str, ...]:
    """Return the hyperparameters that are swept: those asked for that the optimizer has.

    Where it has none of them, its learning rate; where it has no learning rate, its first
    number; none where it has no numbers at all.
    """
    known = [one.name for one in sweepable(experiment.current.optimizer)]
    asked = tuple(one.name for one in experiment.plane.sweep.ranges if one.name in known)
    if asked:
        return asked
    if _RATE in known:
        return (_RATE,)
    return tuple(known[:1])


def swept_ranges(experiment: Experiment) -> tuple[SweepRange, ...]:
    """Return the hyperparameters that are swept with their ranges."""
    asked = {one.name: one for one in experiment.plane.sweep.ranges}
    return tuple(
        asked.get(name) or usual_sweep_range(experiment, name) for name in swept_names(experiment)
    )


def usual_sweep_range(experiment: Experiment, name: str) -> SweepRange:
    """Return the range that shows most of a hyperparameter of the current run."""
    run = experiment.current
    return SweepRange(name, *usual_range(experiment.landscape, run.optimizer, name, run.start))


def sweep_of(experiment: Experiment) -> Sweep:
    """Return the sweep of the current run: its start, optimizer and schedule, without noise.

    Raises
    ------
    UserError
        If there is no run, its optimizer has no number to sweep, or a range is not legal.
    """
    if experiment.current_row is None:
        raise UserError("a sweep needs a run, whose start and optimizer it has; add a start")
    spec, run, landscape = experiment.plane.sweep, experiment.current, experiment.landscape
    ranges = swept_ranges(experiment)
    if not ranges:
        raise UserError(f"'{run.optimizer.key}' has no number to sweep; choose another optimizer")
    count = _count(landscape, len(ranges), spec.steps)
    axes = tuple(axis_of(run.optimizer, one.name, one.low, one.high, count) for one in ranges)
    return Sweep(landscape, run.optimizer, run.start, axes, spec.measure, spec.steps, run.schedule)


def sweep_remark(run: Run) -> str:
    """Return what a user must know to read a run's sweep rightly; empty for nothing."""
    remarks = []
    if not _has_rate(run.optimizer):
        remarks.append(f"{run.optimizer.title} has no learning rate")
    if run.noise is not None:
        remarks.append("without noise")
    return ", ".join(remarks)


def _has_rate(optimizer: Optimizer) -> bool:
    return any(one.name == _RATE for one in sweepable(optimizer))


def _count(landscape: Landscape, axes: int, steps: int) -> int:
    """Return how many values an axis has: fewer where each loss takes long."""
    counts = _COUNTS[axes]
    return next(
        (count for count in counts if count**axes * steps * landscape.cost <= _MOST_LOSSES),
        counts[-1],
    )
