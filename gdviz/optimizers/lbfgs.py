"""BFGS with limited memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from gdviz.optimizers.armijo import sufficient_decrease
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.inverse_hessian import curved, first_scale
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.quasi_newton import CURVATURE_EQUATION, SYMBOLS, Wolfe, components
from gdviz.optimizers.rest import Rest
from gdviz.optimizers.rows import column, dot
from gdviz.optimizers.wolfe import curvature_condition

__all__ = ["LBFGS"]

_MEMORY = (
    "How many of the last steps teach the curvature: a few suffice, and millions of "
    "parameters then need no matrix of millions by millions."
)


class _Pairs(NamedTuple):
    """The last s and y of each row, newest first, (n, m, d); all zero where there is none."""

    moved: FloatArray
    turned: FloatArray

    def followed_by(self, moved: FloatArray, turned: FloatArray, most: int) -> _Pairs:
        """Return the pairs with a new one before them in each row where it is usable."""
        good = curved(moved, turned)[:, np.newaxis, np.newaxis]
        kept = []
        for new, old in zip((moved, turned), self, strict=True):
            newest = new[:, np.newaxis]
            before = np.concatenate([old, np.zeros_like(newest)], axis=1)
            longer = np.where(good, np.concatenate([newest, old], axis=1), before)
            kept.append(longer[:, :most])
        return _Pairs(*kept)

    @property
    def scale(self) -> FloatArray:
        """γ of the newest pair, (n,); 1 where there is none."""
        newest = self.moved[:, 0]
        gamma = first_scale(newest, self.turned[:, 0])
        return np.where(np.any(newest != 0.0, axis=1), gamma, 1.0)

    def times(self, vectors: FloatArray) -> FloatArray:
        """Return Hv for v (n, d) by the two-loop recursion, algorithm 7.4."""
        known = [array.swapaxes(0, 1) for array in self]
        met = [dot(moved, turned) for moved, turned in zip(*known, strict=True)]
        inverses = [column(np.where(each > 0.0, 1.0 / each, 0.0)) for each in met]
        pairs = list(zip(*known, inverses, strict=True))
        remaining, shares = vectors, []
        for moved, turned, rho in pairs:
            share = rho * column(dot(moved, remaining))
            remaining = remaining - share * turned
            shares.append(share)
        product = column(self.scale) * remaining
        for (moved, turned, rho), share in zip(reversed(pairs), reversed(shares), strict=True):
            product = product + (share - rho * column(dot(turned, product))) * moved
        return product


class _State(NamedTuple):
    last: Rest
    pairs: _Pairs


class _Step(NamedTuple):
    pairs: _Pairs
    moved: FloatArray
    turned: FloatArray
    direction: FloatArray
    length: FloatArray
    update: FloatArray
    state: _State


@dataclass(frozen=True)
class LBFGS(Optimizer):
    """xₖ₊₁ = xₖ − tₖ Hₖ ∇f(xₖ), where Hₖ is rebuilt from the last m steps.

    Hₖ is what BFGS makes of γI and the last m pairs s, y, with γ = sᵀy / yᵀy of the newest;
    the two-loop recursion multiplies by it without forming it: J. Nocedal, *Updating
    quasi-Newton matrices with limited storage*, Math. Comp. 35 (1980), 773–782; J. Nocedal
    and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), algorithms 7.4 and 7.5,
    equation 7.20. tₖ meets the weak Wolfe conditions, found as in BFGS. A pair without
    sᵀy > 0 isn't kept, and a step of 0 empties the memory.

    Parameters
    ----------
    memory : int
        m, from 1 to 100.
    sufficient_decrease : float
        c₁, greater than 0 and less than 1/2.
    curvature : float
        c₂, at least 1/2 and less than 1.
    """

    key: ClassVar[str] = "lbfgs"
    title: ClassVar[str] = "L-BFGS"
    help: ClassVar[str] = (
        "BFGS that remembers only the last few steps, which millions of parameters can afford."
    )
    equation: ClassVar[str] = "step = −t · H ∇f, with H rebuilt from the last few steps"
    symbols: ClassVar[dict[str, str]] = {**SYMBOLS, "gamma": r"\gamma_k", "memory": "m"}

    memory: int = hyperparameter(10, _MEMORY, low=1, high=100, slider=(1, 30), kind="whole")
    sufficient_decrease: float = sufficient_decrease()
    curvature: float = curvature_condition()

    @property
    def equations(self) -> tuple[str, ...]:
        return (
            r"<s> = <x> - x_{k-1}, \quad <y> = <g> - g_{k-1}",
            r"<gamma> = \frac{<s>^{\top} <y>}{<y>^{\top} <y>}",
            r"<H> = \operatorname{BFGS}(<gamma> I;\, <memory>\ \text{pairs})",
            "<p> = -<H> <g>",
            CURVATURE_EQUATION,
            "<x'> = <x> + <t> <p>",
        )

    def init(self, params: FloatArray) -> _State:
        rows, dimension = params.shape
        none = np.zeros((rows, 0, dimension))
        return _State(Rest.nowhere(params), _Pairs(none, none))

    def advance(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, _State]:
        step = self._step(objective, gradient, state, params)
        return step.update, step.state

    def explain(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> Explanation:
        step = self._step(objective, gradient, state, params)
        with np.errstate(all="ignore"):
            axes = np.eye(params.shape[1])
            columns = [step.pairs.times(np.broadcast_to(axis, params.shape)) for axis in axes]
            gamma = step.pairs.scale
        values = {
            "s": step.moved,
            "y": step.turned,
            "gamma": column(gamma),
            "H": np.stack(columns, axis=2),
            "p": step.direction,
            "t": column(step.length),
            "update": step.update,
        }
        return Explanation(values, components(gradient, step.direction, step.update))

    def _step(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> _Step:
        with np.errstate(all="ignore"):
            last = state.last
            moved, turned = params - last.params, gradient - last.gradient
            pairs = state.pairs.followed_by(moved, turned, self.memory)
            direction = -pairs.times(gradient)
            wolfe = Wolfe(self.sufficient_decrease, self.curvature)
            length, update, last = wolfe.steps(objective, params, gradient, direction, last)
        on = (length > 0.0)[:, np.newaxis, np.newaxis]
        kept = _Pairs(*(np.where(on, array, 0.0) for array in pairs))
        following = _State(last, kept)
        return _Step(pairs, moved, turned, direction, length, update, following)
