"""One run, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.optimizers import Optimizer

__all__ = ["Run"]


@dataclass(frozen=True)
class Run:
    """One optimizer with its hyperparameters, from one start.

    Attributes
    ----------
    optimizer : Optimizer
    start : tuple of float
        One number per parameter.
    steps : int
        How many steps it takes at most.
    """

    optimizer: Optimizer
    start: tuple[float, ...]
    steps: int = 200
