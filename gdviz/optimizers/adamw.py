"""AdamW: Adam with a weight decay of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import ADAPTIVE_RATE, decoupled, epsilon, learning_rate, weight_decay
from gdviz.optimizers.explanation import Component, Explanation
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

__all__ = ["AdamW"]


@dataclass(frozen=True)
class AdamW(FirstOrder):
    """xₖ₊₁ = xₖ − η λ xₖ − η m̂ / (√v̂ + ε): Adam, and a decay apart from the gradient.

    I. Loshchilov and F. Hutter, *Decoupled weight decay regularization*, ICLR 2019,
    arXiv:1711.05101, algorithm 2; ``torch.optim.AdamW``. In the paper, λ is multiplied by
    the schedule alone, in torch by the learning rate.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; the default is 0.01, as torch's.
    """

    key: ClassVar[str] = "adamw"
    title: ClassVar[str] = "AdamW"
    help: ClassVar[str] = "Adam with a weight decay of its own that no slope takes part in."
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "step = −learning rate · (m̂ / (√v̂ + epsilon) + weight decay · x)"
    )

    learning_rate: float = learning_rate(1e-3, ADAPTIVE_RATE)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay(
        1e-2,
        "Pulls every parameter towards 0 at each step by this share of the learning rate, "
        "however steep the loss has been there.",
    )

    @property
    def equations(self) -> tuple[str, ...]:
        step = r"\frac{<m_hat>}{\sqrt{<v_hat>} + <epsilon>}"
        if np.any(self.weight_decay != 0.0):
            step = rf"\left({step} + <weight_decay> <x>\right)"
        return (
            *moment_lines("<g>"),
            CORRECTED_MEAN,
            CORRECTED_SQUARE,
            rf"<x'> = <x> - <learning_rate> {step}",
        )

    def init(self, params: FloatArray) -> Moments:
        return begun(params)

    def update(
        self, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> tuple[FloatArray, Moments]:
        moments = moved(self.beta1, self.beta2, gradient, state)
        step = adaptive_step(self.learning_rate, moments, moments[1], self.epsilon)
        return decoupled(step, params, self.learning_rate, self.weight_decay), moments

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> Explanation:
        update, moments = self.update(gradient, state, params)
        mean, square = corrected(moments, moments[1])
        values = moment_values(state, moments)
        values |= {"m_hat": mean, "v_hat": square, "update": update}
        scale = np.sqrt(square) + self.epsilon
        parts = moment_components(self.learning_rate, gradient, mean, scale, update)
        if np.any(self.weight_decay != 0.0):
            plain = adaptive_step(self.learning_rate, moments, moments[1], self.epsilon)
            parts = (*parts[:-1], Component("without weight decay", "scaling", plain), parts[-1])
        return Explanation(values, parts)
