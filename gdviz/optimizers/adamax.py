"""Adamax: Adam with the largest gradient in the place of a mean square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    Scalar,
    averaged,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.moments import CORRECTED_MEAN, beta1, beta2, moment_components, moment_lines
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Adamax"]

State = tuple[FloatArray, FloatArray, int, Scalar]
"""The running mean, the decaying largest gradient, the number of steps, and β₁ to its power."""


@dataclass(frozen=True)
class Adamax(FirstOrder):
    """uₖ₊₁ = max(β₂ uₖ, |∇f(xₖ)| + ε), then xₖ₊₁ = xₖ − η m̂ / uₖ₊₁, elementwise, u₀ = 0.

    With Adam's m̂. D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*,
    ICLR 2015, arXiv:1412.6980, algorithm 2; ``torch.optim.Adamax``. The paper has no ε.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "adamax"
    title: ClassVar[str] = "Adamax"
    help: ClassVar[str] = (
        "Adam that divides by the largest recent slope in the place of the usual size."
    )
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  u = max(beta2 · u, |∇f| + epsilon);  "
        "step = −learning rate · m̂ / u"
    )
    symbols: ClassVar[dict[str, str]] = {"u": "u_k", "u'": "u_{k+1}"}

    learning_rate: float = learning_rate(2e-3, ADAPTIVE_RATE)
    beta1: float = beta1()
    beta2: float = beta2(
        0.999,
        "How much of the largest recent gradient is kept at each step: the nearer to 1, the "
        "longer one steep stretch shortens the steps that follow.",
    )
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        return (
            *lines,
            moment_lines(slope)[0],
            rf"<u'> = \max(<beta2> <u>, |{slope}| + <epsilon>)",
            CORRECTED_MEAN,
            r"<x'> = <x> - <learning_rate> \frac{<m_hat>}{<u'>}",
        )

    def init(self, params: FloatArray) -> State:
        zeros = np.zeros_like(params)
        return zeros, zeros, 0, 1.0

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        slope = decayed(gradient, params, self.weight_decay)
        mean, largest, count, power = state
        mean = averaged(self.beta1, mean, slope)
        largest = np.maximum(self.beta2 * largest, np.abs(slope) + self.epsilon)
        power = power * self.beta1
        step = -self.learning_rate / (1.0 - power) * mean / largest
        return step, (mean, largest, count + 1, power)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (mean, largest, count, power) = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        corrected = mean / (1.0 - power)
        values: dict[str, FloatArray | float] = {
            "h": slope,
            "count": float(count),
            "m": state[0],
            "m'": mean,
            "m_hat": corrected,
            "u": state[1],
            "u'": largest,
            "update": update,
        }
        parts = moment_components(self.learning_rate, slope, corrected, largest, update)
        return Explanation(values, parts)
