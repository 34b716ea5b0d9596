"""Runs in the file: optimizer, schedule, noise, and how a run is told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from gdviz.engine import (
    MOST_STEPS,
    GradientNoise,
    MiniBatch,
    Noise,
    check_noise,
    check_schedule,
)
from gdviz.errors import UserError
from gdviz.experiment.file.node import Node
from gdviz.experiment.run import Run
from gdviz.landscapes import Landscape
from gdviz.optimizers import CONSTANT, OPTIMIZERS, SCHEDULES, Hyperparameter, Optimizer, Schedule

__all__ = ["read_run", "run_value"]

_RUN = ("optimizer", "start", "steps", "schedule", "noise", "name", "color", "hidden")
_T = TypeVar("_T")
_MOST_COLOR = 1_000_000
_MOST_WHOLE = 2**63 - 1
_NOISES = {"gradient": ("kind", "scale", "seed"), "mini-batch": ("kind", "size", "seed")}


def run_value(run: Run) -> dict[str, Any]:
    """Return a run as JSON."""
    return {
        "optimizer": _named(run.optimizer),
        "start": [float(number) for number in run.start],
        "steps": int(run.steps),
        "schedule": _named(run.schedule),
        "noise": None if run.noise is None else _noise_value(run.noise),
        "name": run.name,
        "color": int(run.color),
        "hidden": bool(run.hidden),
    }


def read_run(node: Node, landscape: Landscape) -> Run:
    """Return a run on a landscape."""
    fields = node.fields(_RUN)
    optimizer = _read_optimizer(fields["optimizer"])
    schedule, noise = fields.get("schedule"), fields.get("noise")
    return Run(
        optimizer=optimizer,
        start=_read_start(fields["start"], landscape),
        steps=fields.read("steps", lambda found: found.whole(1, MOST_STEPS), 200),
        schedule=CONSTANT if schedule is None else _read_schedule(schedule, optimizer),
        noise=None if noise is None else _read_noise(noise, landscape, optimizer),
        name=fields.read("name", Node.text, ""),
        color=fields.read("color", lambda found: found.whole(0, _MOST_COLOR), 0),
        hidden=fields.read("hidden", Node.flag, default=False),
    )


def _named(thing: Optimizer | Schedule) -> dict[str, Any]:
    """Return an optimizer or a schedule: its name, then each setting."""
    value: dict[str, Any] = {"name": thing.key}
    for declared in thing.hyperparameters():
        setting = getattr(thing, declared.name)
        if not isinstance(setting, bool | int | float):
            raise UserError(
                f"'{thing.key}' has several values of {declared.name}; a run that is saved has one"
            )
        value[declared.name] = setting
    return value


def _read_start(node: Node, landscape: Landscape) -> tuple[float, ...]:
    names = landscape.parameters
    found = node.items(64, "numbers")
    if len(found) != len(names):
        node.refuse(
            f"a start has a number for each parameter, {', '.join(names)}; got {len(found)}"
        )
    return tuple(entry.number() for entry in found)


def _read_optimizer(node: Node) -> Optimizer:
    name = _name_of(node).word("optimizer", OPTIMIZERS)
    return _made(node, OPTIMIZERS[name], OPTIMIZERS[name].hyperparameters())


def _read_schedule(node: Node, optimizer: Optimizer) -> Schedule:
    name = _name_of(node).word("schedule", SCHEDULES)
    schedule: Schedule = _made(node, SCHEDULES[name], SCHEDULES[name].hyperparameters())
    node.checked(check_schedule, schedule, optimizer)
    return schedule


def _name_of(node: Node) -> Node:
    found = node.mapping()
    if "name" not in found:
        node.refuse("the key 'name' is missing here")
    return found["name"]


def _made(node: Node, make: Callable[..., _T], known: tuple[Hyperparameter, ...]) -> _T:
    """Make an optimizer or a schedule; each setting's refusal is told where it stands."""
    by_name: Mapping[str, Hyperparameter] = {declared.name: declared for declared in known}
    fields = node.fields(("name", *by_name))
    settings = {
        name: fields[name].checked(declared.check, fields[name].plain())
        for name, declared in by_name.items()
        if name in fields
    }
    return node.checked(make, **settings)


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
