"""Runs in the file: optimizer, schedule, noise, and how a run is told apart."""

from __future__ import annotations

from typing import Any

from gdviz.engine import (
    MOST_STEPS,
    GradientNoise,
    MiniBatch,
    Noise,
    check_noise,
)
from gdviz.experiment.file.methods import method_value, read_optimizer, read_schedule
from gdviz.experiment.file.node import Node
from gdviz.experiment.run import Run
from gdviz.landscapes import Landscape
from gdviz.optimizers import CONSTANT, Optimizer

__all__ = ["read_run", "run_value"]

_RUN = ("optimizer", "start", "steps", "schedule", "noise", "name", "color", "hidden")
_MOST_COLOR = 1_000_000
_MOST_WHOLE = 2**63 - 1
_NOISES = {"gradient": ("kind", "scale", "seed"), "mini-batch": ("kind", "size", "seed")}


def run_value(run: Run) -> dict[str, Any]:
    """Return a run as JSON."""
    return {
        "optimizer": method_value(run.optimizer),
        "start": [float(number) for number in run.start],
        "steps": int(run.steps),
        "schedule": method_value(run.schedule),
        "noise": None if run.noise is None else _noise_value(run.noise),
        "name": run.name,
        "color": int(run.color),
        "hidden": bool(run.hidden),
    }


def read_run(node: Node, landscape: Landscape) -> Run:
    """Return a run on a landscape."""
    fields = node.fields(_RUN)
    optimizer = read_optimizer(fields["optimizer"])
    schedule, noise = fields.get("schedule"), fields.get("noise")
    return Run(
        optimizer=optimizer,
        start=_read_start(fields["start"], landscape),
        steps=fields.read("steps", lambda found: found.whole(1, MOST_STEPS), 200),
        schedule=CONSTANT if schedule is None else read_schedule(schedule, optimizer),
        noise=None if noise is None else _read_noise(noise, landscape, optimizer),
        name=fields.read("name", Node.text, ""),
        color=fields.read("color", lambda found: found.whole(0, _MOST_COLOR), 0),
        hidden=fields.read("hidden", Node.flag, default=False),
    )


def _read_start(node: Node, landscape: Landscape) -> tuple[float, ...]:
    names = landscape.parameters
    found = node.items(64, "numbers")
    if len(found) != len(names):
        node.refuse(
            f"a start has a number for each parameter, {', '.join(names)}; got {len(found)}"
        )
    return tuple(entry.number() for entry in found)


def _noise_value(noise: Noise) -> dict[str, Any]:
    if isinstance(noise, GradientNoise):
        return {"kind": "gradient", "scale": float(noise.scale), "seed": int(noise.seed)}
    return {"kind": "mini-batch", "size": int(noise.size), "seed": int(noise.seed)}


def _read_noise(node: Node, landscape: Landscape, optimizer: Optimizer) -> Noise:
    found = node.mapping()
    if "kind" not in found:
        node.refuse("the key 'kind' is missing here")
    kind = found["kind"].word("kind of noise", _NOISES)
    fields = node.fields(_NOISES[kind])
    seed = fields.read("seed", lambda entry: entry.whole(0, _MOST_WHOLE), 0)
    noise: Noise
    if kind == "gradient":
        noise = node.checked(GradientNoise, fields["scale"].number(), seed)
    else:
        noise = MiniBatch(fields["size"].whole(1, _MOST_WHOLE), seed)
    node.checked(check_noise, noise, landscape, optimizer)
    return noise
