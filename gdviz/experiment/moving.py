"""Taking an experiment over to another landscape, with all that can be kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdviz.experiment.experiment import Experiment
from gdviz.experiment.run import Run
from gdviz.experiment.suggest import suggested_rate, suggested_run
from gdviz.landscapes import Landscape
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import Optimizer, with_hyperparameters

__all__ = ["moved", "retyped"]


def retyped(experiment: Experiment, text: str) -> Experiment:
    """Return the experiment on the landscape of a formula.

    Sliders of the same names keep their values.

    Parameters
    ----------
    experiment : Experiment
    text : str
        The formula as it is typed.

    Raises
    ------
    UserError
        If the text is no formula.
    """
    landscape, before = FormulaLandscape.of(text), experiment.landscape
    if isinstance(before, FormulaLandscape):
        values = {knob.name: knob.value for knob in before.knobs}
        for knob in landscape.knobs:
            landscape = landscape.with_knob(knob.name, values.get(knob.name, knob.value))
    return moved(experiment, landscape, landscape.expression)


def moved(experiment: Experiment, landscape: Landscape, title: str) -> Experiment:
    """Return the experiment on another landscape.

    It keeps its start, where the landscape has a slope there; its optimizer, with a
    learning rate that suits the landscape; and what is in view, where that is the same.
    """
    before = experiment.landscape
    suggested = suggested_run(landscape)
    new = Experiment.on(landscape, title, suggested)
    if landscape.parameters == before.parameters:
        kept = replace(experiment.view) if landscape.domain == before.domain else new.view
        view = replace(kept, slice_axis=experiment.view.slice_axis)
        new = replace(new, view=view, tracks=experiment.tracks)
    start = experiment.draft.start
    if len(start) != landscape.dimension or not _descends_from(landscape, start):
        start = suggested.start
    draft = experiment.draft
    rate = suggested_rate(landscape, start)
    run = Run(_rated(draft.optimizer, rate), start, draft.steps)
    return replace(new, draft=run, runs=(run,))


def _descends_from(landscape: Landscape, start: tuple[float, ...]) -> bool:
    if not landscape.domain.contains(start):
        return False
    loss, gradient = landscape.loss([start]), landscape.gradient([start])
    return bool(np.isfinite(loss).all() and np.isfinite(gradient).all() and np.any(gradient != 0.0))


def _rated(optimizer: Optimizer, rate: float) -> Optimizer:
    if any(known.name == "learning_rate" for known in optimizer.hyperparameters()):
        return with_hyperparameters(optimizer, learning_rate=rate)
    return optimizer
