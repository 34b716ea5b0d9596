"""The minimum that a run approached, and the critical point that it is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.diagnosis.felt import Felt
from gdviz.engine.diagnosis.run import Run
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray
from gdviz.spectrum import spectrum

__all__ = ["Critical", "approached_minimum", "critical_near", "lowest_point", "minimum_near"]

_MOST_STEPS = 25
_FEW_STEPS = 8
_POLISHES = 3
_SEGMENT = 13
_SHORTENED = np.array([1.0, 0.5, 0.2, 0.05, 0.01, 0.001, 1e-5])
_SMALLEST_CURVATURE = 1e-8
_LEVEL = 1e-6
_DEFINITE = 1e-12
_ROUNDING = 1e-9
_AWAY = 2.0
_BUDGET = 200_000


@dataclass(frozen=True, eq=False)
class Critical:
    """A point where the slope is 0.

    Attributes
    ----------
    point : ndarray, shape (d,)
    loss : float
        Of the landscape itself, without weight decay.
    values : ndarray, shape (d,)
        The eigenvalues of the Hessian in ascending order, weight decay included.
    vectors : ndarray, shape (d, d)
        Column j is the direction of value j.
    """

    point: FloatArray
    loss: float
    values: FloatArray
    vectors: FloatArray

    @property
    def is_minimum(self) -> bool:
        """Whether the curvature is positive in every direction."""
        return bool(self.values[0] > _DEFINITE * self.values[-1] > 0.0)

    @property
    def is_saddle_or_top(self) -> bool:
        """Whether the landscape falls away from it in some direction."""
        return bool(self.values[0] < -_LEVEL * np.max(np.abs(self.values)))


def approached_minimum(felt: Felt, run: Run) -> Critical | None:
    """Find the minimum that a run approached, with positive curvature; None if there is none.

    The nearest known minimum if the loss falls all the way to it; else where damped Newton
    steps lead downhill from the run's end (J. Nocedal and S. J. Wright, *Numerical
    Optimization*, 2nd ed., §3.4: eigenvalues are replaced by their moduli); else the
    nearest known minimum all the same.
    """
    most = _FEW_STEPS if run.outcome is Outcome.DIVERGED else _MOST_STEPS
    return minimum_near(felt, lowest_point(run), most)


def minimum_near(felt: Felt, end: FloatArray, most: int = _MOST_STEPS) -> Critical | None:
    """Find the minimum below a point, as `approached_minimum` does from the end of a run.

    Parameters
    ----------
    felt : Felt
    end : ndarray, shape (d,)
    most : int
        How many Newton steps are taken at most.
    """
    known = None if felt.decay else _nearest_known(felt, end)
    if known is not None and _falls_towards(felt, end, known):
        return _minimum_at(felt, known)
    found = _downhill(felt, end, most)
    if found is not None:
        return found
    return _minimum_at(felt, known) if known is not None else None


def lowest_point(run: Run) -> FloatArray:
    """Return the run's last point, or its lowest one if the loss has risen since, shape (d,)."""
    if run.last_loss <= run.first_loss:
        return np.array(run.params[-1])
    sampled = run.evenly(200)
    loss = np.where(np.isfinite(run.loss[sampled]), run.loss[sampled], np.inf)
    return np.array(run.params[sampled[int(np.argmin(loss))]])


def critical_near(felt: Felt, point: FloatArray, reach: float) -> Critical | None:
    """Find the critical point, of any kind, to which plain Newton steps lead from nearby.

    Parameters
    ----------
    felt : Felt
    point : ndarray, shape (d,)
    reach : float
        How far it may be, in widths of the domain.
    """
    width = felt.landscape.domain.width
    found = _polished(felt, point, 8)
    if not np.all(np.abs(found - point) <= reach * width):
        return None
    return _critical_at(felt, found)


def _nearest_known(felt: Felt, point: FloatArray) -> FloatArray | None:
    known = np.array(felt.landscape.minima, dtype=np.float64)
    if not known.size:
        return None
    away = np.max(np.abs(known - point) / felt.landscape.domain.width, axis=1)
    return np.asarray(known[int(np.argmin(away))])


def _falls_towards(felt: Felt, point: FloatArray, minimum: FloatArray) -> bool:
    """Tell whether the loss falls all along the straight line to a minimum."""
    shares = np.linspace(0.0, 1.0, _SEGMENT)[:, np.newaxis]
    loss = felt.loss(point + shares * (minimum - point))
    slack = _ROUNDING * np.max(np.abs(loss))
    return bool(np.isfinite(loss).all() and np.all(np.diff(loss) <= slack))


def _minimum_at(felt: Felt, point: FloatArray) -> Critical | None:
    found = _critical_at(felt, _polished(felt, point, _POLISHES))
    return found if found is not None and found.is_minimum else None


def _critical_at(felt: Felt, point: FloatArray) -> Critical | None:
    """Return what is known about a point, if it is critical as far as floats can tell."""
    here = point[np.newaxis]
    gradient, hessian = felt.gradient(here)[0], felt.hessian(here)
    values, vectors = spectrum(hessian)
    size = float(np.max(np.abs(values)))
    if not (np.isfinite(values).all() and np.isfinite(gradient).all() and size > 0.0):
        return None
    along = np.abs(vectors[0].T @ gradient)
    width = float(np.min(felt.landscape.domain.width))
    if not np.all(along <= _LEVEL * width * np.maximum(np.abs(values[0]), _LEVEL * size)):
        return None
    return Critical(point, float(felt.landscape.loss(here)[0]), values[0], vectors[0])


def _downhill(felt: Felt, point: FloatArray, most: int) -> Critical | None:
    domain, limits = felt.landscape.domain, felt.landscape.limits
    loss = float(felt.loss(point[np.newaxis])[0])
    reach = np.maximum(np.abs(point - domain.center), domain.width) * _AWAY
    for _ in range(max(min(most, _BUDGET // felt.landscape.cost), 4)):
        gradient, hessian = felt.gradient(point[np.newaxis])[0], felt.hessian(point[np.newaxis])
        values, vectors = spectrum(hessian)
        size = float(np.max(np.abs(values)))
        if not (size > 0.0 and np.isfinite(size) and np.isfinite(gradient).all()):
            return None
        bent = np.maximum(np.abs(values[0]), _SMALLEST_CURVATURE * size)
        step = -(vectors[0] @ ((vectors[0].T @ gradient) / bent))
        if values[0, 0] < 0.0:
            step = step / max(1.0, 4.0 * float(np.max(np.abs(step) / domain.width)))
        tried = point + _SHORTENED[:, np.newaxis] * step
        losses = felt.loss(tried)
        losses = np.where(np.isfinite(losses), losses, np.inf)
        best = int(np.argmin(losses))
        if not losses[best] < loss:
            break
        fallen, loss, point = loss - float(losses[best]), float(losses[best]), tried[best]
        if not np.all(np.abs(point - domain.center) <= reach):
            return None
        if fallen <= _ROUNDING * abs(loss) and values[0, 0] > 0.0:
            break
    if limits is not None and not limits.contains(point):
        return None
    return _minimum_at(felt, point)


def _polished(felt: Felt, point: FloatArray, most: int) -> FloatArray:
    """Take plain Newton steps as long as they shrink."""
    before = np.inf
    for _ in range(most):
        here = point[np.newaxis]
        values, vectors = spectrum(felt.hessian(here))
        along = vectors[0].T @ felt.gradient(here)[0]
        step = np.where(along == 0.0, 0.0, along / values[0])
        length = float(np.max(np.abs(step)))
        if not length < before or length == 0.0:
            break
        point, before = point - vectors[0] @ step, length
    return point
