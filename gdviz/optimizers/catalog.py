"""The optimizers by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gdviz.errors import UserError, did_you_mean
from gdviz.optimizers.gradient_descent import GradientDescent
from gdviz.optimizers.momentum import Momentum
from gdviz.optimizers.optimizer import Optimizer

__all__ = ["OPTIMIZERS", "optimizer", "with_hyperparameters"]

OPTIMIZERS: dict[str, type[Optimizer]] = {kind.key: kind for kind in (GradientDescent, Momentum)}


def optimizer(name: str, **hyperparameters: float) -> Optimizer:
    """Return an optimizer by name.

    Parameters
    ----------
    name : str
        Such as ``"gd"`` or ``"momentum"``.
    **hyperparameters : float
        Such as ``learning_rate=0.1``; those left out take their defaults.

    Raises
    ------
    UserError
        If the name, a hyperparameter's name or a value is wrong; one line that
        says what would be right.
    """
    if name not in OPTIMIZERS:
        raise UserError(
            f"there is no optimizer '{name}'{did_you_mean(name, OPTIMIZERS)} "
            f"(known: {', '.join(OPTIMIZERS)})"
        )
    return with_hyperparameters(OPTIMIZERS[name](), **hyperparameters)


def with_hyperparameters(current: Optimizer, **hyperparameters: Any) -> Optimizer:
    """Return `current` with some hyperparameters changed; raises as `optimizer` does."""
    known = [declared.name for declared in current.hyperparameters()]
    for given in hyperparameters:
        if given not in known:
            raise UserError(
                f"'{current.key}' has no hyperparameter '{given}'{did_you_mean(given, known)} "
                f"(known: {', '.join(known)})"
            )
    return replace(current, **hyperparameters)
