"""The document that a window edits and the command line renders."""

from gdviz.experiment.batching import Batch, batches, in_order
from gdviz.experiment.document import Document
from gdviz.experiment.experiment import Experiment, Suggestion, ViewSettings
from gdviz.experiment.moving import moved, retyped
from gdviz.experiment.run import Run
from gdviz.experiment.source import (
    SOURCE_KINDS,
    Reading,
    TableWish,
    open_document,
    open_experiment,
    open_landscape,
)
from gdviz.experiment.starts import MOST_STARTS, Start, parse_starts

__all__ = [
    "MOST_STARTS",
    "SOURCE_KINDS",
    "Batch",
    "Document",
    "Experiment",
    "Reading",
    "Run",
    "Start",
    "Suggestion",
    "TableWish",
    "ViewSettings",
    "batches",
    "in_order",
    "moved",
    "open_document",
    "open_experiment",
    "open_landscape",
    "parse_starts",
    "retyped",
]
