"""From a list of runs to the batches that the engine computes at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gdviz.engine import Descent, MiniBatch, Trajectory
from gdviz.experiment.run import Run
from gdviz.landscapes import Landscape
from gdviz.optimizers import Optimizer

__all__ = ["Batch", "batches", "in_order"]


@dataclass(frozen=True, eq=False)
class Batch:
    """Runs that are computed together.

    Attributes
    ----------
    descent : Descent
        One row for each run.
    runs : tuple of int
        Their places in the list of runs.
    """

    descent: Descent
    runs: tuple[int, ...]


def batches(landscape: Landscape, runs: Sequence[Run]) -> tuple[Batch, ...]:
    """Return the batches of some runs: those that differ in numbers only, together.

    Raises
    ------
    UserError
        If a start, a number of steps, a schedule or noise is not what a run can have.
    """
    groups: dict[object, list[int]] = {}
    for number, run in enumerate(runs):
        groups.setdefault(_kind(run), []).append(number)
    return tuple(
        Batch(_descent(landscape, [runs[number] for number in numbers]), tuple(numbers))
        for numbers in groups.values()
    )


def in_order(
    made: Iterable[tuple[Batch, Trajectory]],
) -> tuple[tuple[int, Trajectory], ...]:
    """Return the runs of some batches one by one: place in the list, trajectory."""
    single = [
        (number, trajectory.run(row))
        for batch, trajectory in made
        for row, number in enumerate(batch.runs)
    ]
    return tuple(sorted(single, key=lambda pair: pair[0]))


def _kind(run: Run) -> object:
    """Return what runs must have in common to be rows of one batch."""
    structure = tuple(
        (declared.name, getattr(run.optimizer, declared.name))
        for declared in run.optimizer.hyperparameters()
        if declared.kind != "number" or _switches(run.optimizer, declared.name)
    )
    size = run.noise.size if isinstance(run.noise, MiniBatch) else 0
    return (type(run.optimizer), structure, run.steps, run.schedule, type(run.noise), size)


def _switches(optimizer: Optimizer, name: str) -> bool:
    """Tell whether a number that is 0 leaves a part of the rule out."""
    return bool(getattr(optimizer, name) == 0.0)


def _descent(landscape: Landscape, runs: Sequence[Run]) -> Descent:
    first = runs[0]
    return Descent.of(
        landscape,
        _stacked([run.optimizer for run in runs]),
        [run.start for run in runs],
        first.steps,
        schedule=first.schedule,
        noise=[run.noise for run in runs],
    )


def _stacked(optimizers: Sequence[Optimizer]) -> Optimizer:
    """Return one optimizer whose numbers differ by row where those of these optimizers do."""
    first = optimizers[0]
    rows: dict[str, np.ndarray] = {}
    for declared in first.hyperparameters():
        values = [getattr(optimizer, declared.name) for optimizer in optimizers]
        if any(value != values[0] for value in values):
            rows[declared.name] = np.array(values, dtype=np.float64)[:, np.newaxis]
    return replace(first, **rows) if rows else first
