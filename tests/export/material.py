"""What the tests of exports write, and how: views and looks by their names."""

from __future__ import annotations

from dataclasses import fields

from gdviz.engine import compute
from gdviz.experiment import in_order
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.material import ExportSpec, Material

_OF_LOOK = {known.name for known in fields(Look)}


def computed(experiment):
    """Return the trajectories of an experiment's runs, in their order."""
    done = [(batch, compute(batch.descent)) for batch in experiment.batches()]
    return [trajectory for _, trajectory in in_order(done)]


def material_of(experiment, trajectories=None) -> Material:
    """Return an experiment with what is computed of it, or with what is given."""
    made = computed(experiment) if trajectories is None else trajectories
    return Material(Document(experiment), tuple(made))


def figure_spec(view: str | None = None, **spec) -> FigureSpec:
    """Return a picture's spec: one view, or ``views``; what is of the look goes there."""
    look = Look(**{name: spec.pop(name) for name in _OF_LOOK & set(spec)})
    if view is not None:
        spec["views"] = tuple(view.split(","))
    return FigureSpec(look=look, **spec)


def export_spec(view: str | None = None, **spec) -> ExportSpec:
    """Return an export's spec with such a picture."""
    return ExportSpec(figure_spec(view, **spec))
