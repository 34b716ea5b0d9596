"""Gradient descent with momentum, the heavy ball."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    DECAY_EQUATION,
    VELOCITY_RATE,
    decayed,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["MOMENTUM_HELP", "Momentum"]

MOMENTUM_HELP = (
    "How much of the last step's velocity is kept: 0 forgets it, 0.9 rolls like a "
    "heavy ball, which is quicker along a valley and swings across it."
)


@dataclass(frozen=True)
class Momentum(FirstOrder):
    """vₖ₊₁ = μ vₖ + ∇f(xₖ), then xₖ₊₁ = xₖ − η vₖ₊₁, with v₀ = 0.

    Polyak, *Some methods of speeding up the convergence of iteration methods*, USSR
    Computational Mathematics and Mathematical Physics 4(5), 1–17 (1964), equation 9, in
    the form of ``torch.optim.SGD(momentum=μ)``: the learning rate scales the whole
    velocity, where Polyak's own form scales only the new gradient.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    momentum : float
        μ, at least 0 and less than 1; the default is 0.9, where torch's is 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "momentum"
    title: ClassVar[str] = "Momentum"
    help: ClassVar[str] = (
        "Rolls like a heavy ball: a share of the last velocity is kept, which is quick along "
        "valleys and swings across them."
    )
    equation: ClassVar[str] = "v = momentum · v + ∇f;  step = −learning rate · v"
    symbols: ClassVar[dict[str, str]] = {"v": "v_k", "v'": "v_{k+1}"}

    learning_rate: float = learning_rate(1e-3, VELOCITY_RATE)
    momentum: float = hyperparameter(
        0.9, MOMENTUM_HELP, high=1.0, high_open=True, slider=(0.0, 0.99)
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        plain = bool(np.all(self.weight_decay == 0.0))
        slope = "<g>" if plain else "<h>"
        lines = (
            rf"<v'> = <momentum> <v> + {slope}",
            r"<x'> = <x> - <learning_rate> <v'>",
        )
        return lines if plain else (DECAY_EQUATION, *lines)

    def init(self, params: FloatArray) -> FloatArray:
        return np.zeros_like(params)

    def update(
        self, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        velocity = self.momentum * state + decayed(gradient, params, self.weight_decay)
        return -self.learning_rate * velocity, velocity

    def explain(
        self, objective: Objective, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> Explanation:
        update, velocity = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        values = {"v": state, "v'": velocity, "h": slope, "update": update}
        kept = -self.learning_rate * (self.momentum * state)
        components = (
            Component("the gradient alone", "gradient", -self.learning_rate * slope),
            Component("what is kept of the velocity", "momentum", kept),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
