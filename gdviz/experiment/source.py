"""From what a user names to what gdviz opens."""

from __future__ import annotations

from gdviz.experiment.experiment import Experiment
from gdviz.landscapes import Landscape, preset

__all__ = ["open_experiment", "open_landscape"]


def open_experiment(source: str) -> Experiment:
    """Return the experiment that a source stands for.

    Parameters
    ----------
    source : str
        The name of a preset, such as ``"valley"``.

    Raises
    ------
    UserError
        If there is no such source.
    """
    return Experiment.of(preset(source))


def open_landscape(source: str) -> Landscape:
    """Return the landscape that a source stands for; takes what `open_experiment` does."""
    return preset(source).build()
