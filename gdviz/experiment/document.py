"""What a file holds: an experiment, how it is looked at, and at which step."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.experiment.experiment import Experiment
from gdviz.experiment.look import Look

__all__ = ["Document"]


@dataclass(frozen=True)
class Document:
    """An experiment as it is seen.

    Attributes
    ----------
    experiment : Experiment
    look : Look
    step : int or None
        Where the playhead stands; None for the end.
    """

    experiment: Experiment
    look: Look = Look()
    step: int | None = None
