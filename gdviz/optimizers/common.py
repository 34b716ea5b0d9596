"""Hyperparameters and steps that many optimizers share."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray

__all__ = [
    "ADAPTIVE_RATE",
    "DECAY_EQUATION",
    "VELOCITY_RATE",
    "Scalar",
    "averaged",
    "beta",
    "blended",
    "carried",
    "decayed",
    "decoupled",
    "epsilon",
    "gradient_lines",
    "learning_rate",
    "share",
    "square_root",
    "weight_decay",
]

Scalar = float | FloatArray
"""A number for all rows, or an array of shape (n, 1) with one for each."""

_LEARNING_RATE = (
    "How far a step goes for a given slope: new point = point − rate × gradient. "
    "Too small crawls, too large overshoots or diverges."
)
VELOCITY_RATE = (
    "How far a step goes for a given velocity: new point = point − rate × velocity. "
    "Too small crawls, too large overshoots or diverges; the more momentum, the smaller it must be."
)
ADAPTIVE_RATE = (
    "About how far a step goes in each parameter, since the gradient is divided by its recent "
    "size. Too small crawls, too large leaps over the minimum and circles it."
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


def share(default: float, help: str) -> Any:  # noqa: A002
    """Declare how much of one of two quantities is taken, from 0 to 1."""
    return hyperparameter(default, help, high=1.0, slider=(0.0, 1.0))


def epsilon(default: float) -> Any:
    """Declare what a denominator is kept above, at least 0."""
    return hyperparameter(default, _EPSILON, slider=(1e-12, 1.0), logarithmic=True, advanced=True)


def weight_decay(default: float = 0.0, help: str = _WEIGHT_DECAY) -> Any:  # noqa: A002
    """Declare a weight decay λ, at least 0."""
    return hyperparameter(default, help, slider=(0.0, 1.0), advanced=True)


def decayed(gradient: FloatArray, params: FloatArray, decay: Scalar) -> FloatArray:
    """Return ∇f + λx: the gradient with an L2 penalty, as torch's ``weight_decay`` adds it."""
    if isinstance(decay, float):
        return gradient + decay * params if decay else gradient
    return np.where(decay == 0.0, gradient, gradient + decay * params)


def decoupled(updates: FloatArray, params: FloatArray, rate: Scalar, decay: Scalar) -> FloatArray:
    """Return Δ − ηλx: the updates with a weight decay that no gradient is part of."""
    if isinstance(decay, float):
        return updates - (rate * decay) * params if decay else updates
    return np.where(decay == 0.0, updates, updates - (rate * decay) * params)


def gradient_lines(decay: Scalar) -> tuple[str, tuple[str, ...]]:
    """Return what stands for the gradient in equations, and the lines that define it."""
    if np.all(decay == 0.0):
        return "<g>", ()
    return "<h>", (DECAY_EQUATION,)


def averaged(kept: Scalar, mean: FloatArray, new: FloatArray) -> FloatArray:
    """Return βm + (1 − β)g: the next value of an exponential running mean."""
    return kept * mean + (1.0 - kept) * new


def blended(part: Scalar, mean: FloatArray, new: FloatArray) -> FloatArray:
    """Return νm + (1 − ν)g, and m itself where ν = 1, even if g is infinite."""
    if isinstance(part, float):
        return mean if part == 1.0 else averaged(part, mean, new)
    return np.where(part == 1.0, mean, averaged(part, mean, new))


def carried(kept: Scalar, velocity: FloatArray, new: FloatArray) -> FloatArray:
    """Return μu + Δ, and Δ itself where μ = 0."""
    if isinstance(kept, float):
        return kept * velocity + new if kept else new
    return np.where(kept == 0.0, new, kept * velocity + new)


def square_root(value: Scalar) -> Scalar:
    """Return √value; IEEE 754 rounds it alike for a float and in an array."""
    return math.sqrt(value) if isinstance(value, float) else np.sqrt(value)
