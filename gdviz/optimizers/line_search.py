"""Gradient descent that searches for the length of each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.armijo import backtracked, sufficient_decrease
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import flag, hyperparameter
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.ray_minimum import ray_minimum
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, per_row

__all__ = ["LineSearch"]

_INITIAL = (
    "The learning rate that each step tries first; it is cut until the loss falls enough, "
    "so that too large a value costs time and never climbs."
)
_SHRINK = "What a step that is too long is multiplied by before it is tried again."
_EXACT = (
    "Goes on to the lowest point along the line instead of stopping at the first good one: "
    "each gradient is then at a right angle to the one before, and the path zigzags."
)


@dataclass(frozen=True)
class LineSearch(Optimizer):
    """xₖ₊₁ = xₖ − tₖ ∇f(xₖ), where tₖ is searched for along the line.

    By backtracking, tₖ is the first of t, t s, t s², … that meets Armijo's condition: J.
    Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), algorithm 3.1. The
    exact search takes the first minimum along the line; on a quadratic that is
    tₖ = gᵀg / gᵀHg (ibid., §3.3).

    Parameters
    ----------
    initial_step : float
        t, greater than 0.
    shrink : float
        s, greater than 0 and at most 0.9.
    sufficient_decrease : float
        Armijo's c, greater than 0 and less than 1/2.
    exact : bool
        Whether to search exactly, which needs neither s nor c.
    """

    key: ClassVar[str] = "line_search"
    title: ClassVar[str] = "Line search"
    help: ClassVar[str] = (
        "Gradient descent that tries how far to go at each step: shorter until the loss has "
        "fallen enough."
    )
    equation: ClassVar[str] = "step = −t · ∇f, with t searched for along the line"
    symbols: ClassVar[dict[str, str]] = {
        "initial_step": "t_0",
        "shrink": "s",
        "sufficient_decrease": "c",
        "t": "t_k",
    }

    initial_step: float = hyperparameter(
        1.0, _INITIAL, low_open=True, slider=(1e-4, 10.0), logarithmic=True
    )
    shrink: float = hyperparameter(
        0.5, _SHRINK, low_open=True, high=0.9, slider=(0.1, 0.9), advanced=True
    )
    sufficient_decrease: float = sufficient_decrease()
    exact: bool = flag(False, _EXACT)  # noqa: FBT003 -- a default like the others

    @property
    def equations(self) -> tuple[str, ...]:
        step = r"<x'> = <x> - <t> <g>"
        if self.exact:
            return (r"<t> = \min \{ t > 0 : <g>^{\top} \nabla f(<x> - t <g>) = 0 \}", step)
        return (
            r"<t> \in \{ <initial_step>, <initial_step> <shrink>, \ldots \}",
            r"f(<x> - <t> <g>) \le f(<x>) - <sufficient_decrease> <t> <g>^{\top} <g>",
            step,
        )

    def init(self, params: FloatArray) -> Rest:
        return Rest.nowhere(params)

    def advance(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> tuple[FloatArray, Rest]:
        steps, update = self._step(objective, gradient, state, params)
        return update, Rest.after(params, gradient, steps == 0.0)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> Explanation:
        steps, update = self._step(objective, gradient, state, params)
        components = (
            Component("the first step tried", "gradient", -self.initial_step * gradient),
            Component("the step", "update", update),
        )
        return Explanation({"t": column(steps), "update": update}, components)

    def _step(
        self, objective: Objective, gradient: FloatArray, state: Rest, params: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        rows = len(params)
        first = per_row(self.initial_step, rows)
        with np.errstate(all="ignore"):
            ray = Ray.of(objective, params, gradient, -gradient, state.holds(params, gradient))
            if self.exact:
                steps = ray_minimum(ray, first)
            else:
                decrease = per_row(self.sufficient_decrease, rows)
                steps = backtracked(ray, first, decrease, per_row(self.shrink, rows))
            return steps, ray.update(steps)
