"""The simplex method of Nelder and Mead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.hyperparameter import hyperparameter
from gdviz.optimizers.objective import FloatArray, Objective
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.rows import column, per_row

__all__ = ["NelderMead"]

_SIZE = (
    "How far the first simplex reaches from the start along each axis; 0 makes it 5 % of the "
    "start’s own numbers, as SciPy does. A large one sees past small dips."
)
_SHARE, _FROM_ZERO = 0.05, 0.00025
_REFLECTED, _EXPANDED, _OUTSIDE, _INSIDE = -1.0, -2.0, -0.5, 0.5
_SHRINK = 0.5


class _State(NamedTuple):
    """The simplex (n, d + 1, d), best vertex first, and its losses; None before any is known."""

    simplex: FloatArray
    losses: FloatArray | None


class _Trial(NamedTuple):
    place: FloatArray
    vertex: FloatArray
    loss: FloatArray
    shrinks: NDArray[np.bool_]


class _Step(NamedTuple):
    simplex: FloatArray
    centroid: FloatArray
    trial: _Trial
    update: FloatArray
    state: _State


@dataclass(frozen=True)
class NelderMead(Optimizer):
    """The worst vertex of a simplex is replaced by v(t) = c + t (w − c), c the others' mean.

    J. A. Nelder and R. Mead, *A simplex method for function minimization*, The Computer
    Journal 7 (1965), 308–313, as J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd
    ed. (2006), procedure 9.5, and ``scipy.optimize.minimize(method="Nelder-Mead")`` have it:
    t is −1 (reflection), −2 (expansion), −1/2 or 1/2 (contraction); if no vertex is good
    enough, all are drawn halfway to the best one. It looks at losses alone. An undefined
    loss is higher than any other.

    The parameters are the best vertex, and the simplex is the state. What is added to the
    parameters leads to the best vertex up to one rounding.

    Parameters
    ----------
    initial_size : float
        How far the vertices of the first simplex lie from the start, each along one axis, at
        least 0. With 0 a vertex is 5 % of that parameter away, or 0.00025 where it is 0.
    """

    key: ClassVar[str] = "nelder_mead"
    title: ClassVar[str] = "Nelder–Mead"
    help: ClassVar[str] = (
        "Moves a triangle downhill by comparing losses at its corners; it never asks for a slope."
    )
    equation: ClassVar[str] = "a simplex replaces its worst vertex; no gradient is used"
    symbols: ClassVar[dict[str, str]] = {
        "initial_size": r"\ell",
        "c": "c_k",
        "w": "w_k",
        "v": "v_k",
        "t": "t_k",
        "shrink": r"\sigma_k",
    }

    initial_size: float = hyperparameter(0.0, _SIZE, slider=(0.0, 5.0))

    @property
    def equations(self) -> tuple[str, ...]:
        return (
            r"<c> = \frac{1}{d} \sum_{i=0}^{d-1} v_i",
            "<v> = <c> + <t> (<w> - <c>)",
            r"v_i \leftarrow <x> + <shrink> (v_i - <x>)",
            "<x'> = <x> + <update>",
        )

    def init(self, params: FloatArray) -> _State:
        rows, dimension = params.shape
        size = column(per_row(self.initial_size, rows))
        by_rule = np.where(params != 0.0, (1.0 + _SHARE) * params, _FROM_ZERO)
        moved = np.where(size == 0.0, by_rule, params + size)
        simplex = np.repeat(params[:, np.newaxis], dimension + 1, axis=1)
        for axis in range(dimension):
            simplex[:, axis + 1, axis] = moved[:, axis]
        return _State(simplex, None)

    def advance(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> tuple[FloatArray, _State]:
        step = self._step(objective, state, params)
        return step.update, step.state

    def explain(
        self, objective: Objective, gradient: FloatArray, state: _State, params: FloatArray
    ) -> Explanation:
        step = self._step(objective, state, params)
        simplex, trial = step.simplex, step.trial
        values = {
            "c": step.centroid,
            "w": simplex[:, -1],
            "v": trial.vertex,
            "t": column(trial.place),
            "shrink": column(np.where(trial.shrinks, _SHRINK, 1.0)),
            "update": step.update,
        }
        others = [
            Component(title, "curvature", vertex - params)
            for title, vertex in zip(
                ("a vertex of the simplex", "the worst vertex"),
                (simplex[:, 1], simplex[:, -1]),
                strict=True,
            )
        ][-params.shape[1] :]
        components = (
            *others,
            Component("the vertex that was tried", "scaling", trial.vertex - params),
            Component("the step", "update", step.update),
        )
        return Explanation(values, components)

    def _step(self, objective: Objective, state: _State, params: FloatArray) -> _Step:
        with np.errstate(all="ignore"):
            simplex, losses = state
            if losses is None:
                vertices = range(simplex.shape[1])
                losses = np.stack([_loss(objective, simplex[:, at]) for at in vertices], axis=1)
                simplex, losses = _ordered(simplex, losses)
            centroid = np.add.reduce(simplex[:, :-1], axis=1) / params.shape[1]
            trial = _tried(objective, centroid, simplex[:, -1], losses)
            after, lower = simplex.copy(), losses.copy()
            kept = ~trial.shrinks
            after[kept, -1], lower[kept, -1] = trial.vertex[kept], trial.loss[kept]
            _shrink(objective, after, lower, np.flatnonzero(trial.shrinks))
            following = _State(*_ordered(after, lower))
            return _Step(simplex, centroid, trial, following.simplex[:, 0] - params, following)


def _loss(objective: Objective, points: FloatArray) -> FloatArray:
    loss = objective.loss(points)
    return np.where(np.isfinite(loss), loss, np.inf)


def _ordered(simplex: FloatArray, losses: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return vertices by their losses; of equal ones the older comes first."""
    order = np.argsort(losses, axis=1, kind="stable")
    ordered = np.take_along_axis(simplex, order[:, :, np.newaxis], axis=1)
    return ordered, np.take_along_axis(losses, order, axis=1)


def _tried(
    objective: Objective, centroid: FloatArray, worst: FloatArray, losses: FloatArray
) -> _Trial:
    """Return the vertex that is to replace the worst one, or failed to."""
    place = np.full(len(worst), _REFLECTED)
    vertex = _vertex(centroid, worst, place)
    loss = _loss(objective, vertex)
    best, second, highest = losses[:, 0], losses[:, -2], losses[:, -1]
    expands, contracts = loss < best, (loss >= best) & (loss >= second)
    shrinks = np.zeros(place.shape, dtype=np.bool_)
    further = np.flatnonzero(expands | contracts)
    if further.size:
        inward = np.where(loss[further] < highest[further], _OUTSIDE, _INSIDE)
        places = np.where(expands[further], _EXPANDED, inward)
        vertices = _vertex(centroid[further], worst[further], places)
        values = _loss(objective, vertices)
        bound = np.where(inward == _OUTSIDE, loss[further], highest[further])
        contracted = (values < bound) | ((inward == _OUTSIDE) & (values == bound))
        taken = np.where(expands[further], values < loss[further], contracted)
        shrinks[further] = ~taken & contracts[further]
        shown = taken | contracts[further]
        at = further[shown]
        place[at], vertex[at], loss[at] = places[shown], vertices[shown], values[shown]
    return _Trial(place, vertex, loss, shrinks)


def _vertex(centroid: FloatArray, worst: FloatArray, place: FloatArray) -> FloatArray:
    """Return c + t (w − c), in the order in which SciPy rounds it."""
    far = column(place)
    return (1.0 - far) * centroid + far * worst


def _shrink(
    objective: Objective, simplex: FloatArray, losses: FloatArray, rows: NDArray[np.intp]
) -> None:
    """Draw all vertices of some rows halfway to the best one, in place."""
    if not rows.size:
        return
    for at in range(1, simplex.shape[1]):
        best = simplex[rows, 0]
        simplex[rows, at] = best + _SHRINK * (simplex[rows, at] - best)
        losses[rows, at] = _loss(objective, simplex[rows, at])
