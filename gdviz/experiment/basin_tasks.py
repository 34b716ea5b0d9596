"""From what is asked for to the basin maps that are to be computed."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.experiment.experiment import Experiment
from gdviz.landscapes import Domain, Landscape
from gdviz.optimizers import CONSTANT, Optimizer, Schedule, optimizer
from gdviz.optimizers.gradient_descent import GradientDescent

__all__ = ["BasinTask", "basin_task", "other_optimizer"]

_MOST_WORK = 2e9  # losses; a map of a landscape that costs more has fewer pixels


@dataclass(frozen=True)
class BasinTask:
    """Basin maps of one box: one, or two of which the second shares the first one's places.

    Attributes
    ----------
    landscape : Landscape
    optimizers : tuple of (Optimizer, Schedule)
        One or two.
    domain : Domain
    shape : (int, int)
        Rows and columns.
    steps : int
    """

    landscape: Landscape
    optimizers: tuple[tuple[Optimizer, Schedule], ...]
    domain: Domain
    shape: tuple[int, int]
    steps: int

    @property
    def family(self) -> object:
        """What maps have in common that number the same places alike."""
        return (self.landscape, self.optimizers[0], self.steps)


def basin_task(experiment: Experiment, domain: Domain, shape: tuple[int, int]) -> BasinTask:
    """Return the maps of the current run's optimizer, and of the other one if it is wanted.

    Parameters
    ----------
    experiment : Experiment
    domain : Domain
        The box.
    shape : (int, int)
        Rows and columns; fewer where each loss takes long.
    """
    run, spec, landscape = experiment.current, experiment.plane.basins, experiment.landscape
    chosen = [(run.optimizer, run.schedule)]
    if spec.mode != "one":
        chosen.append(other_optimizer(experiment))
    rows, columns = shape
    while rows * columns * landscape.cost * spec.steps > _MOST_WORK and min(rows, columns) > 32:
        rows, columns = rows // 2, columns // 2
    return BasinTask(landscape, tuple(chosen), domain, (rows, columns), spec.steps)


def other_optimizer(experiment: Experiment) -> tuple[Optimizer, Schedule]:
    """Return the second map's optimizer: the one chosen, or one that is worth comparing with."""
    spec, run = experiment.plane.basins, experiment.current
    if spec.other is not None:
        return spec.other, spec.other_schedule
    rate = getattr(run.optimizer, "learning_rate", None)
    name = "momentum" if isinstance(run.optimizer, GradientDescent) else "gd"
    known = {} if rate is None else {"learning_rate": float(rate)}
    return optimizer(name, **known), CONSTANT
