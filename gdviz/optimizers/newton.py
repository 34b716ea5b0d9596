"""Newton's method with eigenvalues made positive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from gdviz.optimizers.armijo import backtracked
from gdviz.optimizers.common import learning_rate
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import flag, hyperparameter
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, finite, per_row, times
from gdviz.spectrum import spectrum

__all__ = ["Newton"]

_RATE = (
    "How much of Newton's step is taken: 1 jumps to the minimum of the parabola that fits "
    "the loss here, smaller values go only part of the way."
)
_DAMPING = (
    "The least curvature that is believed: where the loss is nearly straight, a smaller value "
    "would make the step endless."
)
_BACKTRACKING = (
    "Halves a step until it really lowers the loss; without it, Newton's step is taken "
    "wherever it leads."
)


class _Step(NamedTuple):
    hessian: FloatArray
    curvatures: FloatArray
    vectors: FloatArray
    direction: FloatArray
    share: FloatArray
    update: FloatArray


@dataclass(frozen=True)
class Newton(Optimizer):
    """xₖ₊₁ = xₖ − t η V |Λ|⁻¹ Vᵀ ∇f(xₖ), where ∇²f(xₖ) = V Λ Vᵀ.

    The eigenvalues of the Hessian are replaced by their absolute values, raised to at least
    δ: J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §3.4; Y. N.
    Dauphin et al., *Identifying and attacking the saddle point problem in high-dimensional
    non-convex optimization*, NeurIPS 27 (2014). So the direction always leads downhill, and
    away from saddles, where Newton's own step leads to them. Where the Hessian isn't finite,
    it is taken for the unit matrix.

    t is the first of 1, 1/2, 1/4, … with f(xₖ₊₁) ≤ f(xₖ) + 10⁻⁴ t ηpᵀ∇f(xₖ), Armijo's
    condition.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    damping : float
        δ, greater than 0.
    backtracking : bool
        Whether t is searched for; otherwise it is 1.
    """

    key: ClassVar[str] = "newton"
    title: ClassVar[str] = "Newton’s method"
    help: ClassVar[str] = (
        "Divides the gradient by the curvature in each direction, and so jumps to the bottom of "
        "the bowl that fits here."
    )
    equation: ClassVar[str] = "step = −t · learning rate · |∇²f|⁻¹ ∇f"
    symbols: ClassVar[dict[str, str]] = {
        "damping": r"\delta",
        "H": "H_k",
        "l": r"\Lambda_k",
        "V": "V_k",
        "p": "p_k",
        "t": "t_k",
    }

    learning_rate: float = learning_rate(1.0, _RATE)
    damping: float = hyperparameter(
        1e-3, _DAMPING, low_open=True, slider=(1e-8, 10.0), logarithmic=True, advanced=True
    )
    backtracking: bool = flag(True, _BACKTRACKING)  # noqa: FBT003 -- a default like the others

    @property
    def equations(self) -> tuple[str, ...]:
        share = "<t> " if self.backtracking else ""
        return (
            r"<H> = <V> \operatorname{diag}(<l>) <V>^{\top}",
            r"<p> = -<V> \operatorname{diag}(\max(|<l>|, <damping>))^{-1} <V>^{\top} <g>",
            rf"<x'> = <x> + {share}<learning_rate> <p>",
        )

    def init(self, params: FloatArray) -> Rest:
        return Rest.nowhere(params)

    def advance(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> tuple[FloatArray, Rest]:
        step = self._step(objective, gradient, state, params)
        return step.update, Rest.after(params, gradient, step.share == 0.0)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> Explanation:
        step = self._step(objective, gradient, state, params)
        values = {
            "H": step.hessian,
            "l": step.curvatures,
            "V": step.vectors,
            "p": step.direction,
            "t": column(step.share),
            "update": step.update,
        }
        components = (
            Component("the gradient alone", "gradient", -self.learning_rate * gradient),
            Component("Newton’s step", "curvature", self.learning_rate * step.direction),
            Component("the step", "update", step.update),
        )
        return Explanation(values, components)

    def _step(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> _Step:
        rows, dimension = params.shape
        with np.errstate(all="ignore"):
            hessian = objective.hessian(params)
            values, vectors = spectrum(hessian)
            known = finite(values)
            curved = np.where(known[:, np.newaxis], np.maximum(np.abs(values), self.damping), 1.0)
            vectors = np.where(known[:, np.newaxis, np.newaxis], vectors, np.eye(dimension))
            along = times(vectors.transpose(0, 2, 1), gradient)
            direction = -times(vectors, along / curved)
            resting = state.holds(params, gradient)
            ray = Ray.of(objective, params, gradient, self.learning_rate * direction, resting)
            share = np.where(finite(ray.direction), 1.0, 0.0)
            if self.backtracking:
                decrease, half = per_row(1e-4, rows), per_row(0.5, rows)
                share = backtracked(ray, share, decrease, half)
            return _Step(hessian, values, vectors, direction, share, ray.update(share))
