"""How far the quadratic model about a point may be trusted."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.local_model import LocalModel
from gdviz.engine.sensitivity.around import Around, directions_around
from gdviz.engine.sensitivity.result import TrustRegion
from gdviz.landscapes import FloatArray

__all__ = ["TOLERANCE", "trust_region"]

TOLERANCE = 0.1
"""How large the model's error may be, as a share of the change it predicts."""

_NEAREST, _FARTHEST = 1e-4, 1.0
_BUDGET = 1_500_000
_FINE, _COARSE = (120, 96), (28, 36)  # directions and distances
_FEWEST = (20, 20)
_HALVINGS = 20
_ROUNDING = 64.0 * float(np.finfo(np.float64).eps)


@np.errstate(all="ignore")
def trust_region(
    around: Around, model: LocalModel, *, tolerance: float = TOLERANCE, coarse: bool = False
) -> TrustRegion:
    """Return the region in which a model agrees with the loss; see `TrustRegion`.

    Parameters
    ----------
    around : Around
        In units of the domain's width.
    model : LocalModel
        About its point.
    tolerance : float
    coarse : bool
        Whether a rough answer will do.
    """
    wanted = _COARSE if coarse else _FINE
    share = min(1.0, math.sqrt(_BUDGET / (around.landscape.cost * wanted[0] * wanted[1])))
    count, distances = (
        max(2 * round(share * most / 2), least) for most, least in zip(wanted, _FEWEST, strict=True)
    )
    directions = directions_around(around.point.size, count)
    errors = _Errors(around, model, directions, tolerance)
    steps = np.geomspace(_NEAREST, _FARTHEST, distances)
    good, there = errors.judged(np.repeat(steps[np.newaxis], len(directions), axis=0))
    ended = ~good
    first = np.where(ended.any(axis=1), ended.argmax(axis=1), distances)
    reaches = np.full(len(directions), math.inf)
    ends = first < distances
    rows = np.flatnonzero(ends)
    meets_gap = bool(ends.any() and not there[rows, first[rows]].all())
    high = steps[np.minimum(first, distances - 1)]
    low = np.where(first > 0, steps[np.maximum(first - 1, 0)], 0.0)
    for _ in range(_HALVINGS if not coarse else _HALVINGS // 3):
        middle = 0.5 * (low + high)
        fine, _ = errors.judged(middle[:, np.newaxis])
        low = np.where(fine[:, 0], middle, low)
        high = np.where(fine[:, 0], high, middle)
    reaches[ends] = low[ends]
    seen = np.minimum(reaches, _FARTHEST)
    outline = around.params(seen[:, np.newaxis] * directions)
    return TrustRegion(float(reaches.min()), reaches, outline, tolerance, meets_gap)


class _Errors:
    """Compares a model with the loss along directions."""

    def __init__(
        self, around: Around, model: LocalModel, directions: FloatArray, tolerance: float
    ) -> None:
        self._around = around
        self._model = model
        self._directions = directions
        self._tolerance = tolerance
        steps = directions * around.radii
        # Opposite directions are both there: so the largest change within a distance t is
        # the largest |a| t + |b| t², which grows with t.
        self._slopes = np.abs(steps @ model.gradient)
        self._bends = 0.5 * np.abs(np.einsum("ij,jk,ik->i", steps, model.hessian, steps))

    def judged(self, distances: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell where the model agrees, and where the loss is defined.

        Parameters
        ----------
        distances : ndarray, shape (m, n)
            For each of the m directions.

        Returns
        -------
        good, there : ndarray of bool, shape (m, n)
        """
        away = distances[..., np.newaxis] * self._directions[:, np.newaxis]
        loss = self._around.loss(away)
        with np.errstate(all="ignore"):
            said = self._model(self._around.params(away))
            predicted = self._predicted(distances)
            rounding = _ROUNDING * (np.abs(loss) + np.abs(said) + abs(self._model.loss))
            good = np.abs(loss - said) <= self._tolerance * predicted + rounding
        there = np.isfinite(loss)
        return np.asarray(good & there), there

    def _predicted(self, distances: FloatArray) -> FloatArray:
        """Return the largest change that the model predicts within distances."""
        flat = distances.ravel()
        same = distances.shape[0] > 1 and bool((distances == distances[:1]).all())
        if same:
            flat = distances[0]
        changes = np.max(
            self._slopes[:, np.newaxis] * flat + self._bends[:, np.newaxis] * flat * flat, axis=0
        )
        return (
            np.broadcast_to(changes, distances.shape) if same else changes.reshape(distances.shape)
        )
