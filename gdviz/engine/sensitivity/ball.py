"""The highest and the lowest loss within a ball around a point."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.sensitivity.around import Around, directions_around
from gdviz.engine.sensitivity.result import Extreme
from gdviz.landscapes import FloatArray

__all__ = ["Ball", "look_in_ball"]

_BUDGET = 4_000_000
_FINE, _COARSE = (72, 288), (10, 48)  # circles and directions
_FEWEST = (6, 24)
_LINE = 12  # how many more samples a circle's place gets where there is but one direction
_CLIMBERS, _CLIMBS = 10, 24
_HOPELESS, _SETTLED = 1e6, 1e-15
_ZOOMED, _ZOOMS, _HALF_PATCH = 4, 24, 2
_EDGED, _EDGE_ROUNDS = 6, 18
_STILL_RISING = 0.5


@dataclass(frozen=True, eq=False)
class Ball:
    """What was found within the ball.

    Attributes
    ----------
    highest, lowest : Extreme
    undefined : float
        The share of the ball where the loss is undefined.
    """

    highest: Extreme
    lowest: Extreme
    undefined: float


def look_in_ball(around: Around, loss: float, *, coarse: bool = False) -> Ball:
    """Find the extremes of the loss at |u| ≤ 1.

    The ball is sampled on circles; from the best samples it goes on with steps of Newton's
    method that are damped where they would not help (D. Marquardt, *J. SIAM* 11, 1963),
    with ever finer grids, which need no derivatives, and along the edge.

    Parameters
    ----------
    around : Around
    loss : float
        At its point; finite.
    coarse : bool
        Whether a rough answer will do.
    """
    directions, steps = _plan(around, coarse=coarse)
    # The square root of even spacing would put the same area between circles; even spacing
    # sees the middle better, where the point is.
    away = np.concatenate(
        [
            np.zeros((1, around.point.size)),
            (steps[:, np.newaxis, np.newaxis] * directions).reshape(-1, around.point.size),
        ]
    )
    losses = around.loss(away)
    losses[0] = loss
    weights = np.linalg.norm(away, axis=1) ** (around.point.size - 1)
    undefined = float(weights[np.isnan(losses)].sum() / weights.sum())
    shape = (len(steps), len(directions))
    found = [_extreme(around, sign, away, losses, shape, coarse=coarse) for sign in (1.0, -1.0)]
    return Ball(found[0], found[1], undefined)


def _plan(around: Around, *, coarse: bool) -> tuple[FloatArray, FloatArray]:
    """Return directions, and distances from 0 to 1 without 0."""
    circles, count = _COARSE if coarse else _FINE
    cost = around.landscape.cost
    share = min(1.0, math.sqrt(_BUDGET / (4 if coarse else 1) / (cost * circles * count)))
    circles = max(round(share * circles), _FEWEST[0])
    count = max(2 * round(share * count / 2), _FEWEST[1])
    if around.point.size == 1:
        circles *= _LINE
    return directions_around(around.point.size, count), np.arange(1, circles + 1) / circles


def _extreme(
    around: Around,
    sign: float,
    away: FloatArray,
    losses: FloatArray,
    shape: tuple[int, int],
    *,
    coarse: bool,
) -> Extreme:
    """Return the highest loss for a sign of 1, the lowest for −1."""
    heights = sign * losses
    heights = np.where(np.isnan(heights), -np.inf, heights)
    best = int(heights.argmax())
    if np.isposinf(heights[best]):
        return _made(around, away[best], sign * math.inf)
    tops = _tops(heights, shape)
    at, height = away[best], float(heights[best])
    for other, level in (
        *(() if coarse else _zoomed(around, sign, away[tops[:_ZOOMED]], 1.0 / shape[0])),
        *_climbed(around, sign, away[tops[:_CLIMBERS]], heights[tops[:_CLIMBERS]]),
        *(() if around.point.size == 1 else _along_edge(around, sign, heights, away, shape)),
    ):
        if level > height:
            at, height = other, level
    return _made(around, at, sign * height)


def _made(around: Around, away: FloatArray, loss: float) -> Extreme:
    on_edge = bool(np.linalg.norm(away) >= 1.0 - 1e-9)
    return Extreme(around.params(away), loss, on_edge)


def _tops(heights: FloatArray, shape: tuple[int, int]) -> NDArray[np.intp]:
    """Return places of samples no neighbor of which is higher, the highest first."""
    grid = heights[1:].reshape(shape)
    padded = np.full((shape[0] + 2, shape[1]), -np.inf)
    padded[0] = heights[0]
    padded[1:-1] = grid
    beside = [np.roll(padded, by, axis=1) for by in (-1, 0, 1)] if shape[1] > 2 else [padded]
    higher = np.max(
        [part[rows] for part in beside for rows in (slice(0, -2), slice(1, -1), slice(2, None))],
        axis=0,
    )
    top = (grid >= higher) & np.isfinite(grid)
    places = np.flatnonzero(top) + 1
    if heights[0] >= grid[0].max(initial=-np.inf):
        places = np.append(places, 0)
    return np.asarray(places[np.argsort(-heights[places], kind="stable")])


def _drawn_in(away: FloatArray) -> FloatArray:
    """Return points within the ball: those outside come to its edge."""
    norm = np.linalg.norm(away, axis=-1, keepdims=True)
    return np.asarray(away / np.maximum(norm, 1.0))


def _heights(around: Around, sign: float, away: FloatArray) -> FloatArray:
    heights = sign * around.loss(away)
    return np.where(np.isnan(heights), -np.inf, heights)


def _best(away: FloatArray, heights: FloatArray) -> list[tuple[FloatArray, float]]:
    if not len(heights):
        return []
    at = int(heights.argmax())
    return [(away[at], float(heights[at]))]


def _zoomed(
    around: Around, sign: float, away: FloatArray, size: float
) -> list[tuple[FloatArray, float]]:
    """Look at ever smaller patches about points; where it rises on and on, there is a pole."""
    if not len(away):
        return []
    steps = np.arange(-_HALF_PATCH, _HALF_PATCH + 1) / _HALF_PATCH
    patch = np.stack(np.meshgrid(*[steps] * away.shape[1]), axis=-1).reshape(-1, away.shape[1])
    levels = [_heights(around, sign, away)]
    rows = np.arange(len(away))
    for _ in range(_ZOOMS):
        looked = _drawn_in(away[:, np.newaxis] + size * patch)
        heights = _heights(around, sign, looked)
        places = heights.argmax(axis=1)
        higher = heights[rows, places] > levels[-1]
        away = np.where(higher[:, np.newaxis], looked[rows, places], away)
        levels.append(np.where(higher, heights[rows, places], levels[-1]))
        size *= 0.5
    path = np.array(levels)
    if not around.landscape.continuous:
        half = _ZOOMS // 2
        with np.errstate(invalid="ignore", over="ignore"):
            first, then = path[half] - path[0], path[-1] - path[half]
            rising = (then > _STILL_RISING * np.maximum(first, 0.0)) & (
                then > 1e-6 * np.maximum(np.abs(path[0]), np.abs(path[half]))
            )
        rising |= np.isposinf(path[-1])
        if rising.any():
            return [(away[int(rising.argmax())], math.inf)]
    return _best(away, path[-1])


def _climbed(
    around: Around, sign: float, away: FloatArray, heights: FloatArray
) -> list[tuple[FloatArray, float]]:
    """Climb from points by damped steps of Newton's method that stay within the ball."""
    if not len(away):
        return []
    eye = np.eye(away.shape[1])
    damping = np.full(len(away), 1e-3)
    for _ in range(_CLIMBS):
        slope, bend = sign * around.gradient(away), -sign * around.hessian(away)
        usable = np.isfinite(slope).all(axis=1) & np.isfinite(bend).all(axis=(1, 2))
        slope[~usable], bend[~usable] = 0.0, eye
        scale = np.maximum(np.abs(bend).max(axis=(1, 2)), 1e-300)
        lowest = np.linalg.eigvalsh(bend)[:, 0]
        shift = np.maximum(-lowest, 0.0) * (1.0 + 1e-3) + np.minimum(damping, 1e12) * scale
        steps = np.linalg.solve(bend + shift[:, np.newaxis, np.newaxis] * eye, slope[..., None])
        tried = _drawn_in(away + np.nan_to_num(steps[..., 0]))
        levels = _heights(around, sign, tried)
        better = levels > heights
        with np.errstate(invalid="ignore"):
            settled = better & (levels - heights <= _SETTLED * np.abs(levels))
        away = np.where(better[:, np.newaxis], tried, away)
        heights = np.where(better, levels, heights)
        damping = np.where(better, damping * 0.1, damping * 30.0)
        damping[settled] = math.inf
        climbing = damping < _HOPELESS
        if not climbing.any():
            break
    finite = np.isfinite(heights)
    return _best(away[finite], heights[finite])


def _along_edge(
    around: Around, sign: float, heights: FloatArray, away: FloatArray, shape: tuple[int, int]
) -> list[tuple[FloatArray, float]]:
    """Refine the best places on the edge by their angles."""
    edge = heights[-shape[1] :]
    top = (edge >= np.roll(edge, 1)) & (edge >= np.roll(edge, -1)) & np.isfinite(edge)
    places = np.flatnonzero(top)
    places = places[np.argsort(-edge[places], kind="stable")][:_EDGED]
    if not len(places):
        return []
    x, y = away[-shape[1] :][places].T
    angles, size = np.arctan2(y, x), 2.0 * math.pi / shape[1]
    levels, rows = edge[places], np.arange(len(places))
    offsets = np.linspace(-1.0, 1.0, 9)
    for _ in range(_EDGE_ROUNDS):
        tried = angles[:, np.newaxis] + size * offsets
        found = _heights(around, sign, _on_circle(tried))
        best = found.argmax(axis=1)
        higher = found[rows, best] > levels
        angles = np.where(higher, tried[rows, best], angles)
        levels = np.where(higher, found[rows, best], levels)
        size *= 0.3
    finite = np.isfinite(levels)
    return _best(_on_circle(angles)[finite], levels[finite])


def _on_circle(angles: FloatArray) -> FloatArray:
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1)
