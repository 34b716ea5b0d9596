"""Runs as the words of a shell."""

from __future__ import annotations

from dataclasses import replace

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run
from gdviz.experiment.run_text import run_words
from gdviz.experiment.words import number_words, optimizer_words, point_words, schedule_words
from gdviz.export.order.options import FLAGS, Options
from gdviz.export.order.runs import with_runs
from gdviz.optimizers import CONSTANT

__all__ = ["words_of_runs"]

_LARGE = 10**18
"""Seeds from here on are understood in whole runs only."""
_MANY = 12
"""So many starts can still be told one by one."""


def words_of_runs(experiment: Experiment, usual: Run | None) -> list[str]:
    """Return the options that stand for an experiment's runs.

    Parameters
    ----------
    experiment : Experiment
    usual : Run or None
        The run that there is without options; None where it isn't certain.
    """
    runs = experiment.runs
    if not runs:
        alone = "--no-runs"
        draft = replace(experiment.draft, name="", color=0, hidden=False)
        return [alone] if draft == usual else [alone, *_simple_words((draft,))]
    if runs == (usual,):
        return []
    return _simple(experiment) or [
        word for place, run in enumerate(runs) for word in (FLAGS["runs"], run_words(run, place))
    ]


def _simple(experiment: Experiment) -> list[str]:
    """Return starts and optimizers, if each of them from each of those makes the runs."""
    runs = experiment.runs
    first = runs[0]
    starts = list(dict.fromkeys(run.start for run in runs))
    kinds = list(dict.fromkeys(run.optimizer for run in runs))
    if len(starts) * len(kinds) != len(runs) or len(starts) > _MANY:
        return []
    if not all(experiment.view.domain.contains(start) for start in starts):
        return []
    if first.noise is not None and first.noise.seed >= _LARGE:
        return []
    options: Options = {"start": starts, "optimizer": kinds, "steps": first.steps}
    options["schedule"] = first.schedule
    if first.noise is not None:
        options["noise"] = first.noise
        options["seed"] = first.noise.seed
    try:
        made = with_runs(experiment, options).runs
    except UserError:
        return []
    return _simple_words(runs) if made == runs else []


def _simple_words(runs: tuple[Run, ...]) -> list[str]:
    first = runs[0]
    words = []
    for start in dict.fromkeys(run.start for run in runs):
        words += [FLAGS["start"], point_words(start)]
    for kind in dict.fromkeys(run.optimizer for run in runs):
        words += [FLAGS["optimizer"], optimizer_words(kind)]
    if first.steps != Run(first.optimizer, first.start).steps:
        words += [FLAGS["steps"], str(first.steps)]
    if first.schedule != CONSTANT:
        words += [FLAGS["schedule"], schedule_words(first.schedule)]
    if isinstance(first.noise, GradientNoise):
        words += [FLAGS["noise"], number_words(first.noise.scale)]
    elif isinstance(first.noise, MiniBatch):
        words += [FLAGS["batch_size"], str(first.noise.size)]
    if first.noise is not None and first.noise.seed:
        words += [FLAGS["seed"], str(first.noise.seed)]
    return words
