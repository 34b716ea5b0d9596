"""The document that a window edits and the command line renders."""

from gdviz.experiment.experiment import Experiment, Run, ViewSettings
from gdviz.experiment.source import open_experiment, open_landscape
from gdviz.experiment.starts import MOST_STARTS, Start, parse_starts

__all__ = [
    "MOST_STARTS",
    "Experiment",
    "Run",
    "Start",
    "ViewSettings",
    "open_experiment",
    "open_landscape",
    "parse_starts",
]
