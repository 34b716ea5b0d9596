"""What the theory needs to know about an optimizer: its rule and its numbers in one row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdviz.engine.diagnosis.theory import Method, Scheme
from gdviz.optimizers import Optimizer

__all__ = ["in_row", "scheme_of", "setting"]

_UNDERSTOOD = {"learning_rate", "momentum", "weight_decay"}


def setting(optimizer: Optimizer, name: str) -> float | None:
    """Return a hyperparameter of an optimizer for one row; None if it has no such one."""
    if name not in {declared.name for declared in optimizer.hyperparameters()}:
        return None
    return float(getattr(optimizer, name))


def in_row(optimizer: Optimizer, row: int) -> Optimizer:
    """Return the optimizer with the hyperparameters of one row of a batch, as floats."""
    chosen: dict[str, float] = {}
    for declared in optimizer.hyperparameters():
        value = getattr(optimizer, declared.name)
        if np.ndim(value):
            values = np.ravel(value)
            chosen[declared.name] = float(values[row % values.size])
    return replace(optimizer, **chosen) if chosen else optimizer


def scheme_of(optimizer: Optimizer) -> Scheme | None:
    """Return what the theory makes of an optimizer for one row; None for other methods.

    An optimizer with hyperparameters that the theory doesn't know is another method.
    """
    names = {declared.name for declared in optimizer.hyperparameters()}
    known = {method.value: method for method in Method}
    if optimizer.key not in known or not names <= _UNDERSTOOD or "learning_rate" not in names:
        return None
    rate, kept = setting(optimizer, "learning_rate"), setting(optimizer, "momentum")
    assert rate is not None
    return Scheme(known[optimizer.key], rate, kept or 0.0)
