"""One run, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine import Noise
from gdviz.optimizers import CONSTANT, Optimizer, Schedule
from gdviz.optimizers.gradient_descent import GradientDescent

__all__ = ["Run", "RunTask"]

RunTask = tuple[Optimizer, tuple[float, ...], int, Schedule, Noise | None]


@dataclass(frozen=True)
class Run:
    """One optimizer with its hyperparameters, from one start; and how it is told apart.

    Attributes
    ----------
    optimizer : Optimizer
    start : tuple of float
        One number per parameter.
    steps : int
        How many steps it takes at most.
    schedule : Schedule
        How the learning rate changes with the step.
    noise : Noise or None
        What it sees instead of the gradient.
    name : str
        What the user calls it; empty for the optimizer's title.
    color : int
        Its place in the palette.
    hidden : bool
        Whether views leave it out.
    """

    optimizer: Optimizer
    start: tuple[float, ...]
    steps: int = 200
    schedule: Schedule = CONSTANT
    noise: Noise | None = None
    name: str = ""
    color: int = 0
    hidden: bool = False

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return self.name or self.optimizer.title

    def rate_at(self, step: int) -> float | None:
        """Return the η of which a step is −η ∇f; None where the step is something else."""
        if not isinstance(self.optimizer, GradientDescent) or self.noise is not None:
            return None
        at = np.array([max(min(step, self.steps - 1), 0)])
        return float(self.optimizer.learning_rate * self.schedule.factors(at, self.steps)[0])

    @property
    def task(self) -> RunTask:
        """What decides its trajectory on a landscape."""
        return (self.optimizer, self.start, self.steps, self.schedule, self.noise)
