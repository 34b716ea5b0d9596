"""Quasi-hyperbolic Adam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    blended,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    share,
    weight_decay,
)
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.moments import (
    CORRECTED_MEAN,
    CORRECTED_SQUARE,
    Moments,
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

__all__ = ["QHAdam"]


@dataclass(frozen=True)
class QHAdam(FirstOrder):
    """xₖ₊₁ = xₖ − η n / (√s + ε), elementwise: Adam with part of the plain gradient.

    With Adam's m̂ and v̂, n = (1 − ν₁) ∇f(xₖ) + ν₁ m̂ and s = (1 − ν₂) ∇f(xₖ)² + ν₂ v̂.
    J. Ma and D. Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, ICLR 2019,
    arXiv:1810.06801, section 5, with the defaults that it recommends; torch has no QHAdam.
    ν₁ = ν₂ = 1 is Adam.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    nu1, nu2 : float
        ν₁ and ν₂, from 0 to 1.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "qhadam"
    title: ClassVar[str] = "Quasi-hyperbolic Adam"
    help: ClassVar[str] = "Adam that mixes plain gradients and squares with their running means."
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "step = −learning rate · ((1 − nu1) · ∇f + nu1 · m̂) / "
        "(√((1 − nu2) · ∇f² + nu2 · v̂) + epsilon)"
    )
    symbols: ClassVar[dict[str, str]] = {"n": "n_{k+1}", "s": "s_{k+1}"}

    learning_rate: float = learning_rate(1e-3, ADAPTIVE_RATE)
    beta1: float = beta1(0.995)
    beta2: float = beta2()
    nu1: float = share(
        0.7, "How much of the direction is momentum: 0 is the gradient alone, 1 is Adam."
    )
    nu2: float = share(
        1.0,
        "How much of the scale is the mean of squared gradients: 0 is the last square alone, "
        "1 is Adam.",
    )
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        direction, square = "<m_hat>", "<v_hat>"
        lines = (*lines, *moment_lines(slope), CORRECTED_MEAN, CORRECTED_SQUARE)
        if np.any(self.nu1 != 1.0):
            direction = "<n>"
            lines = (*lines, rf"<n> = (1 - <nu1>) {slope} + <nu1> <m_hat>")
        if np.any(self.nu2 != 1.0):
            square = "<s>"
            lines = (*lines, rf"<s> = (1 - <nu2>) {slope}^2 + <nu2> <v_hat>")
        step = rf"\frac{{{direction}}}{{\sqrt{{{square}}} + <epsilon>}}"
        return (*lines, rf"<x'> = <x> - <learning_rate> {step}")

    def init(self, params: FloatArray) -> Moments:
        return begun(params)

    def update(
        self, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> tuple[FloatArray, Moments]:
        slope = decayed(gradient, params, self.weight_decay)
        moments = moved(self.beta1, self.beta2, slope, state)
        mean, square = corrected(moments, moments[1])
        direction = blended(self.nu1, mean, slope)
        scale = np.sqrt(blended(self.nu2, square, slope * slope)) + self.epsilon
        return -self.learning_rate * direction / scale, moments

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> Explanation:
        update, moments = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        mean, square = corrected(moments, moments[1])
        direction = blended(self.nu1, mean, slope)
        mixed = blended(self.nu2, square, slope * slope)
        values = moment_values(state, moments)
        values |= {"h": slope, "m_hat": mean, "v_hat": square, "n": direction, "s": mixed}
        values["update"] = update
        scale = np.sqrt(mixed) + self.epsilon
        parts = moment_components(self.learning_rate, slope, direction, scale, update)
        return Explanation(values, parts)
