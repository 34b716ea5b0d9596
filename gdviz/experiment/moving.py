"""Taking an experiment over to another landscape, with all that can be kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdviz.engine import MiniBatch
from gdviz.experiment.experiment import Experiment
from gdviz.experiment.run import Run
from gdviz.experiment.suggest import suggested_optimizer, suggested_run
from gdviz.landscapes import Landscape
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.formula import FormulaLandscape

__all__ = ["moved", "retyped"]

_MOST_TAKEN = 12


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

    Its runs keep their starts, where the landscape has a slope there, and their optimizers,
    with learning rates that suit the landscape; what is in view stays where that is the same.
    """
    before = experiment.landscape
    suggested = suggested_run(landscape)
    new = Experiment.on(landscape, title, suggested)
    if landscape.parameters == before.parameters:
        kept = replace(experiment.view) if landscape.domain == before.domain else new.view
        view = replace(kept, slice_axis=experiment.view.slice_axis, cut=experiment.view.cut)
        new = replace(new, view=view, tracks=experiment.tracks)
    runs = [_moved_run(run, landscape, suggested) for run in _few(experiment)]
    draft = _moved_run(experiment.current, landscape, suggested)
    current = experiment.current_row if len(runs) == len(experiment.runs) else 0
    return replace(new, draft=draft, runs=tuple(runs) or (draft,), selection=(current or 0,))


def _few(experiment: Experiment) -> tuple[Run, ...]:
    """Return the runs that are taken along: all of a race, but not a multitude of starts."""
    if len(experiment.runs) > _MOST_TAKEN:
        return (experiment.current,)
    return experiment.runs


def _moved_run(run: Run, landscape: Landscape, suggested: Run) -> Run:
    start = run.start
    if len(start) != landscape.dimension or not _descends_from(landscape, start):
        start = suggested.start
    noise = run.noise
    if isinstance(noise, MiniBatch) and not isinstance(landscape, FitLandscape):
        noise = None
    optimizer = suggested_optimizer(run.optimizer, landscape, start)
    return replace(run, optimizer=optimizer, start=start, noise=noise)


def _descends_from(landscape: Landscape, start: tuple[float, ...]) -> bool:
    if not landscape.domain.contains(start):
        return False
    loss, gradient = landscape.loss([start]), landscape.gradient([start])
    return bool(np.isfinite(loss).all() and np.isfinite(gradient).all() and np.any(gradient != 0.0))
