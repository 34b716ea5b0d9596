"""Adagrad: each parameter has a rate that falls with the gradients it has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    Scalar,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Adagrad"]

State = tuple[FloatArray, int]
"""The sums of squared gradients, and the number of steps taken."""


@dataclass(frozen=True)
class Adagrad(FirstOrder):
    """sₖ₊₁ = sₖ + ∇f(xₖ)², then xₖ₊₁ = xₖ − ηₖ ∇f(xₖ) / (√sₖ₊₁ + ε), elementwise.

    With ηₖ = η / (1 + kζ). J. Duchi, E. Hazan and Y. Singer, *Adaptive subgradient methods
    for online learning and stochastic optimization*, Journal of Machine Learning Research
    12 (2011), 2121–2159, with diagonal matrices; ``torch.optim.Adagrad``. The paper has
    neither ζ nor the sums' initial value, and its δ stands where ε does here.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    epsilon : float
        ε, at least 0.
    initial_accumulator : float
        s₀, at least 0; torch's ``initial_accumulator_value``.
    learning_rate_decay : float
        ζ, at least 0; torch's ``lr_decay``.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "adagrad"
    title: ClassVar[str] = "Adagrad"
    help: ClassVar[str] = (
        "Divides each parameter's step by all the slopes that it has met, so that steps only "
        "ever become shorter."
    )
    equation: ClassVar[str] = "s = s + ∇f²;  step = −learning rate · ∇f / (√s + epsilon)"
    symbols: ClassVar[dict[str, str]] = {"s": "s_k", "s'": "s_{k+1}", "rate": r"\eta_k"}

    learning_rate: float = learning_rate(1e-2, ADAPTIVE_RATE)
    epsilon: float = epsilon(1e-10)
    initial_accumulator: float = hyperparameter(
        0.0,
        "What the sum of squared gradients begins with; more makes the first steps shorter.",
        slider=(0.0, 10.0),
        advanced=True,
    )
    learning_rate_decay: float = hyperparameter(
        0.0,
        "How quickly the learning rate falls by itself: after k steps it is divided by "
        "1 plus k times this.",
        slider=(0.0, 1.0),
        advanced=True,
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        rate = "<learning_rate>"
        if np.any(self.learning_rate_decay != 0.0):
            rate = "<rate>"
            lines = (
                *lines,
                r"<rate> = \frac{<learning_rate>}{1 + <k> <learning_rate_decay>}",
            )
        return (
            *lines,
            rf"<s'> = <s> + {slope}^2",
            rf"<x'> = <x> - {rate} \frac{{{slope}}}{{\sqrt{{<s'>}} + <epsilon>}}",
        )

    def init(self, params: FloatArray) -> State:
        return np.zeros_like(params) + self.initial_accumulator, 0

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        sums, count = state
        slope = decayed(gradient, params, self.weight_decay)
        sums = sums + slope * slope
        return -self._rate(count) * slope / (np.sqrt(sums) + self.epsilon), (sums, count + 1)

    def _rate(self, count: int) -> Scalar:
        return self.learning_rate / (1.0 + count * self.learning_rate_decay)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (sums, _) = self.update(gradient, state, params)
        before, count = state
        slope, rate = decayed(gradient, params, self.weight_decay), self._rate(count)
        values: dict[str, FloatArray | float] = {
            "h": slope,
            "k": float(count),
            "rate": rate,
            "s": before,
            "s'": sums,
            "update": update,
        }
        components = (
            Component("without adaptive scaling", "gradient", -rate * slope),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
