"""RMSprop: steps divided by the recent size of the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    averaged,
    beta,
    carried,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import flag, hyperparameter
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["RMSprop"]

State = tuple[FloatArray, FloatArray, FloatArray]
"""The running means of the squared gradient and of the gradient, and the velocity."""


@dataclass(frozen=True)
class RMSprop(FirstOrder):
    """vₖ₊₁ = α vₖ + (1 − α) ∇f(xₖ)², then xₖ₊₁ = xₖ − η ∇f(xₖ) / (√vₖ₊₁ + ε), elementwise.

    T. Tieleman and G. Hinton, *Lecture 6.5: RMSProp*, COURSERA: Neural networks for machine
    learning (2012). Centered, √(v − m²) takes the place of √v, where m is a running mean of
    the gradients: A. Graves, *Generating sequences with recurrent neural networks* (2013),
    arXiv:1308.0850, equations 38–45, whose ε stands under the root. With momentum,
    uₖ₊₁ = μ uₖ + ∇f/(√v + ε) and xₖ₊₁ = xₖ − η uₖ₊₁. All as in ``torch.optim.RMSprop``,
    except that v − m², which rounding can make negative, is kept at 0 at least.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    alpha : float
        α, at least 0 and less than 1.
    centered : bool
        Whether to divide by the standard deviation.
    momentum : float
        μ, at least 0 and less than 1.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "rmsprop"
    title: ClassVar[str] = "RMSprop"
    help: ClassVar[str] = (
        "Divides each parameter's step by the recent size of its slope: steep directions take "
        "shorter steps, flat ones longer."
    )
    equation: ClassVar[str] = (
        "v = alpha · v + (1 − alpha) · ∇f²;  step = −learning rate · ∇f / (√v + epsilon)"
    )
    symbols: ClassVar[dict[str, str]] = {"s": "s_k", "u": "u_k", "u'": "u_{k+1}"}

    learning_rate: float = learning_rate(1e-2, ADAPTIVE_RATE)
    alpha: float = beta(
        0.99,
        "How much of the running mean of squared gradients is kept: the nearer to 1, the "
        "longer a steep stretch shortens the steps that follow.",
    )
    centered: bool = flag(
        default=False,
        help="Divide by the gradient's recent standard deviation rather than by its recent "
        "size, which lengthens the steps where the gradient hardly changes.",
    )
    momentum: float = hyperparameter(
        0.0,
        "How much of the last step's velocity is kept; 0 forgets it.",
        high=1.0,
        high_open=True,
        slider=(0.0, 0.99),
        advanced=True,
    )
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        lines = (*lines, rf"<v'> = <alpha> <v> + (1 - <alpha>) {slope}^2")
        size = r"\sqrt{<v'>}"
        if self.centered:
            size = r"\sqrt{<v'> - <m'>^2}"
            lines = (*lines, rf"<m'> = <alpha> <m> + (1 - <alpha>) {slope}")
        lines = (*lines, rf"<s> = {size} + <epsilon>")
        if np.all(self.momentum == 0.0):
            return (*lines, rf"<x'> = <x> - <learning_rate> \frac{{{slope}}}{{<s>}}")
        return (
            *lines,
            rf"<u'> = <momentum> <u> + \frac{{{slope}}}{{<s>}}",
            r"<x'> = <x> - <learning_rate> <u'>",
        )

    def init(self, params: FloatArray) -> State:
        zeros = np.zeros_like(params)
        return zeros, zeros, zeros

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        slope = decayed(gradient, params, self.weight_decay)
        square, mean = self._means(slope, state)
        velocity = carried(self.momentum, state[2], slope / self._size(square, mean))
        return -self.learning_rate * velocity, (square, mean, velocity)

    def _means(self, slope: FloatArray, state: State) -> tuple[FloatArray, FloatArray]:
        square = averaged(self.alpha, state[0], slope * slope)
        return square, averaged(self.alpha, state[1], slope) if self.centered else state[1]

    def _size(self, square: FloatArray, mean: FloatArray) -> FloatArray:
        if self.centered:
            square = np.maximum(square - mean * mean, 0.0)
        return np.sqrt(square) + self.epsilon

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (square, mean, velocity) = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        size = self._size(square, mean)
        values = {
            "h": slope,
            "v": state[0],
            "v'": square,
            "m": state[1],
            "m'": mean,
            "s": size,
            "u": state[2],
            "u'": velocity,
            "update": update,
        }
        rate = self.learning_rate
        components = [Component("without adaptive scaling", "gradient", -rate * slope)]
        if np.any(self.momentum != 0.0):
            kept = -rate * (self.momentum * state[2])
            components += [
                Component("what is kept of the velocity", "momentum", kept),
                Component("without momentum", "scaling", -rate * (slope / size)),
            ]
        return Explanation(values, (*components, Component("the step", "update", update)))
