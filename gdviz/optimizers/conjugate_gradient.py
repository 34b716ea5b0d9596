"""Nonlinear conjugate gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.ray_minimum import ray_minimum
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, dot, norm

__all__ = ["ConjugateGradient"]

_RESTART = (
    "After so many steps the direction is −∇f again: as many as there are parameters suffice "
    "for a quadratic bowl, and elsewhere old directions grow stale."
)


class _State(NamedTuple):
    last: Rest
    direction: FloatArray
    age: NDArray[np.int64]


class _Step(NamedTuple):
    beta: FloatArray
    kept: FloatArray
    direction: FloatArray
    length: FloatArray
    update: FloatArray
    state: _State


@dataclass(frozen=True)
class ConjugateGradient(Optimizer):
    """pₖ = −gₖ + βₖ pₖ₋₁, then xₖ₊₁ = xₖ + tₖ pₖ, where tₖ is the minimum along the line.

    βₖ = max(gₖᵀ(gₖ − gₖ₋₁) / gₖ₋₁ᵀgₖ₋₁, 0), which is PR+: E. Polak and G. Ribière (1969) as
    J. C. Gilbert and J. Nocedal made it converge, SIAM J. Optim. 2 (1992), 21–42; J. Nocedal
    and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), equations 5.44 and 5.45. It
    restarts with β = 0 every so many steps (ibid., §5.2), where pₖ doesn't lead downhill,
    and after a step of 0. On a quadratic of d parameters it ends in d steps.

    Parameters
    ----------
    restart : int
        From 1 (which is steepest descent) to 1000.
    """

    key: ClassVar[str] = "conjugate_gradient"
    title: ClassVar[str] = "Conjugate gradients"
    help: ClassVar[str] = (
        "Chooses directions that don't spoil one another: as many steps as parameters for a "
        "quadratic bowl."
    )
    equation: ClassVar[str] = "p = −∇f + β · p;  step = t · p, to the minimum along p"
    symbols: ClassVar[dict[str, str]] = {
        "restart": "m",
        "b": r"\beta_k",
        "before": "p_{k-1}",
        "p": "p_k",
        "t": "t_k",
    }

    restart: int = hyperparameter(
        2, _RESTART, low=1, high=1000, slider=(1, 20), kind="whole", advanced=True
    )

    @property
    def equations(self) -> tuple[str, ...]:
        turned, length = r"<g>^{\top} (<g> - g_{k-1})", r"g_{k-1}^{\top} g_{k-1}"
        lines: tuple[str, ...] = (
            rf"<b> = \max\left(\frac{{{turned}}}{{{length}}}, 0\right)",
            "<p> = -<g> + <b> <before>",
        )
        if self.restart == 1:
            lines = ("<p> = -<g>",)
        return (
            *lines,
            r"<t> = \min \{ t > 0 : <p>^{\top} \nabla f(<x> + t <p>) = 0 \}",
            "<x'> = <x> + <t> <p>",
        )

    def init(self, params: FloatArray) -> _State:
        age = np.zeros(len(params), dtype=np.int64)
        return _State(Rest.nowhere(params), np.zeros_like(params), age)

    def advance(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, _State]:
        step = self._step(objective, gradient, state, params)
        return step.update, step.state

    def explain(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> Explanation:
        step = self._step(objective, gradient, state, params)
        length = column(step.length)
        values = {
            "b": column(step.beta),
            "before": state.direction,
            "p": step.direction,
            "t": length,
            "update": step.update,
        }
        components = (
            Component("the gradient alone", "gradient", -length * gradient),
            Component("what is kept of the direction", "momentum", length * step.kept),
            Component("the step", "update", step.update),
        )
        return Explanation(values, components)

    def _step(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> _Step:
        with np.errstate(all="ignore"):
            last = state.last.gradient
            beta = np.maximum(dot(gradient, gradient - last) / dot(last, last), 0.0)
            beta = np.where((state.age > 0) & np.isfinite(beta), beta, 0.0)
            downhill = dot(gradient, -gradient + column(beta) * state.direction) < 0.0
            beta = np.where(downhill, beta, 0.0)
            kept = column(beta) * state.direction
            direction = -gradient + kept
            resting = state.last.holds(params, gradient)
            ray = Ray.of(objective, params, gradient, direction, resting)
            length = ray_minimum(ray, np.minimum(1.0, 1.0 / norm(direction)))
        age = np.where(beta > 0.0, state.age, 0) + 1
        age = np.where((length > 0.0) & (age < self.restart), age, 0)
        vain = (length == 0.0) & (beta == 0.0)
        following = _State(Rest.after(params, gradient, vain), direction, age)
        return _Step(beta, kept, direction, length, ray.update(length), following)
