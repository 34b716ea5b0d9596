"""Plain gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.optimizer import FloatArray, Optimizer

__all__ = ["LEARNING_RATE_HELP", "GradientDescent"]

LEARNING_RATE_HELP = (
    "How far one step goes: the gradient is multiplied by it. Too small crawls, "
    "too large overshoots the valley and climbs out on the other side."
)


@dataclass(frozen=True)
class GradientDescent(Optimizer):
    """xₖ₊₁ = xₖ − η ∇f(xₖ).

    Equation 1 of Ruder, *An overview of gradient descent optimization algorithms*
    (2016), arXiv:1609.04747; the same as ``torch.optim.SGD`` without momentum.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    """

    key: ClassVar[str] = "gd"
    title: ClassVar[str] = "Gradient descent"
    equation: ClassVar[str] = "step = −learning rate · ∇f"

    learning_rate: float = hyperparameter(
        1e-3, LEARNING_RATE_HELP, low_open=True, slider=(1e-4, 10.0), logarithmic=True
    )

    def init(self, params: FloatArray) -> None:
        return None

    def update(
        self,
        gradient: FloatArray,
        state: None,
        params: FloatArray,
    ) -> tuple[FloatArray, None]:
        return -self.learning_rate * gradient, None
