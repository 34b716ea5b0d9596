"""Adadelta: steps in the size of recent steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    averaged,
    beta,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Adadelta"]

State = tuple[FloatArray, FloatArray]
"""The running means of squared gradients and of squared steps."""


@dataclass(frozen=True)
class Adadelta(FirstOrder):
    """xₖ₊₁ = xₖ − η dₖ with dₖ = √((uₖ + ε) / (vₖ₊₁ + ε)) ∇f(xₖ), elementwise.

    Here vₖ₊₁ = ρ vₖ + (1 − ρ) ∇f(xₖ)² and uₖ₊₁ = ρ uₖ + (1 − ρ) dₖ², both 0 at first.
    M. D. Zeiler, *ADADELTA: an adaptive learning rate method* (2012), arXiv:1212.5701,
    algorithm 1; ``torch.optim.Adadelta``. The paper has no learning rate, which is η = 1.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    rho : float
        ρ, at least 0 and less than 1.
    epsilon : float
        ε, at least 0; the first steps are about its root in length.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "adadelta"
    title: ClassVar[str] = "Adadelta"
    help: ClassVar[str] = (
        "Measures its own step lengths by comparing recent steps with recent slopes, so that "
        "hardly any rate is to be chosen."
    )
    equation: ClassVar[str] = (
        "v = rho · v + (1 − rho) · ∇f²;  d = √((u + epsilon) / (v + epsilon)) · ∇f;  "
        "u = rho · u + (1 − rho) · d²;  step = −learning rate · d"
    )
    symbols: ClassVar[dict[str, str]] = {"d": "d_k", "u": "u_k", "u'": "u_{k+1}"}

    learning_rate: float = learning_rate(
        1.0,
        "How much of the step that the method chooses by itself is taken: 1 is all of it, "
        "as in the paper.",
    )
    rho: float = beta(
        0.9,
        "How much of the running means of squared gradients and squared steps is kept: the "
        "nearer to 1, the longer both are remembered.",
    )
    epsilon: float = epsilon(1e-6)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        return (
            *lines,
            rf"<v'> = <rho> <v> + (1 - <rho>) {slope}^2",
            rf"<d> = \frac{{\sqrt{{<u> + <epsilon>}}}}{{\sqrt{{<v'> + <epsilon>}}}} {slope}",
            r"<u'> = <rho> <u> + (1 - <rho>) <d>^2",
            r"<x'> = <x> - <learning_rate> <d>",
        )

    def init(self, params: FloatArray) -> State:
        zeros = np.zeros_like(params)
        return zeros, zeros

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        slope = decayed(gradient, params, self.weight_decay)
        step, following = self._moved(slope, state)
        return -self.learning_rate * step, following

    def _moved(self, slope: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return d and the next state."""
        gradients, steps = state
        gradients = averaged(self.rho, gradients, slope * slope)
        step = np.sqrt((steps + self.epsilon) / (gradients + self.epsilon)) * slope
        return step, (gradients, averaged(self.rho, steps, step * step))

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, _ = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        step, (gradients, steps) = self._moved(slope, state)
        values = {
            "h": slope,
            "d": step,
            "v": state[0],
            "v'": gradients,
            "u": state[1],
            "u'": steps,
            "update": update,
        }
        components = (
            Component("without adaptive scaling", "gradient", -self.learning_rate * slope),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
