"""What a file of numbers tells of each run, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz import __version__
from gdviz.engine import GradientNoise, MiniBatch, Noise, Trajectory
from gdviz.experiment import Experiment, Run
from gdviz.export.material import Material
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import Optimizer, Schedule
from gdviz.surfaces import Track

__all__ = ["RECORDED", "RunRecords", "about_landscape", "about_method", "records_of"]

RECORDED = "recorded"
"""What stands in the place of an optimizer's key for a run that was recorded elsewhere."""


@dataclass(frozen=True, eq=False)
class RunRecords:
    """One run: what it was asked for, how it ended, and its records up to there.

    Attributes
    ----------
    number : int
        From 1 on.
    label : str
    optimizer : str
        Its key, or `RECORDED`.
    hyperparameters : dict
        Names and values.
    schedule : dict or None
        Its ``key`` and its settings; None for a recorded run.
    noise : dict or None
        Its ``kind``, ``"gradient"`` or ``"mini-batch"``, its scale or size, and its seed.
    start : tuple of float
    steps : int
        How many it may take.
    outcome, sentence : str
        How it ended, as a name and for people.
    outcome_step, last_step : int
    thinned : str
        Which steps were left out; empty if none.
    step : ndarray of int, shape (k,)
        Of each record.
    params, gradient : ndarray, shape (k, d)
    loss, gradient_norm : ndarray, shape (k,)
    """

    number: int
    label: str
    optimizer: str
    hyperparameters: dict[str, Any]
    schedule: dict[str, Any] | None
    noise: dict[str, Any] | None
    start: tuple[float, ...]
    steps: int
    outcome: str
    sentence: str
    outcome_step: int
    last_step: int
    thinned: str
    step: NDArray[np.int64]
    params: FloatArray
    loss: FloatArray
    gradient: FloatArray
    gradient_norm: FloatArray

    def about(self) -> dict[str, Any]:
        """Return everything but the records, for JSON."""
        return {
            "run": self.number,
            "label": self.label,
            "optimizer": self.optimizer,
            "hyperparameters": self.hyperparameters,
            "schedule": self.schedule,
            "noise": self.noise,
            "start": list(self.start),
            "steps": self.steps,
            "outcome": self.outcome,
            "sentence": self.sentence,
            "outcome_step": self.outcome_step,
            "last_step": self.last_step,
            "thinned": self.thinned,
        }


def records_of(material: Material) -> Iterator[RunRecords]:
    """Yield the runs of an experiment, then the recorded ones, as far as they are computed."""
    experiment = material.experiment
    known: tuple[Run | Track, ...] = (*experiment.runs, *experiment.tracks)
    number = 0
    for trajectory in material.trajectories:
        for row in range(trajectory.rows):
            yield _records(known[number], number + 1, trajectory, row)
            number += 1


def about_landscape(experiment: Experiment) -> dict[str, Any]:
    """Return what a file tells of the landscape."""
    landscape: Landscape = experiment.landscape
    return {
        "generator": f"gdviz {__version__}",
        "title": experiment.title,
        "landscape": landscape.name,
        "expression": landscape.expression,
        "parameters": list(landscape.parameters),
    }


def about_method(optimizer: Optimizer, schedule: Schedule) -> dict[str, Any]:
    """Return what a file tells of an optimizer and its schedule."""
    return {
        "optimizer": optimizer.key,
        "hyperparameters": {
            declared.name: getattr(optimizer, declared.name)
            for declared in optimizer.hyperparameters()
        },
        "schedule": {"key": schedule.key, **asdict(schedule)},
    }


def _records(run: Run | Track, number: int, trajectory: Trajectory, row: int) -> RunRecords:
    end = trajectory.record_at(trajectory.last_step[row]) + 1
    params = trajectory.params[:end, row]
    gradient = trajectory.gradient[:end, row]
    asked = _of_run(run) if isinstance(run, Run) else _of_track(run)
    return RunRecords(
        number=number,
        **asked,
        outcome=trajectory.outcome[row].value,
        sentence=trajectory.sentence(row),
        outcome_step=trajectory.outcome_step[row],
        last_step=trajectory.last_step[row],
        thinned=trajectory.thinned,
        step=trajectory.steps[:end],
        params=params,
        loss=trajectory.loss[:end, row],
        gradient=gradient,
        gradient_norm=np.asarray(np.hypot.reduce(gradient, axis=-1)),
    )


def _of_run(run: Run) -> dict[str, Any]:
    return {
        "label": run.label,
        **about_method(run.optimizer, run.schedule),
        "noise": _noise(run.noise),
        "start": tuple(map(float, run.start)),
        "steps": int(run.steps),
    }


def _of_track(track: Track) -> dict[str, Any]:
    return {
        "label": track.name,
        "optimizer": RECORDED,
        "hyperparameters": {},
        "schedule": None,
        "noise": None,
        "start": tuple(track.points[0].tolist()),
        "steps": len(track.points) - 1,
    }


def _noise(noise: Noise | None) -> dict[str, Any] | None:
    if isinstance(noise, GradientNoise):
        return {"kind": "gradient", "scale": float(noise.scale), "seed": int(noise.seed)}
    if isinstance(noise, MiniBatch):
        return {"kind": "mini-batch", "size": int(noise.size), "seed": int(noise.seed)}
    return None
