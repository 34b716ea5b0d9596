"""The parts of a script that hold the optimizers and the runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gdviz.engine import GradientNoise, MiniBatch, Trajectory
from gdviz.experiment import Run
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.literals import array_text, point_text, text_literal
from gdviz.export.script.source import Home
from gdviz.optimizers import CONSTANT, Optimizer, Schedule
from gdviz.surfaces import Track

__all__ = ["is_thinned", "recorded_text", "runs_text"]


def runs_text(runs: Sequence[Run], trajectories: Sequence[Trajectory], bundle: Bundle) -> str:
    """Return the list of the runs; what makes them is added to the bundle.

    Parameters
    ----------
    runs : sequence of Run
    trajectories : sequence of Trajectory
        One of each.
    bundle : Bundle
    """
    made = [
        _run(run, trajectory, bundle) for run, trajectory in zip(runs, trajectories, strict=True)
    ]
    return "\n".join(["RUNS = [", *made, "]"]) if made else "RUNS = []"


def recorded_text(tracks: Sequence[Track]) -> str:
    """Return the runs that were recorded elsewhere."""
    points = [array_text(f"TRACK_{number}", track.points) for number, track in enumerate(tracks, 1)]
    pairs = [
        f"    ({text_literal(_printable(track.name))}, TRACK_{number}),"
        for number, track in enumerate(tracks, 1)
    ]
    return "\n".join([*points, "RECORDED = [", *pairs, "]"])


def is_thinned(trajectory: Trajectory) -> bool:
    """Tell whether steps are left out."""
    return bool(np.any(np.diff(trajectory.steps) != 1))


def _run(run: Run, trajectory: Trajectory, bundle: Bundle) -> str:
    lines = [
        f'"label": {text_literal(_printable(run.label))},',
        f'"key": {text_literal(run.optimizer.key)},',
        f'"optimizer": {_made(run.optimizer, bundle)},',
        f'"start": {point_text(run.start)},',
        f'"steps": {run.steps},',
    ]
    if run.schedule != CONSTANT:
        lines.append(f'"schedule": {_made(run.schedule, bundle)},')
    if isinstance(run.noise, GradientNoise):
        told = "# standard deviation, seed"
        lines.append(f'"noise": ({float(run.noise.scale)!r}, {int(run.noise.seed)}),  {told}')
    if isinstance(run.noise, MiniBatch):
        lines.append(f'"batch": ({int(run.noise.size)}, {int(run.noise.seed)}),  # rows, seed')
    if is_thinned(trajectory):
        dense = int(np.argmax(np.diff(trajectory.steps) != 1))
        lines.append(f'"dense": {int(trajectory.steps[dense])},  # up to here, every step is kept')
        last = int(trajectory.steps[trajectory.record_at(trajectory.last_step[0])])
        if last == trajectory.last_step[0] < run.steps:
            lines.append(f'"last": {last},')
    return "\n".join(["    {", *[f"        {line}" for line in lines], "    },"])


def _printable(label: str) -> str:
    """Return a name that any terminal shows in one line."""
    return "".join(letter if letter.isprintable() else " " for letter in label)


def _made(value: Optimizer | Schedule, bundle: Bundle) -> str:
    """Return the call that makes an optimizer or a schedule."""
    kind = type(value)
    name = bundle.add(Home(kind.__module__, kind.__name__))
    settings: list[tuple[str, Any]] = [
        (declared.name, getattr(value, declared.name)) for declared in value.hyperparameters()
    ]
    return f"{name}({', '.join(f'{name}={setting!r}' for name, setting in settings)})"
