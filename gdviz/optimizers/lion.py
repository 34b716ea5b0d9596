"""Lion: steps of one length, in the direction of the momentum's sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import averaged, decoupled, learning_rate, weight_decay
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.moments import beta1, beta2
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Lion"]


@dataclass(frozen=True)
class Lion(FirstOrder):
    """cₖ = β₁ mₖ + (1 − β₁) ∇f(xₖ), then xₖ₊₁ = xₖ − η (sign cₖ + λ xₖ), elementwise.

    And mₖ₊₁ = β₂ mₖ + (1 − β₂) ∇f(xₖ), with m₀ = 0. X. Chen et al., *Symbolic discovery of
    optimization algorithms*, NeurIPS 2023, arXiv:2302.06675, algorithm 2, with the defaults
    of its authors; torch has no Lion.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0; the length of every step in each parameter.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    weight_decay : float
        λ, at least 0, apart from the gradient.
    """

    key: ClassVar[str] = "lion"
    title: ClassVar[str] = "Lion"
    help: ClassVar[str] = (
        "Takes equally long steps in every parameter: only the sign of the averaged gradient "
        "counts."
    )
    equation: ClassVar[str] = (
        "step = −learning rate · sign(beta1 · m + (1 − beta1) · ∇f);  "
        "m = beta2 · m + (1 − beta2) · ∇f"
    )
    symbols: ClassVar[dict[str, str]] = {"c": "c_k"}

    learning_rate: float = learning_rate(
        1e-4,
        "How far every step goes in each parameter, however steep the slope: near the "
        "minimum the run therefore swings by as much.",
    )
    beta1: float = beta1(
        0.9,
        "How much the remembered gradients count against the new one in the direction of "
        "this step: 0 follows the new gradient alone.",
    )
    beta2: float = beta2(
        0.99, "How much of the running mean of gradients is kept for the next steps."
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        step = r"\operatorname{sign}(<c>)"
        if np.any(self.weight_decay != 0.0):
            step = f"({step} + <weight_decay> <x>)"
        return (
            r"<c> = <beta1> <m> + (1 - <beta1>) <g>",
            rf"<x'> = <x> - <learning_rate> {step}",
            r"<m'> = <beta2> <m> + (1 - <beta2>) <g>",
        )

    def init(self, params: FloatArray) -> FloatArray:
        return np.zeros_like(params)

    def update(
        self, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        step = -self.learning_rate * np.sign(averaged(self.beta1, state, gradient))
        return (
            decoupled(step, params, self.learning_rate, self.weight_decay),
            averaged(self.beta2, state, gradient),
        )

    def explain(
        self, objective: Objective, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> Explanation:
        update, mean = self.update(gradient, state, params)
        mixed = averaged(self.beta1, state, gradient)
        values = {"c": mixed, "m": state, "m'": mean, "update": update}
        components = (
            Component("the gradient alone", "gradient", -self.learning_rate * gradient),
            Component("without the sign", "momentum", -self.learning_rate * mixed),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
