"""Gradient descent whose rate is read off the last step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.common import learning_rate
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import flag
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.rows import column, dot, finite, norm, per_row

__all__ = ["BarzilaiBorwein"]

_RATE = "The rate of the first step alone; all later ones find their own."
_SHORT = "Takes the shorter of the two rates that fit the last step, which is the calmer one."


class _State(NamedTuple):
    params: FloatArray
    gradient: FloatArray
    fresh: NDArray[np.bool_]


@dataclass(frozen=True)
class BarzilaiBorwein(Optimizer):
    """xₖ₊₁ = xₖ − αₖ ∇f(xₖ), where 1/αₖ is the curvature that the last step has met.

    With s = xₖ − xₖ₋₁ and y = ∇f(xₖ) − ∇f(xₖ₋₁), αₖ = sᵀs / sᵀy (BB1), or the shorter
    sᵀy / yᵀy (BB2): J. Barzilai and J. M. Borwein, *Two-point step size gradient methods*,
    IMA J. Numer. Anal. 8 (1988), 141–148. The loss may rise on the way.

    Where sᵀy ≤ 0 the curvature is negative and neither is a rate; αₖ is then ‖s‖ / ‖y‖, the
    geometric mean of both without their signs (Y.-H. Dai, M. Al-Baali and X. Yang, *A
    positive Barzilai–Borwein-like stepsize and an extension for symmetric linear systems*,
    2015). Where that isn't a positive number either, and at the first step, it is η.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    short : bool
        Whether to take BB2.
    """

    key: ClassVar[str] = "barzilai_borwein"
    title: ClassVar[str] = "Barzilai–Borwein"
    help: ClassVar[str] = (
        "Gradient descent whose next rate comes from the curvature that the last step has met."
    )
    first_rate_only: ClassVar[bool] = True
    equation: ClassVar[str] = "step = −α · ∇f, with 1/α the curvature met by the last step"
    symbols: ClassVar[dict[str, str]] = {"a": r"\alpha_k", "s": "s_k", "y": "y_k"}

    learning_rate: float = learning_rate(1e-3, _RATE)
    short: bool = flag(False, _SHORT)  # noqa: FBT003 -- a default like the others

    @property
    def equations(self) -> tuple[str, ...]:
        over = (r"<s>^{\top} <y>", r"<y>^{\top} <y>")
        if not self.short:
            over = (r"<s>^{\top} <s>", r"<s>^{\top} <y>")
        return (
            r"<s> = <x> - x_{k-1}, \quad <y> = <g> - g_{k-1}",
            rf"<a> = \frac{{{over[0]}}}{{{over[1]}}}",
            r"<x'> = <x> - <a> <g>",
        )

    def init(self, params: FloatArray) -> _State:
        return _State(params.copy(), np.zeros_like(params), np.ones(len(params), dtype=np.bool_))

    def advance(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, _State]:
        update = self._step(gradient, state, params)[3]
        fresh = np.zeros_like(state.fresh)
        return update, _State(params.copy(), gradient.copy(), fresh)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> Explanation:
        moved, turned, rate, update = self._step(gradient, state, params)
        values = {"s": moved, "y": turned, "a": column(rate), "update": update}
        components = (
            Component("the first step’s rate", "gradient", -self.learning_rate * gradient),
            Component("the step", "update", update),
        )
        return Explanation(values, components)

    def _step(
        self, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return s and y (n, d), α (n,) and the update (n, d)."""
        fresh = state.fresh[:, np.newaxis]
        with np.errstate(all="ignore"):
            moved = params - state.params
            turned = np.where(fresh, 0.0, gradient - state.gradient)
            met = dot(moved, turned)
            rate = met / dot(turned, turned) if self.short else dot(moved, moved) / met
            rate = np.where(met > 0.0, rate, norm(moved) / norm(turned))
            usable = np.isfinite(rate) & (rate > 0.0)
            rate = np.where(usable, rate, per_row(self.learning_rate, len(params)))
            update = -column(rate) * gradient
            update = np.where(finite(update)[:, np.newaxis], update, 0.0)
        return moved, turned, rate, update
