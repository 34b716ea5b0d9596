"""One run, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.engine import Noise
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

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

    @property
    def task(self) -> RunTask:
        """What decides its trajectory on a landscape."""
        return (self.optimizer, self.start, self.steps, self.schedule, self.noise)
