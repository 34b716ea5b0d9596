"""How a swarm descends, in words."""

from __future__ import annotations

from gdviz.engine.swarm import MOST_SWARM_STEPS
from gdviz.experiment import Experiment
from gdviz.experiment.swarm import swarm_steps
from gdviz.optimizers import CONSTANT
from gdviz.ui.run_words import settings_words

__all__ = ["follows_words"]


def follows_words(experiment: Experiment) -> str:
    """Say what the runs of a swarm have in common: all but the start is the current run's."""
    run = experiment.current
    settings = settings_words(run.optimizer)
    rule = f"{run.optimizer.title}, {settings}" if settings else run.optimizer.title
    words = f"All descend as the current run: {rule}, {swarm_steps(experiment):,} steps."
    if run.schedule != CONSTANT:
        words += f" Schedule: {run.schedule.title}."
    if run.noise is not None:
        words += " The current run has noise; the swarm descends without it."
    if run.steps > MOST_SWARM_STEPS:
        words += f" A swarm takes the first {MOST_SWARM_STEPS:,} of {run.steps:,} steps."
    return words
