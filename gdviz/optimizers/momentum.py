"""Gradient descent with momentum, the heavy ball."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.gradient_descent import LEARNING_RATE_HELP
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.optimizer import FloatArray, Optimizer

__all__ = ["Momentum"]


@dataclass(frozen=True)
class Momentum(Optimizer):
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
    """

    key: ClassVar[str] = "momentum"
    title: ClassVar[str] = "Momentum"
    equation: ClassVar[str] = "v = momentum · v + ∇f;  step = −learning rate · v"

    learning_rate: float = hyperparameter(
        1e-3, LEARNING_RATE_HELP, low_open=True, slider=(1e-4, 10.0), logarithmic=True
    )
    momentum: float = hyperparameter(
        0.9,
        "How much of the last step's velocity is kept: 0 forgets it, 0.9 rolls like a "
        "heavy ball, which is quicker along a valley and swings across it.",
        high=1.0,
        high_open=True,
        slider=(0.0, 0.99),
    )

    def init(self, params: FloatArray) -> FloatArray:
        return np.zeros_like(params)

    def update(
        self,
        gradient: FloatArray,
        state: FloatArray,
        params: FloatArray,
    ) -> tuple[FloatArray, FloatArray]:
        velocity = self.momentum * state + gradient
        return -self.learning_rate * velocity, velocity
