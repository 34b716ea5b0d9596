"""Rprop: step lengths that follow the gradient's signs alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.optimizers.common import learning_rate
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["Rprop"]

State = tuple[FloatArray, FloatArray]
"""The last gradient, 0 where its sign had changed, and the step lengths."""


@dataclass(frozen=True)
class Rprop(FirstOrder):
    """xₖ₊₁ = xₖ − δₖ₊₁ sign pₖ₊₁, elementwise; a length δ grows until its gradient changes sign.

    With s = ∇f(xₖ) pₖ: where s > 0, δₖ₊₁ = η₊ δₖ; where s < 0, δₖ₊₁ = η₋ δₖ; both within
    δ_min and δ_max. pₖ₊₁ is ∇f(xₖ), but 0 where s < 0, so that nothing moves there, and the
    step after it counts as one without a change. M. Riedmiller and H. Braun, *A direct
    adaptive method for faster backpropagation learning: the RPROP algorithm*, IEEE
    International Conference on Neural Networks 1993, 586–591, which takes the last step back
    after a change of sign; this is ``torch.optim.Rprop``, the form called iRprop⁻ by C. Igel
    and M. Hüsken, *Improving the Rprop learning algorithm*, NC 2000, 115–121.

    Parameters
    ----------
    learning_rate : float
        δ₀, greater than 0; the first step's length.
    eta_minus, eta_plus : float
        η₋, greater than 0 and less than 1, and η₊, greater than 1; torch's ``etas``.
    smallest_step, largest_step : float
        δ_min, at least 0, and δ_max, greater than 0; torch's ``step_sizes``.

    Raises
    ------
    UserError
        Also if the smallest step is larger than the largest one.
    """

    key: ClassVar[str] = "rprop"
    title: ClassVar[str] = "Rprop"
    help: ClassVar[str] = (
        "Keeps a step length for each parameter: longer while the slope's sign stays, shorter "
        "when it changes."
    )
    first_rate_only: ClassVar[bool] = True
    equation: ClassVar[str] = (
        "δ = eta_plus · δ, or eta_minus · δ where ∇f has changed its sign;  step = −δ · sign(∇f)"
    )
    symbols: ClassVar[dict[str, str]] = {
        "p": r"p_k",
        "p'": r"p_{k+1}",
        "factor": r"c_k",
        "size": r"\delta_k",
        "size'": r"\delta_{k+1}",
        "learning_rate": r"\delta_0",
        "eta_minus": r"\eta_-",
        "eta_plus": r"\eta_+",
        "smallest_step": r"\delta_{\min}",
        "largest_step": r"\delta_{\max}",
    }

    learning_rate: float = learning_rate(
        1e-2, "How far the first step goes in each parameter; the method finds the next ones."
    )
    eta_minus: float = hyperparameter(
        0.5,
        "What a step's length is multiplied by where the gradient changes its sign, because "
        "the last step went across the valley.",
        low_open=True,
        high=1.0,
        high_open=True,
        slider=(0.01, 0.99),
    )
    eta_plus: float = hyperparameter(
        1.2,
        "What a step's length is multiplied by as long as the gradient keeps its sign.",
        low=1.0,
        low_open=True,
        slider=(1.01, 3.0),
    )
    smallest_step: float = hyperparameter(
        1e-6,
        "No step becomes shorter than this, however often the slope changes its sign.",
        slider=(1e-12, 1.0),
        logarithmic=True,
        advanced=True,
    )
    largest_step: float = hyperparameter(
        50.0,
        "No step becomes longer than this, however long the slope keeps its sign.",
        low_open=True,
        slider=(1e-3, 1e3),
        logarithmic=True,
        advanced=True,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        smallest, largest = np.broadcast_arrays(self.smallest_step, self.largest_step)
        if np.any(smallest > largest):
            worst = int(np.argmax(smallest > largest))
            raise UserError(
                "smallest_step must be at most largest_step, got "
                f"{smallest.flat[worst]:g} and {largest.flat[worst]:g}"
            )

    @property
    def equations(self) -> tuple[str, ...]:
        same, changed = r"<g> <p> \gt 0", r"<g> <p> \lt 0"
        factors = rf"<eta_plus> & {same} \\ <eta_minus> & {changed} \\ 1 & \text{{otherwise}}"
        kept = rf"0 & {changed} \\ <g> & \text{{otherwise}}"
        return (
            rf"<factor> = \begin{{cases}} {factors} \end{{cases}}",
            r"<size'> = \min(\max(<factor> <size>, <smallest_step>), <largest_step>)",
            rf"<p'> = \begin{{cases}} {kept} \end{{cases}}",
            r"<x'> = <x> - <size'> \operatorname{sign}(<p'>)",
        )

    def init(self, params: FloatArray) -> State:
        zeros = np.zeros_like(params)
        return zeros, zeros + self.learning_rate

    def update(
        self, gradient: FloatArray, state: State, params: FloatArray
    ) -> tuple[FloatArray, State]:
        last, sizes = state
        agreement = gradient * last
        changed = agreement < 0.0
        sizes = self._factors(agreement, changed) * sizes
        sizes = np.minimum(np.maximum(sizes, self.smallest_step), self.largest_step)
        seen = np.where(changed, 0.0, gradient)
        return -sizes * np.sign(seen), (seen, sizes)

    def _factors(self, agreement: FloatArray, changed: NDArray[np.bool_]) -> FloatArray:
        slower = np.where(changed, self.eta_minus, 1.0)
        return np.where(agreement > 0.0, self.eta_plus, slower)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: State, params: FloatArray
    ) -> Explanation:
        update, (seen, sizes) = self.update(gradient, state, params)
        agreement = gradient * state[0]
        values = {
            "p": state[0],
            "p'": seen,
            "factor": self._factors(agreement, agreement < 0.0),
            "size": state[1],
            "size'": sizes,
            "update": update,
        }
        components = (
            Component("the step as long as the last", "scaling", -state[1] * np.sign(seen)),
            Component("the step", "update", update),
        )
        return Explanation(values, components)
