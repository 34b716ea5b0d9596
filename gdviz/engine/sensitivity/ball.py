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

_BUDGET = 6_000_000
_FINE, _COARSE = (64, 256), (10, 48)  # circles and directions
_FEWEST = (6, 24)
_LINE = 12  # how many more samples a circle's place gets where there is but one direction
_HALF_PATCH = 2
_HOPELESS, _SETTLED = 1e6, 1e-15
_AT_EDGE = 1.0 - 1e-9
_FAR = 1e6
_STILL_RISING, _RISES = 0.5, 1e-3


@dataclass(frozen=True)
class _Effort:
    """How hard it is looked, as many points and as many rounds each."""

    zoomed: tuple[int, int]
    climbed: tuple[int, int]
    edged: tuple[int, int]


_HARD = _Effort(zoomed=(4, 24), climbed=(8, 24), edged=(6, 14))
_EASY = _Effort(zoomed=(1, 10), climbed=(2, 8), edged=(2, 7))
_EASIER = _Effort(zoomed=(0, 0), climbed=(1, 5), edged=(1, 4))
_EASY_FROM, _EASIER_FROM = 1_000, 20_000  # costs of one loss


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


@np.errstate(all="ignore")
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
    cost = around.landscape.cost * (8 if coarse else 1)
    effort = _HARD if cost < _EASY_FROM else _EASY if cost < _EASIER_FROM else _EASIER
    found = [_extreme(around, sign, away, losses, shape, effort) for sign in (1.0, -1.0)]
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
    effort: _Effort,
) -> Extreme:
    """Return the highest loss for a sign of 1, the lowest for −1."""
    heights = sign * losses
    heights = np.where(np.isnan(heights), -np.inf, heights)
    best = int(heights.argmax())
    if np.isposinf(heights[best]):
        return _made(around, away[best], sign * math.inf)
    tops = _tops(heights, shape)
    at, height = away[best], float(heights[best])
    zoomed, climbed = tops[: effort.zoomed[0]], tops[: effort.climbed[0]]
    spread = float(np.ptp(losses[np.isfinite(losses)]))
    others = _zoomed(around, sign, away[zoomed], (1.0 / shape[0], spread), effort.zoomed[1])
    others += _climbed(around, sign, away[climbed], heights[climbed], effort.climbed[1])
    if around.point.size > 1:
        others += _along_edge(around, sign, heights, away, shape, effort.edged)
    for other, level in others:
        if level > height:
            at, height = other, level
    return _made(around, at, sign * height)


def _made(around: Around, away: FloatArray, loss: float) -> Extreme:
    on_edge = bool(np.linalg.norm(away) >= _AT_EDGE)
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
    around: Around, sign: float, away: FloatArray, scales: tuple[float, float], rounds: int
) -> list[tuple[FloatArray, float]]:
    """Look at ever smaller patches about points; where it rises on and on, there is a pole.

    The scales are the first patch's size, and how much losses differ in the ball.
    """
    if not len(away):
        return []
    steps = np.arange(-_HALF_PATCH, _HALF_PATCH + 1) / _HALF_PATCH
    patch = np.stack(np.meshgrid(*[steps] * away.shape[1]), axis=-1).reshape(-1, away.shape[1])
    size, spread = scales
    levels = [_heights(around, sign, away)]
    rows = np.arange(len(away))
    for _ in range(rounds):
        looked = _drawn_in(away[:, np.newaxis] + size * patch)
        heights = _heights(around, sign, looked)
        places = heights.argmax(axis=1)
        higher = heights[rows, places] > levels[-1]
        away = np.where(higher[:, np.newaxis], looked[rows, places], away)
        levels.append(np.where(higher, heights[rows, places], levels[-1]))
        size *= 0.5
    path = np.array(levels)
    half = rounds // 2
    with np.errstate(invalid="ignore", over="ignore"):
        first, then = path[half] - path[0], path[-1] - path[half]
        rising = (then > _STILL_RISING * first) & (then > _RISES * spread)
    rising |= np.isposinf(path[-1])
    if rising.any():
        return [(away[int(rising.argmax())], math.inf)]
    return _best(away, path[-1])


def _climbed(
    around: Around, sign: float, away: FloatArray, heights: FloatArray, rounds: int
) -> list[tuple[FloatArray, float]]:
    """Climb from points by damped steps of Newton's method that stay within the ball."""
    if around.point.size > 1 and len(away):
        # Where it rises outward at the edge, it is the search along the edge that goes on.
        outward = np.einsum("ij,ij->i", sign * around.gradient(away), away)
        inside = ~((outward > 0.0) & (np.linalg.norm(away, axis=1) >= _AT_EDGE))
        away, heights = away[inside], heights[inside]
    if not len(away):
        return []
    eye = np.eye(away.shape[1])
    damping = np.full(len(away), 1e-3)
    for _ in range(rounds):
        slope, bend = sign * around.gradient(away), -sign * around.hessian(away)
        usable = np.isfinite(slope).all(axis=1) & np.isfinite(bend).all(axis=(1, 2))
        slope[~usable], bend[~usable] = 0.0, eye
        scale = np.maximum(np.abs(bend).max(axis=(1, 2)), 1e-300)
        lowest = np.linalg.eigvalsh(bend)[:, 0]
        shift = np.maximum(-lowest, 0.0) * (1.0 + 1e-3) + np.minimum(damping, 1e12) * scale
        steps = np.linalg.solve(bend + shift[:, np.newaxis, np.newaxis] * eye, slope[..., None])
        tried = _drawn_in(away + np.clip(np.nan_to_num(steps[..., 0]), -_FAR, _FAR))
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
    around: Around,
    sign: float,
    heights: FloatArray,
    away: FloatArray,
    shape: tuple[int, int],
    effort: tuple[int, int],
) -> list[tuple[FloatArray, float]]:
    """Refine the best places on the edge by their angles."""
    edge = heights[-shape[1] :]
    top = (edge >= np.roll(edge, 1)) & (edge >= np.roll(edge, -1)) & np.isfinite(edge)
    places = np.flatnonzero(top)
    places = places[np.argsort(-edge[places], kind="stable")][: effort[0]]
    if not len(places):
        return []
    x, y = away[-shape[1] :][places].T
    angles, size = np.arctan2(y, x), 2.0 * math.pi / shape[1]
    levels, rows = edge[places], np.arange(len(places))
    offsets = np.linspace(-1.0, 1.0, 9)
    for _ in range(effort[1]):
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
