"""What becomes of a run over a range of one or two hyperparameters, as columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from gdviz.engine.bulk import CODES
from gdviz.engine.sweep import Sweep, SweepBounds, SweepMap, axis_of
from gdviz.experiment import Experiment
from gdviz.experiment.sweeping import sweep_of
from gdviz.export.material import Told
from gdviz.export.run_records import about_landscape, about_method
from gdviz.export.sheet import Column, Sheet

__all__ = ["sweep_sheet"]

_WORDS = tuple(outcome.value for outcome in CODES)


def sweep_sheet(experiment: Experiment, samples: tuple[int, int], told: Told) -> Sheet:
    """Return a row for each value, or for each pair of values.

    Parameters
    ----------
    experiment : Experiment
    samples : (int, int)
        How many values along the first and the second hyperparameter.
    told : callable
        Is told the share that is computed.

    Raises
    ------
    UserError
        If there is no run, or a range is not legal.
    """
    made = sweep_of(experiment)
    axes = tuple(
        axis_of(made.optimizer, axis.name, float(axis.values[0]), float(axis.values[-1]), count)
        for axis, count in zip(made.axes, samples, strict=False)
    )
    found = _computed(replace(made, axes=axes), told)
    about: dict[str, Any] = {
        **about_landscape(experiment),
        **about_method(made.optimizer, made.schedule),
        "start": list(made.start),
        "start_loss": found.start_loss,
        "steps": made.steps,
        "swept": [axis.name for axis in axes],
        "best": None if found.best is None else list(found.at(found.best)),
        "bounds": None if found.bounds is None else _bounds(found.bounds),
    }
    arrays = {} if found.bounds is None else {"bound": found.bounds.bound.astype("<f8")}
    return Sheet(
        "gdviz-sweep",
        about,
        (
            Column("loss", found.loss),
            Column("outcome", found.outcome, _WORDS),
            Column("outcome_step", found.step),
        ),
        {axis.name: axis.values for axis in found.axes},
        arrays,
    )


def _computed(sweep: Sweep, told: Told) -> SweepMap:
    whole = int(np.prod([axis.values.size for axis in sweep.axes]))
    share, made = 0.0, None
    for found in sweep.maps():
        if found is not None:
            share, made = found.loss.size / whole, found
        told(share)
    assert made is not None
    return made


def _bounds(bounds: SweepBounds) -> dict[str, Any]:
    return {
        "minimum": list(bounds.minimum),
        "smallest_curvature": bounds.flattest,
        "largest_curvature": bounds.steepest,
        "exact": bounds.exact,
        "formula": bounds.formula,
        "points": bounds.bound.tolist(),
        "quickest": None if bounds.best is None else list(bounds.best),
        "quickest_formula": bounds.best_formula,
    }
