"""What is seen of a run's motion: factors per step, changes of side, reversals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.diagnosis.minimum import Critical
from gdviz.engine.diagnosis.run import Run
from gdviz.landscapes import FloatArray

__all__ = ["Axis", "Envelope", "axes_of", "envelope_of", "flips", "reversals"]

_WINDOW = 400
_FEWEST_FITTED = 40
_ROUNDING = 1e-13
_VISIBLE_STEP = 1e-3
_SHARE = 0.3
_PURE = 1e-8


@dataclass(frozen=True)
class Axis:
    """The observed motion along one eigenvector of the Hessian at the minimum.

    Attributes
    ----------
    factor : float or None
        By how much each step multiplies the distance: negative if it changes sides with
        each step, the modulus if it swings. None if it doesn't move along it.
    swings : bool
        Whether it oscillates with a period of more than two steps.
    crossings : int
        How often it has changed sides while that could be seen.
    overshoot : float
        How far a swing goes beyond the minimum, as a share of the swing before it.
    """

    factor: float | None
    swings: bool
    crossings: int
    overshoot: float


@dataclass(frozen=True)
class Envelope:
    """How the distance to the minimum shrinks, whatever the directions.

    Attributes
    ----------
    factor : float
        Per step, between the first and the last quarter of what was looked at.
    first, last : float
        The distances at the start and at the end of the run.
    """

    factor: float
    first: float
    last: float


def axes_of(run: Run, minimum: Critical, scale: float, *, velocity: bool) -> tuple[Axis, ...]:
    """Return the observed motion along each eigenvector, in the order of the eigenvalues.

    Parameters
    ----------
    run : Run
    minimum : Critical
    scale : float
        A length on which rounding errors are judged, such as the domain's width.
    velocity : bool
        Whether steps remember, so that a direction follows a recurrence of two terms.
    """
    floor = _floor(minimum, scale)
    window = _window(run, minimum.point, float(np.max(floor)))
    offsets = (run.params[window] - minimum.point) @ minimum.vectors
    head = (run.params[: min(run.records, _WINDOW)] - minimum.point) @ minimum.vectors
    whole = (run.params[run.evenly(_WINDOW)] - minimum.point) @ minimum.vectors
    strides = np.diff(run.steps[window])
    return tuple(
        _axis(
            offsets[:, axis],
            max(_swinging(head[:, axis]), _swinging(whole[:, axis])),
            strides,
            float(floor[axis]),
            velocity=velocity,
        )
        for axis in range(offsets.shape[1])
    )


def envelope_of(run: Run, point: FloatArray, scale: float) -> Envelope | None:
    """Return how the distance to a point shrinks in the later part of a run, if at all."""
    floor = 10.0 * _ROUNDING * (float(np.max(np.abs(point))) + 0.1 * scale)
    window = _window(run, point, floor)
    distance = np.hypot.reduce(run.params[window] - point, axis=1)
    ends = np.hypot.reduce(run.params[[0, -1]] - point, axis=1)
    if distance.size < 4 or not np.isfinite(distance).all() or distance.max() <= 0.0:
        return None
    quarter = max(distance.size // 4, 1)
    early = int(np.argmax(distance[:quarter]))
    late = distance.size - quarter + int(np.argmax(distance[-quarter:]))
    steps = run.steps[window]
    if steps[late] <= steps[early] or not distance[early] > 0.0:
        return None
    factor = float((distance[late] / distance[early]) ** (1.0 / (steps[late] - steps[early])))
    return Envelope(factor, float(ends[0]), float(ends[1]))


def flips(run: Run, direction: FloatArray) -> int:
    """Count the steps that go the other way along a direction, and visibly so.

    A step counts if at least 0.3 of its length lies along the direction, and it is no
    shorter than a thousandth of the longest.

    Parameters
    ----------
    run : Run
    direction : ndarray, shape (d,)
        Of length 1.
    """
    moves = np.diff(run.params[: min(run.records, _WINDOW)], axis=0)
    length = np.hypot.reduce(moves, axis=1)
    along = moves @ direction
    visible = (np.abs(along) >= _SHARE * length) & (length > _VISIBLE_STEP * length.max(initial=0))
    return int(np.sum(visible[1:] & visible[:-1] & (along[1:] * along[:-1] < 0.0)))


def reversals(run: Run) -> float:
    """Return the share of the last steps that turn back against the step before."""
    last = run.params[max(run.records - 41, 0) :]
    moves = np.diff(last, axis=0)
    length = np.hypot.reduce(moves, axis=1)
    if moves.shape[0] < 8 or not np.isfinite(length).all() or length.max() <= 0.0:
        return 0.0
    cosine = np.sum(moves[1:] * moves[:-1], axis=1) / (length[1:] * length[:-1])
    return float(np.mean(cosine < -0.5))


def _floor(minimum: Critical, scale: float) -> FloatArray:
    """Return the offset below which rounding speaks, for each direction; flat ones have more."""
    size = float(np.max(np.abs(minimum.point))) + 0.1 * scale
    share = np.maximum(minimum.values[-1] / minimum.values, 10.0)
    return np.asarray(_ROUNDING * size * share)


def _window(run: Run, point: FloatArray, floor: float) -> slice:
    """Return the last consecutive records at an equal stride before rounding takes over."""
    sampled = run.evenly(_WINDOW)
    away = np.max(np.abs(run.params[sampled] - point), axis=1) > floor
    last = int(sampled[np.flatnonzero(away)[-1]]) + 1 if away.any() else 1
    first = max(last - _WINDOW, 0)
    strides = np.diff(run.steps[first:last])
    if strides.size:
        # A last record that is no full stride after the one before is left out.
        if strides.size > 1 and strides[-1] != strides[-2]:
            last, strides = last - 1, strides[:-1]
        other = np.flatnonzero(strides != strides[-1])
        first += int(other[-1]) + 1 if other.size else 0
    return slice(first, last)


def _axis(
    offsets: FloatArray,
    swinging: tuple[int, float],
    strides: NDArray[np.int64],
    floor: float,
    *,
    velocity: bool,
) -> Axis:
    stride = int(strides[-1]) if strides.size else 1
    crossings, overshoot = swinging
    good = np.isfinite(offsets)
    size = np.where(good, np.abs(offsets), 0.0)
    size[1:] = np.maximum(size[1:], size[:-1])
    (usable,) = np.nonzero(size > floor)
    if usable.size < 3 or stride < 1:
        return Axis(None, swings=False, crossings=crossings, overshoot=overshoot)
    stop = int(usable[-1]) + 1
    # The later half: earlier, a landscape that is no quadratic moves a run otherwise.
    used = stop - int(usable[0])
    part = offsets[stop - min(used, max(used // 2, _FEWEST_FITTED)) : stop]
    part = part[np.isfinite(part)]
    fitted = _two_terms(part, stride) if velocity else None
    factor, swings = fitted if fitted is not None else (_one_term(part, floor, stride), False)
    return Axis(factor, swings=swings, crossings=crossings, overshoot=overshoot)


def _one_term(part: FloatArray, floor: float, stride: int) -> float | None:
    """Fit c′ = f·c by the median of the ratios."""
    before, after = part[:-1], part[1:]
    there = np.abs(before) > floor
    if np.count_nonzero(there) < 2:
        return None
    ratio = float(np.median(after[there] / before[there]))
    if stride == 1:
        return ratio
    return float(abs(ratio) ** (1.0 / stride))


def _two_terms(part: FloatArray, stride: int) -> tuple[float, bool] | None:
    """Fit c″ = t·c′ − d·c by least squares; return the larger root of z² − t z + d.

    Every equation is divided by its size. None if one term says it as well, when the
    equations are nearly dependent.
    """
    if part.size < 6:
        return None
    size = np.maximum(np.abs(part[1:-1]), np.abs(part[:-2]))
    size = np.where(size > 0.0, size, 1.0)
    rows = np.stack([part[1:-1] / size, -part[:-2] / size], axis=1)
    normal = rows.T @ rows
    determinant = normal[0, 0] * normal[1, 1] - normal[0, 1] ** 2
    if not determinant > _PURE * normal[0, 0] * normal[1, 1]:
        return None
    trace, product = (float(value) for value in np.linalg.solve(normal, rows.T @ (part[2:] / size)))
    spread = trace * trace - 4.0 * product
    if not math.isfinite(spread):
        return None
    if spread < 0.0:
        return math.sqrt(product) ** (1.0 / stride), True
    root = 0.5 * (abs(trace) + math.sqrt(spread))
    if stride > 1:
        return root ** (1.0 / stride), False
    return math.copysign(root, trace), False


def _swinging(offsets: FloatArray) -> tuple[int, float]:
    """Count visible changes of side, and compare the first swing beyond with the start."""
    size = np.abs(offsets)
    start = float(size[0])
    if not (start > 0.0 and np.isfinite(size).all()):
        return 0, 0.0
    (crossed,) = np.nonzero(np.signbit(offsets[1:]) != np.signbit(offsets[:-1]))
    if not crossed.size:
        return 0, 0.0
    visible = np.maximum.reduceat(size, crossed + 1)
    seen = int(np.count_nonzero(visible > 0.01 * max(start, float(visible.max()))))
    return seen, float(visible[0] / start)
