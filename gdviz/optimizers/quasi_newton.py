"""The step along a quasi-Newton direction, which BFGS and L-BFGS share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdviz.optimizers.explanation import Component
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, norm, per_row
from gdviz.optimizers.wolfe import wolfe_steps

__all__ = ["CURVATURE_EQUATION", "SYMBOLS", "Wolfe", "components"]

CURVATURE_EQUATION = (
    r"f(<x'>) \le f(<x>) + <sufficient_decrease> <t> <g>^{\top} <p>, \quad "
    r"<p>^{\top} \nabla f(<x'>) \ge <curvature> <p>^{\top} <g>"
)
SYMBOLS = {
    "sufficient_decrease": "c_1",
    "curvature": "c_2",
    "s": "s_k",
    "y": "y_k",
    "H": "H_k",
    "p": "p_k",
    "t": "t_k",
}


class Wolfe(NamedTuple):
    """The constants of Wolfe's conditions, and the step that meets them."""

    decrease: float | FloatArray
    curvature: float | FloatArray

    def steps(
        self,
        objective: Objective,
        params: FloatArray,
        gradient: FloatArray,
        direction: FloatArray,
        last: Rest,
    ) -> tuple[FloatArray, FloatArray, Rest]:
        """Return how far to go (n,), what that adds (n, d), and the next `last`.

        1 is tried first; but where the direction is −∇f and nothing has been learned of its
        scale, at the first step and after one of 0, what goes no farther than 1.
        """
        rows = len(params)
        ray = Ray.of(objective, params, gradient, direction, last.holds(params, gradient))
        plain = np.all(direction == -gradient, axis=1)
        blind = plain & np.all(params == last.params, axis=1)
        first = np.where(blind, np.minimum(1.0, 1.0 / norm(gradient)), 1.0)
        steps = wolfe_steps(ray, first, per_row(self.decrease, rows), per_row(self.curvature, rows))
        return steps, ray.update(steps), Rest.after(params, gradient, plain & (steps == 0.0))


def components(
    gradient: FloatArray, direction: FloatArray, update: FloatArray
) -> tuple[Component, ...]:
    """Return the arrows of a quasi-Newton step: −∇f at the direction's length, p, the step."""
    with np.errstate(all="ignore"):
        plain = -gradient * column(norm(direction) / norm(gradient))
    return (
        Component("the gradient’s direction", "gradient", np.where(gradient == 0.0, 0.0, plain)),
        Component("the quasi-Newton step", "curvature", direction),
        Component("the step", "update", update),
    )
