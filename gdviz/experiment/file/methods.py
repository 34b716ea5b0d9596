"""Optimizers and schedules in the file: a name, then each setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from gdviz.engine import check_schedule
from gdviz.errors import UserError
from gdviz.experiment.file.node import Node
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, Hyperparameter, Optimizer, Schedule

__all__ = ["method_value", "read_optimizer", "read_schedule"]

_T = TypeVar("_T")


def method_value(thing: Optimizer | Schedule) -> dict[str, Any]:
    """Return an optimizer or a schedule as JSON.

    Raises
    ------
    UserError
        If a setting has several values, as batches have.
    """
    value: dict[str, Any] = {"name": thing.key}
    for declared in thing.hyperparameters():
        setting = getattr(thing, declared.name)
        if not isinstance(setting, bool | int | float):
            raise UserError(
                f"'{thing.key}' has several values of {declared.name}; a run that is saved has one"
            )
        value[declared.name] = setting
    return value


def read_optimizer(node: Node) -> Optimizer:
    """Return an optimizer."""
    name = _name_of(node).word("optimizer", OPTIMIZERS)
    return _made(node, OPTIMIZERS[name], OPTIMIZERS[name].hyperparameters())


def read_schedule(node: Node, optimizer: Optimizer | None) -> Schedule:
    """Return a schedule that suits an optimizer, if there is one yet."""
    name = _name_of(node).word("schedule", SCHEDULES)
    schedule: Schedule = _made(node, SCHEDULES[name], SCHEDULES[name].hyperparameters())
    if optimizer is not None:
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
