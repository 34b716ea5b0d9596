"""Where all points of a grid lead, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gdviz.engine import Outcome
from gdviz.engine.basins import (
    DIVERGED,
    NOWHERE,
    UNDEFINED,
    BasinDifference,
    BasinMap,
    Comparison,
    Rest,
    basin_maps,
    difference,
)
from gdviz.experiment import Experiment
from gdviz.experiment.basin_tasks import other_optimizer
from gdviz.export.material import Told
from gdviz.export.run_records import about_landscape, about_method
from gdviz.export.sheet import Column, Sheet
from gdviz.optimizers import Optimizer, Schedule

__all__ = ["basins_sheet"]

_OUTCOMES = {
    0: Outcome.CONVERGED,
    DIVERGED: Outcome.DIVERGED,
    NOWHERE: Outcome.LAST_STEP,
    UNDEFINED: Outcome.UNDEFINED,
}
_WORDS = tuple(outcome.value for outcome in _OUTCOMES.values())
_COMPARED = tuple(one.name.lower() for one in Comparison)


def basins_sheet(experiment: Experiment, samples: tuple[int, int], told: Told) -> Sheet:
    """Return a row for each point: the centers of a grid's cells over what is seen.

    Parameters
    ----------
    experiment : Experiment
    samples : (int, int)
        How many cells along the first and the second parameter.
    told : callable
        Is told the share that is computed.
    """
    run, spec = experiment.current, experiment.plane.basins
    names = experiment.landscape.parameters
    two = spec.mode != "one"
    parts = 2.0 if two else 1.0
    first = _computed(
        experiment, run.optimizer, run.schedule, samples, (), lambda share: told(share / parts)
    )
    about: dict[str, Any] = {
        **about_landscape(experiment),
        **about_method(run.optimizer, run.schedule),
        "steps": spec.steps,
    }
    columns = list(_columns(first, names, ""))
    rests = first.rests
    if two:
        other, schedule = other_optimizer(experiment)
        second = _computed(
            experiment,
            other,
            schedule,
            samples,
            first.rests,
            lambda share: told((1.0 + share) / parts),
        )
        rests = second.rests
        about["second"] = about_method(other, schedule)
        columns += [*_columns(second, names, "second_"), *_compared(difference(first, second))]
    about["places"] = [
        {
            "basin": number,
            **dict(zip(names, rest.point, strict=True)),
            "loss": rest.loss,
            "kind": rest.kind,
            "known": rest.known,
        }
        for number, rest in enumerate(rests, start=1)
    ]
    flat = len(names) == 1
    shown = [Column(one.name, one.values[0], one.words) for one in columns] if flat else columns
    axes = {names[0]: first.x} if flat else dict(zip(names, (first.x, first.y), strict=True))
    return Sheet("gdviz-basins", about, tuple(shown), axes, _arrays(rests, len(names)))


def _computed(
    experiment: Experiment,
    optimizer: Optimizer,
    schedule: Schedule,
    samples: tuple[int, int],
    known: Sequence[Rest],
    told: Told,
) -> BasinMap:
    made = None
    maps = basin_maps(
        experiment.landscape,
        optimizer,
        experiment.view.domain,
        (samples[1], samples[0]),
        steps=experiment.plane.basins.steps,
        schedule=schedule,
        known=known,
    )
    share = 0.0
    for found in maps:
        if found is not None:
            made, share = found, 1.0 / found.pixel**2
        told(share)
    assert made is not None
    return made


def _columns(found: BasinMap, names: tuple[str, ...], before: str) -> tuple[Column, ...]:
    """Return a map's columns; places are numbered from 1, and 0 is none."""
    outcome = np.zeros(found.shape, dtype=np.uint8)
    for number, code in enumerate(_OUTCOMES):
        outcome[found.basin == code if code else found.basin >= 0] = number
    dimension = len(names)
    points = np.array([rest.point for rest in found.rests]).reshape(-1, dimension)
    points = np.concatenate([points, np.full((1, dimension), np.nan)])
    place = np.where(found.basin >= 0, found.basin, len(found.rests))
    return (
        Column(f"{before}basin", np.maximum(found.basin.astype(np.int64), -1) + 1),
        Column(f"{before}outcome", outcome, _WORDS),
        Column(f"{before}steps", found.step),
        *(Column(f"{before}rest_{name}", points[place, n]) for n, name in enumerate(names)),
    )


def _compared(found: BasinDifference) -> tuple[Column, ...]:
    return (
        Column("difference", found.comparison.astype(np.uint8), _COMPARED),
        Column("saved_steps", found.saved),
    )


def _arrays(rests: Sequence[Rest], dimension: int) -> dict[str, Any]:
    return {
        "place": np.array([rest.point for rest in rests]).reshape(-1, dimension),
        "place_loss": np.array([rest.loss for rest in rests], dtype=np.float64),
        "place_kind": np.array([rest.kind for rest in rests], dtype=np.str_),
    }
