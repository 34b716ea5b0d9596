"""Adam: momentum, and steps divided by the recent size of the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.moments import (
    CORRECTED_MEAN,
    CORRECTED_SQUARE,
    Moments,
    adaptive_step,
    begun,
    beta1,
    beta2,
    corrected,
    moment_components,
    moment_lines,
    moment_values,
    moved,
)
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Adam"]


@dataclass(frozen=True)
class Adam(FirstOrder):
    """xₖ₊₁ = xₖ − η m̂ / (√v̂ + ε), elementwise, with corrected running means.

    Here mₖ₊₁ = β₁ mₖ + (1 − β₁) ∇f(xₖ), vₖ₊₁ = β₂ vₖ + (1 − β₂) ∇f(xₖ)², both 0 at first,
    m̂ = mₖ₊₁ / (1 − β₁ᵏ⁺¹) and v̂ = vₖ₊₁ / (1 − β₂ᵏ⁺¹). D. P. Kingma and J. Ba, *Adam: a
    method for stochastic optimization*, ICLR 2015, arXiv:1412.6980, algorithm 1;
    ``torch.optim.Adam``.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0; about the length of a step in each parameter.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "adam"
    title: ClassVar[str] = "Adam"
    help: ClassVar[str] = (
        "Momentum, with each parameter's step divided by the recent size of its slope. The "
        "usual first choice for networks."
    )
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "step = −learning rate · m̂ / (√v̂ + epsilon)"
    )

    learning_rate: float = learning_rate(1e-3, ADAPTIVE_RATE)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        return (
            *lines,
            *moment_lines(slope),
            CORRECTED_MEAN,
            CORRECTED_SQUARE,
            r"<x'> = <x> - <learning_rate> \frac{<m_hat>}{\sqrt{<v_hat>} + <epsilon>}",
        )

    def init(self, params: FloatArray) -> Moments:
        return begun(params)

    def update(
        self, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> tuple[FloatArray, Moments]:
        slope = decayed(gradient, params, self.weight_decay)
        moments = moved(self.beta1, self.beta2, slope, state)
        return adaptive_step(self.learning_rate, moments, moments[1], self.epsilon), moments

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> Explanation:
        update, moments = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        mean, square = corrected(moments, moments[1])
        values = moment_values(state, moments)
        values |= {"h": slope, "m_hat": mean, "v_hat": square, "update": update}
        scale = np.sqrt(square) + self.epsilon
        parts = moment_components(self.learning_rate, slope, mean, scale, update)
        return Explanation(values, parts)
