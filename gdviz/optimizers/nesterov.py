"""Nesterov's accelerated gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    VELOCITY_RATE,
    decayed,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.momentum import MOMENTUM_HELP
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Nesterov"]


@dataclass(frozen=True)
class Nesterov(FirstOrder):
    """vₖ₊₁ = μ vₖ + ∇f(xₖ), then xₖ₊₁ = xₖ − η (∇f(xₖ) + μ vₖ₊₁), with v₀ = 0.

    Y. Nesterov, *A method of solving a convex programming problem with convergence rate
    O(1/k²)*, Soviet Mathematics Doklady 27 (1983), 372–376, with the constant momentum of
    I. Sutskever, J. Martens, G. Dahl and G. Hinton, *On the importance of initialization
    and momentum in deep learning*, ICML 2013, equations 3 and 4. As in
    ``torch.optim.SGD(momentum=μ, nesterov=True)``, the points recorded are those at which
    the gradient is taken, where the papers record the ones before the look-ahead, and the
    learning rate scales the whole velocity.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    momentum : float
        μ, at least 0 and less than 1; the default is 0.9, where torch's is 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "nesterov"
    title: ClassVar[str] = "Nesterov momentum"
    help: ClassVar[str] = (
        "Momentum that weighs the newest gradient once more, and so brakes a little before it "
        "overshoots."
    )
    equation: ClassVar[str] = "v = momentum · v + ∇f;  step = −learning rate · (∇f + momentum · v)"

    learning_rate: float = learning_rate(1e-3, VELOCITY_RATE)
    momentum: float = hyperparameter(
        0.9, MOMENTUM_HELP, high=1.0, high_open=True, slider=(0.0, 0.99)
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        return (
            *lines,
            rf"<v'> = <momentum> <v> + {slope}",
            rf"<x'> = <x> - <learning_rate> ({slope} + <momentum> <v'>)",
        )

    def init(self, params: FloatArray) -> FloatArray:
        return np.zeros_like(params)

    def update(
        self, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        slope = decayed(gradient, params, self.weight_decay)
        velocity = self.momentum * state + slope
        return -self.learning_rate * (slope + self.momentum * velocity), velocity

    def explain(
        self, objective: Objective, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> Explanation:
        update, velocity = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        values = {"v": state, "v'": velocity, "h": slope, "update": update}
        components = (
            Component("the gradient alone", "gradient", -self.learning_rate * slope),
            Component("without the look-ahead", "momentum", -self.learning_rate * velocity),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
