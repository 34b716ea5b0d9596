"""The method of Broyden, Fletcher, Goldfarb and Shanno."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.armijo import sufficient_decrease
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.inverse_hessian import bfgs_update, curved, first_scale
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.quasi_newton import CURVATURE_EQUATION, SYMBOLS, Wolfe, components
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, dot, identities, times
from gdviz.optimizers.wolfe import curvature_condition

__all__ = ["BFGS"]


class _State(NamedTuple):
    last: Rest
    inverse: FloatArray
    fresh: NDArray[np.bool_]


class _Step(NamedTuple):
    moved: FloatArray
    turned: FloatArray
    rho: FloatArray
    before: FloatArray
    inverse: FloatArray
    direction: FloatArray
    length: FloatArray
    update: FloatArray
    state: _State


@dataclass(frozen=True)
class BFGS(Optimizer):
    """xₖ₊₁ = xₖ − tₖ Hₖ ∇f(xₖ), where Hₖ learns the inverse Hessian from the gradients.

    With s = xₖ − xₖ₋₁, y = ∇f(xₖ) − ∇f(xₖ₋₁) and ρ = 1 / yᵀs,
    Hₖ = (I − ρsyᵀ) Hₖ₋₁ (I − ρysᵀ) + ρssᵀ: J. Nocedal and S. J. Wright, *Numerical
    Optimization*, 2nd ed. (2006), algorithm 6.1 and equation 6.17. Before the first update,
    H is (sᵀy / yᵀy) I (equation 6.20). tₖ meets the weak Wolfe conditions, so that sᵀy > 0:
    A. S. Lewis and M. L. Overton, *Nonsmooth optimization via quasi-Newton methods*, Math.
    Program. 141 (2013), §4. A pair without sᵀy > 0 is passed over, and after a step of 0
    H is I again.

    Parameters
    ----------
    sufficient_decrease : float
        c₁, greater than 0 and less than 1/2.
    curvature : float
        c₂, at least 1/2 and less than 1.
    """

    key: ClassVar[str] = "bfgs"
    title: ClassVar[str] = "BFGS"
    help: ClassVar[str] = (
        "Learns the curvature from the gradients on its way, and then steps nearly as far- "
        "sightedly as Newton's method."
    )
    equation: ClassVar[str] = "step = −t · H ∇f, with H learned from the gradients"
    symbols: ClassVar[dict[str, str]] = {**SYMBOLS, "rho": r"\rho_k", "before": "H_{k-1}"}

    sufficient_decrease: float = sufficient_decrease()
    curvature: float = curvature_condition()

    @property
    def equations(self) -> tuple[str, ...]:
        inverse = (
            r"<H> = (I - <rho> <s> <y>^{\top}) <before> (I - <rho> <y> <s>^{\top})"
            r" + <rho> <s> <s>^{\top}"
        )
        return (
            r"<s> = <x> - x_{k-1}, \quad <y> = <g> - g_{k-1}, \quad <rho> = 1 / <y>^{\top} <s>",
            inverse,
            "<p> = -<H> <g>",
            CURVATURE_EQUATION,
            "<x'> = <x> + <t> <p>",
        )

    def init(self, params: FloatArray) -> _State:
        rows, dimension = params.shape
        fresh = np.ones(rows, dtype=np.bool_)
        return _State(Rest.nowhere(params), identities(rows, dimension), fresh)

    def advance(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, _State]:
        step = self._step(objective, gradient, state, params)
        return step.update, step.state

    def explain(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> Explanation:
        step = self._step(objective, gradient, state, params)
        values = {
            "s": step.moved,
            "y": step.turned,
            "rho": column(step.rho),
            "before": step.before,
            "H": step.inverse,
            "p": step.direction,
            "t": column(step.length),
            "update": step.update,
        }
        return Explanation(values, components(gradient, step.direction, step.update))

    def _step(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> _Step:
        unit = identities(*params.shape)
        with np.errstate(all="ignore"):
            last = state.last
            moved, turned = params - last.params, gradient - last.gradient
            good = curved(moved, turned)
            rho = np.where(good, 1.0 / dot(moved, turned), 0.0)
            first = good & state.fresh
            scaled = np.where(first, first_scale(moved, turned), 1.0)[:, None, None] * unit
            before = np.where(first[:, None, None], scaled, state.inverse)
            updated = bfgs_update(before, moved, turned)
            inverse = np.where(good[:, None, None], updated, before)
            direction = -times(inverse, gradient)
            wolfe = Wolfe(self.sufficient_decrease, self.curvature)
            length, update, last = wolfe.steps(objective, params, gradient, direction, last)
        stuck = length == 0.0
        inverse_after = np.where(stuck[:, None, None], unit, inverse)
        following = _State(last, inverse_after, (state.fresh & ~good) | stuck)
        return _Step(moved, turned, rho, before, inverse, direction, length, update, following)
