"""NAdam: Adam with Nesterov's momentum."""

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
    square_root,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.moments import (
    CORRECTED_SQUARE,
    Moments,
    begun,
    beta1,
    beta2,
    moment_lines,
    moment_values,
    moved,
)
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["NAdam"]

State = tuple[Moments, Scalar, Scalar, Scalar]
"""Adam's state, the product of all μ, 0.96^ψ, and that to the power of the next step's number."""


@dataclass(frozen=True)
class NAdam(FirstOrder):
    """xₖ₊₁ = xₖ − η (μₖ₊₂ mₖ₊₁ / (1 − μ₁…μₖ₊₂) + (1 − μₖ₊₁) ∇f(xₖ) / (1 − μ₁…μₖ₊₁)) / (√v̂ + ε).

    With Adam's means and μᵢ = β₁ (1 − ½ · 0.96^(iψ)). T. Dozat, *Incorporating Nesterov
    momentum into Adam*, ICLR 2016 workshop, algorithm 2 with the momentum schedule that it
    recommends; ``torch.optim.NAdam``. As in torch, m is a mean with the constant share β₁,
    where the paper takes μᵢ for it too.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1.
    momentum_decay : float
        ψ, at least 0: how quickly μ grows from about β₁/2 to β₁.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "nadam"
    title: ClassVar[str] = "NAdam"
    help: ClassVar[str] = "Adam that looks ahead as Nesterov's momentum does."
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "step = −learning rate · (next mu · m̂ + (1 − mu) · ∇f̂) / (√v̂ + epsilon)"
    )
    symbols: ClassVar[dict[str, str]] = {
        "count'": "k+2",
        "mu": r"\mu_{k+1}",
        "mu'": r"\mu_{k+2}",
        "product": r"\pi_k",
        "product'": r"\pi_{k+1}",
        "n": "n_{k+1}",
    }

    learning_rate: float = learning_rate(2e-3, ADAPTIVE_RATE)
    beta1: float = beta1()
    beta2: float = beta2()
    momentum_decay: float = hyperparameter(
        4e-3,
        "How quickly the momentum grows from half of beta1 to all of it; 0 keeps it at half.",
        slider=(0.0, 1.0),
        advanced=True,
    )
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        momentum = r"\frac{<mu'> <m'>}{1 - <product'> <mu'>}"
        gradient = rf"\frac{{(1 - <mu>) {slope}}}{{1 - <product'>}}"
        warmed = r"<beta1> (1 - \frac{{1}}{{2}} 0.96^{{({}) <momentum_decay>}})"
        return (
            *lines,
            *moment_lines(slope),
            "<mu> = " + warmed.format("<count>"),
            "<mu'> = " + warmed.format("<count'>"),
            r"<product'> = <product> <mu>",
            f"<n> = {momentum} + {gradient}",
            CORRECTED_SQUARE,
            r"<x'> = <x> - <learning_rate> \frac{<n>}{\sqrt{<v_hat>} + <epsilon>}",
        )

    def init(self, params: FloatArray) -> State:
        base = _shrinkage(self.momentum_decay)
        return begun(params), 1.0, base, base

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        slope = decayed(gradient, params, self.weight_decay)
        before, product, base, power = state
        moments = moved(self.beta1, self.beta2, slope, before)
        mu, ahead = self._mu(power), self._mu(power * base)
        product = product * mu
        root = square_root(1.0 - moments[4])
        rate = -self.learning_rate * root
        step = rate * ahead / (1.0 - product * ahead) * moments[0]
        step = step + rate * (1.0 - mu) / (1.0 - product) * slope
        step = step / (np.sqrt(moments[1]) + self.epsilon * root)
        return step, (moments, product, base, power * base)

    def _mu(self, power: Scalar) -> Scalar:
        return self.beta1 * (1.0 - 0.5 * power)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (moments, product, _, power) = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        mu, ahead = self._mu(state[3]), self._mu(power)
        mean = ahead * moments[0] / (1.0 - product * ahead)
        direction = mean + (1.0 - mu) * slope / (1.0 - product)
        square = moments[1] / (1.0 - moments[4])
        values = moment_values(state[0], moments)
        values |= {"count'": moments[2] + 1.0}
        values |= {"h": slope, "mu": mu, "mu'": ahead, "product": state[1], "product'": product}
        values |= {"n": direction, "v_hat": square, "update": update}
        rate, scale = self.learning_rate, np.sqrt(square) + self.epsilon
        components = (
            Component("the gradient alone", "gradient", -rate * slope),
            Component("without adaptive scaling", "momentum", -rate * direction),
            Component("without momentum", "scaling", -rate * slope / scale),
            Component("the step", "update", update),
        )
        return Explanation(values, components)


def _shrinkage(decay: Scalar) -> Scalar:
    """Return 0.96^ψ."""
    if isinstance(decay, float):
        return float(0.96**decay)
    # One by one: a power in an array may differ from Python's in its last bit.
    return np.array([[0.96 ** float(number)] for number in decay[:, 0]])
