"""Plain gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import DECAY_EQUATION, decayed, learning_rate, weight_decay
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["GradientDescent"]


@dataclass(frozen=True)
class GradientDescent(FirstOrder):
    """xₖ₊₁ = xₖ − η ∇f(xₖ).

    A. Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*,
    Comptes Rendus 25 (1847), 536–538; the same as ``torch.optim.SGD`` without momentum.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "gd"
    title: ClassVar[str] = "Gradient descent"
    help: ClassVar[str] = (
        "Goes straight down the slope: against the gradient, times the learning rate. It "
        "remembers nothing."
    )
    equation: ClassVar[str] = "step = −learning rate · ∇f"

    learning_rate: float = learning_rate(1e-3)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        if np.all(self.weight_decay == 0.0):
            return (r"<x'> = <x> - <learning_rate> <g>",)
        return (DECAY_EQUATION, r"<x'> = <x> - <learning_rate> <h>")

    def init(self, params: FloatArray) -> None:
        return None

    def update(
        self, gradient: FloatArray, state: None, params: FloatArray
    ) -> tuple[FloatArray, None]:
        return -self.learning_rate * decayed(gradient, params, self.weight_decay), None

    def explain(
        self, objective: Objective, gradient: FloatArray, state: None, params: FloatArray
    ) -> Explanation:
        update, _ = self.update(gradient, state, params)
        values = {"h": decayed(gradient, params, self.weight_decay), "update": update}
        return Explanation(values, (Component("the step", "update", update),))
