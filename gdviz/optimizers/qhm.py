"""Quasi-hyperbolic momentum: between gradient descent and momentum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    VELOCITY_RATE,
    averaged,
    beta,
    blended,
    decayed,
    gradient_lines,
    learning_rate,
    share,
    weight_decay,
)
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["QHM"]


@dataclass(frozen=True)
class QHM(FirstOrder):
    """mₖ₊₁ = β mₖ + (1 − β) ∇f(xₖ), then xₖ₊₁ = xₖ − η ((1 − ν) ∇f(xₖ) + ν mₖ₊₁), m₀ = 0.

    J. Ma and D. Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, ICLR 2019,
    arXiv:1810.06801, equations 3 and 4, with the defaults that it recommends; torch has no
    QHM. ν = 0 is gradient descent, ν = 1 momentum with damping: the velocity is a mean, so
    that a rate η here is one of η (1 − β) there.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta : float
        β, at least 0 and less than 1.
    nu : float
        ν, from 0 to 1.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "qhm"
    title: ClassVar[str] = "Quasi-hyperbolic momentum"
    help: ClassVar[str] = (
        "Mixes the plain gradient with its running mean, between gradient descent and momentum."
    )
    equation: ClassVar[str] = (
        "m = beta · m + (1 − beta) · ∇f;  step = −learning rate · ((1 − nu) · ∇f + nu · m)"
    )

    learning_rate: float = learning_rate(1e-3, VELOCITY_RATE)
    beta: float = beta(
        0.999,
        "How much of the running mean of gradients is kept: the nearer to 1, the longer the "
        "past counts.",
    )
    nu: float = share(
        0.7,
        "How much of the step is momentum: 0 is gradient descent, 1 is momentum alone.",
    )
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        return (
            *lines,
            rf"<m'> = <beta> <m> + (1 - <beta>) {slope}",
            rf"<x'> = <x> - <learning_rate> ((1 - <nu>) {slope} + <nu> <m'>)",
        )

    def init(self, params: FloatArray) -> FloatArray:
        return np.zeros_like(params)

    def update(
        self, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        slope = decayed(gradient, params, self.weight_decay)
        mean = averaged(self.beta, state, slope)
        return -self.learning_rate * blended(self.nu, mean, slope), mean

    def explain(
        self, objective: Objective, gradient: FloatArray, state: FloatArray, params: FloatArray
    ) -> Explanation:
        update, mean = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        values = {"m": state, "m'": mean, "h": slope, "update": update}
        components = (
            Component("the gradient alone", "gradient", -self.learning_rate * slope),
            Component("momentum alone", "momentum", -self.learning_rate * mean),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
