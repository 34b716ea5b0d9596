"""The document: one landscape, its runs, and how they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from gdviz.engine import Descent
from gdviz.landscapes import Domain, Landscape, Preset
from gdviz.optimizers import Optimizer, optimizer

__all__ = ["Experiment", "Run", "ViewSettings"]


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


@dataclass(frozen=True)
class ViewSettings:
    """What the views show.

    Attributes
    ----------
    domain : Domain
        The box of parameters in view.
    slice_axis : int
        The parameter along which the loss curve is cut.
    """

    domain: Domain
    slice_axis: int = 0


@dataclass(frozen=True)
class Experiment:
    """One landscape, its runs and the view settings; a frozen value.

    Attributes
    ----------
    title : str
    landscape : Landscape
    draft : Run
        What the next start is run with.
    runs : tuple of Run
    view : ViewSettings
    """

    title: str
    landscape: Landscape
    draft: Run
    runs: tuple[Run, ...]
    view: ViewSettings

    @classmethod
    def of(cls, preset: Preset) -> Self:
        """Return a preset's landscape with one run from its suggested start."""
        landscape = preset.build()
        run = Run(optimizer("gd", learning_rate=preset.learning_rate), preset.start)
        return cls(preset.title, landscape, run, (run,), ViewSettings(landscape.domain))

    def descents(self) -> tuple[Descent, ...]:
        """Return what the engine computes: neighboring runs that differ only in start, as one.

        Raises
        ------
        UserError
            If a start or a number of steps is out of range.
        """
        alike = groupby(self.runs, key=lambda run: (run.optimizer, run.steps))
        return tuple(
            Descent.of(self.landscape, optimizer, [run.start for run in runs], steps)
            for (optimizer, steps), runs in alike
        )

    def started(self, start: tuple[float, ...]) -> Self:
        """Return the experiment with a single run, from another start."""
        draft = replace(self.draft, start=start)
        return replace(self, draft=draft, runs=(draft,))

    def cleared(self) -> Self:
        """Return the experiment without runs."""
        return replace(self, runs=())

    def tuned(self, change: Callable[[Run], Run]) -> Self:
        """Return the experiment with `change` made to every run and to the draft."""
        runs = tuple(change(run) for run in self.runs)
        return replace(self, draft=change(self.draft), runs=runs)

    def showing(self, domain: Domain) -> Self:
        """Return the experiment with another box in view."""
        return replace(self, view=replace(self.view, domain=domain))

    def sliced(self, axis: int) -> Self:
        """Return the experiment with the loss curve cut along another parameter."""
        return replace(self, view=replace(self.view, slice_axis=axis))
