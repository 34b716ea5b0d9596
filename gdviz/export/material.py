"""What is exported, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from gdviz.engine import Trajectory
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import Experiment
from gdviz.experiment.document import Document
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.film_spec import FilmSpec

__all__ = ["CONTENTS", "DataSpec", "ExportSpec", "Material", "Told", "Writer"]

CONTENTS = ("runs", "field", "swarm", "basins", "sweep", "sensitivity")
"""What a file of numbers holds: the runs' steps, the loss on a grid, where very many starts are at
a step, where all points of a grid lead, what becomes of the current run over a range of
hyperparameters, or how sharp it is around the current point."""
MOST_SAMPLES = 4_000_000
"""Of a field, of a map."""

Told = Callable[[float], object]
"""Gets the share that is done, from 0 to 1; raises where the rest is not wanted any more."""


@dataclass(frozen=True, eq=False)
class Material:
    """A document and what was computed of it.

    Attributes
    ----------
    document : Document
    trajectories : tuple of Trajectory
        Of the experiment's runs, in their order, then of the recorded ones.
    """

    document: Document
    trajectories: tuple[Trajectory, ...]

    @property
    def experiment(self) -> Experiment:
        """The document's experiment."""
        return self.document.experiment


@dataclass(frozen=True)
class DataSpec:
    """What a file of numbers holds.

    Attributes
    ----------
    content : str
        One of `CONTENTS`.
    samples : (int, int)
        Of a field and of basins, along the first and the second parameter; of a sweep, along
        the first and the second hyperparameter.

    Raises
    ------
    UserError
        If something is out of range.
    """

    content: str = CONTENTS[0]
    samples: tuple[int, int] = (201, 201)

    def __post_init__(self) -> None:
        if self.content not in CONTENTS:
            raise UserError(
                f"there is no content '{self.content}'{did_you_mean(self.content, CONTENTS)} "
                f"(known: {', '.join(CONTENTS)})"
            )
        wide, high = self.samples
        if min(self.samples) < 2 or wide * high > MOST_SAMPLES:
            raise UserError(
                f"a grid has at least 2x2 and at most {MOST_SAMPLES:,} samples, got {wide}x{high}"
            )


@dataclass(frozen=True)
class ExportSpec:
    """How a file is written; each format takes what concerns it."""

    figure: FigureSpec = FigureSpec()
    film: FilmSpec = FilmSpec()
    data: DataSpec = DataSpec()


Writer = Callable[[Material, ExportSpec, BinaryIO, Told], None]
"""Writes to an open binary file that can seek."""
