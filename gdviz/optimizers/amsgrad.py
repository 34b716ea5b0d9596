"""AMSGrad: Adam with a scale that never shrinks."""

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

__all__ = ["AMSGrad"]

State = tuple[Moments, FloatArray]
"""Adam's state, and the largest running mean of squared gradients so far."""


@dataclass(frozen=True)
class AMSGrad(FirstOrder):
    """Adam with wₖ₊₁ = max(wₖ, vₖ₊₁), w₀ = 0, in the place of vₖ₊₁.

    S. J. Reddi, S. Kale and S. Kumar, *On the convergence of Adam and beyond*, ICLR 2018,
    arXiv:1904.09237, algorithm 2; ``torch.optim.Adam(amsgrad=True)``. The paper corrects
    neither mean for its beginning at 0; torch corrects both, the largest v by the factor
    that would be v's own.

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

    key: ClassVar[str] = "amsgrad"
    title: ClassVar[str] = "AMSGrad"
    help: ClassVar[str] = (
        "Adam, except that what a step is divided by never shrinks again, which keeps the end calm."
    )
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "w = max(w, v);  step = −learning rate · m̂ / (√ŵ + epsilon)"
    )
    symbols: ClassVar[dict[str, str]] = {
        "w": "w_k",
        "w'": "w_{k+1}",
        "w_hat": r"\hat{w}_{k+1}",
    }

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
            r"<w'> = \max(<w>, <v'>)",
            CORRECTED_MEAN,
            r"<w_hat> = \frac{<w'>}{1 - <beta2>^{<count>}}",
            r"<x'> = <x> - <learning_rate> \frac{<m_hat>}{\sqrt{<w_hat>} + <epsilon>}",
        )

    def init(self, params: FloatArray) -> State:
        moments = begun(params)
        return moments, moments[1]

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        slope = decayed(gradient, params, self.weight_decay)
        moments = moved(self.beta1, self.beta2, slope, state[0])
        largest = np.maximum(state[1], moments[1])
        step = adaptive_step(self.learning_rate, moments, largest, self.epsilon)
        return step, (moments, largest)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (moments, largest) = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        mean, square = corrected(moments, largest)
        values = moment_values(state[0], moments)
        values |= {"h": slope, "w": state[1], "w'": largest, "m_hat": mean, "w_hat": square}
        values["update"] = update
        scale = np.sqrt(square) + self.epsilon
        parts = moment_components(self.learning_rate, slope, mean, scale, update)
        return Explanation(values, parts)
