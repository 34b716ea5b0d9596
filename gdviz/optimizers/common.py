"""Hyperparameters and steps that many optimizers share."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray

__all__ = ["DECAY_EQUATION", "beta", "decayed", "epsilon", "learning_rate", "weight_decay"]

_LEARNING_RATE = (
    "How far one step goes: the gradient is multiplied by it. Too small crawls, "
    "too large overshoots the valley and climbs out on the other side."
)
_EPSILON = (
    "Keeps the division from blowing up where the gradients are almost 0; "
    "larger values make the method more like plain gradient descent."
)
_WEIGHT_DECAY = (
    "Pulls every parameter towards 0 at each step, which in training keeps weights small. "
    "The run then comes to rest beside the minimum."
)
DECAY_EQUATION = r"<h> = <g> + <weight_decay> <x>"


def learning_rate(default: float, help: str = _LEARNING_RATE) -> Any:  # noqa: A002
    """Declare a learning rate η, greater than 0."""
    return hyperparameter(default, help, low_open=True, slider=(1e-4, 10.0), logarithmic=True)


def beta(default: float, help: str) -> Any:  # noqa: A002
    """Declare the share of a running mean that is kept, at least 0 and less than 1."""
    return hyperparameter(default, help, high=1.0, high_open=True, slider=(0.0, 0.999))


def epsilon(default: float) -> Any:
    """Declare what a denominator is kept above, at least 0."""
    return hyperparameter(default, _EPSILON, slider=(1e-12, 1.0), logarithmic=True, advanced=True)


def weight_decay(default: float = 0.0, help: str = _WEIGHT_DECAY) -> Any:  # noqa: A002
    """Declare a weight decay λ, at least 0."""
    return hyperparameter(default, help, slider=(0.0, 1.0), advanced=True)


def decayed(gradient: FloatArray, params: FloatArray, decay: float | FloatArray) -> FloatArray:
    """Return ∇f + λx: the gradient with an L2 penalty, as torch's ``weight_decay`` adds it."""
    if isinstance(decay, float):
        return gradient + decay * params if decay else gradient
    return np.where(decay == 0.0, gradient, gradient + decay * params)
