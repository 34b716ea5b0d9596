"""Where the loss of a regression is lowest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes.landscape import FloatArray

if TYPE_CHECKING:
    from gdviz.landscapes.landscape import Landscape

__all__ = ["least_absolute", "least_huber", "newton", "separable"]

_FEW = 40
_MOST_STEPS = 200
_HALVINGS = 60
_MOST_REWEIGHTED = 2000
_LEVEL = 1e-15


def least_absolute(feature: FloatArray, label: FloatArray, *, bias: bool) -> tuple[float, ...]:
    r"""Return weight and bias of the least absolute deviations.

    Without a bias it is the median of label/feature, weighted with \|feature\|. With one,
    it is the dual of the linear program of S. C. Narula and J. F. Wellington, *The minimum
    sum of absolute errors regression*, International Statistical Review 50 (1982), 317–326.

    Parameters
    ----------
    feature, label : ndarray, shape (rows,)
    bias : bool
    """
    if not bias:
        return (_weighted_median(feature, label),)
    if feature.size <= _FEW:
        return _best_pair(feature, label, np.arange(feature.size))
    from scipy.optimize import linprog

    middle, spread = float(np.mean(feature)), float(np.std(feature)) or 1.0
    rows = np.stack([(feature - middle) / spread, np.ones_like(feature)])
    # The solver's tolerances are absolute: give it what least squares leaves, at size 1.
    squares = rows @ label / feature.size
    rest = label - squares @ rows
    height = float(np.median(np.abs(rest))) or float(np.max(np.abs(rest))) or 1.0
    found = linprog(-rest / height, A_eq=rows, b_eq=[0.0, 0.0], bounds=(-1.0, 1.0))
    weight, at_mean = squares.tolist()
    if found.eqlin.marginals is not None:
        weight, at_mean = (squares - height * found.eqlin.marginals).tolist()
    return _polished(feature, label, weight / spread, at_mean - weight * middle / spread)


def least_huber(
    feature: FloatArray, label: FloatArray, delta: float, *, bias: bool
) -> tuple[float, ...]:
    """Return weight and bias of the least mean of Huber's loss.

    Newton's steps where they make the gradient smaller, else iteratively reweighted least
    squares, which always descends (P. J. Huber, *Robust Statistics*, Wiley 1981, §7.8).

    Parameters
    ----------
    feature, label : ndarray, shape (rows,)
    delta : float
    bias : bool
    """
    middle = float(np.mean(feature)) if bias else 0.0
    spread = float(np.sqrt(np.mean((feature - middle) ** 2))) or 1.0
    rows = np.stack([(feature - middle) / spread, np.ones_like(feature)][: 1 + bias])
    found = np.asarray(np.linalg.lstsq(rows.T, label, rcond=None)[0], dtype=np.float64)
    residual, slope = _huber_slope(rows, label, delta, found)
    for _ in range(_MOST_REWEIGHTED):
        if np.abs(slope).max() <= _LEVEL * delta:
            break
        near = (np.abs(residual) <= delta).astype(np.float64)
        curved = (rows * near) @ rows.T
        step = np.asarray(np.linalg.lstsq(curved, label.size * slope, rcond=None)[0], np.float64)
        tried = _huber_slope(rows, label, delta, found - step)
        if not np.abs(tried[1]).max() < 0.5 * np.abs(slope).max():
            weights = delta / np.maximum(np.abs(residual), delta)
            bent = (rows * weights) @ rows.T
            step = np.asarray(np.linalg.solve(bent, label.size * slope), np.float64)
            tried = _huber_slope(rows, label, delta, found - step)
        found = np.asarray(found - step, dtype=np.float64)
        residual, slope = tried
    weight = float(found[0]) / spread
    return (weight, float(found[1]) - weight * middle) if bias else (weight,)


def _huber_slope(
    rows: FloatArray, label: FloatArray, delta: float, params: FloatArray
) -> tuple[FloatArray, FloatArray]:
    residual = params @ rows - label
    return residual, rows @ np.clip(residual, -delta, delta) / label.size


def _polished(
    feature: FloatArray, label: FloatArray, weight: float, bias: float
) -> tuple[float, float]:
    """Return a line near an optimal one that goes through two rows, to the last digit."""
    residuals = np.abs(label - weight * feature - bias)
    return _best_pair(feature, label, np.argsort(residuals, kind="stable")[:8])


def _best_pair(
    feature: FloatArray, label: FloatArray, rows: NDArray[np.intp]
) -> tuple[float, float]:
    """Return the best of the lines through two of some rows; an optimum is among all of them."""
    best = (np.inf, 0.0, 0.0)
    for one in rows.tolist():
        for other in rows.tolist():
            run = feature[other] - feature[one]
            if run > 0.0:
                slope = float((label[other] - label[one]) / run)
                offset = float(label[one] - slope * feature[one])
                loss = float(np.mean(np.abs(label - slope * feature - offset)))
                best = min(best, (loss, slope, offset))
    return best[1:]


def _weighted_median(feature: FloatArray, label: FloatArray) -> float:
    there = feature != 0.0
    ratios, weights = label[there] / feature[there], np.abs(feature[there])
    order = np.argsort(ratios, kind="stable")
    below = np.cumsum(weights[order])
    return float(ratios[order][np.searchsorted(below, 0.5 * below[-1])])


def newton(landscape: Landscape, start: FloatArray) -> tuple[float, ...]:
    """Return the minimum of a convex landscape by damped Newton steps.

    Parameters
    ----------
    landscape : Landscape
    start : ndarray, shape (d,)
    """
    point = np.asarray(start, dtype=np.float64)
    loss = float(landscape.loss([point])[0])
    for _ in range(_MOST_STEPS):
        gradient, hessian = landscape.gradient([point])[0], landscape.hessian([point])[0]
        scale = np.sqrt(np.maximum(np.diag(hessian), np.finfo(float).tiny))
        scaled = hessian / np.outer(scale, scale)
        step = np.linalg.lstsq(scaled, -gradient / scale, rcond=None)[0] / scale
        for halving in range(_HALVINGS):
            tried = point + step * 0.5**halving
            new = float(landscape.loss([tried])[0])
            if new < loss:
                break
        else:
            break
        point, loss = tried, new
    # Where losses no longer tell points apart, slopes still do.
    for _ in range(3):
        gradient, hessian = landscape.gradient([point])[0], landscape.hessian([point])[0]
        tried = point - np.linalg.lstsq(hessian, gradient, rcond=None)[0]
        if np.linalg.norm(landscape.gradient([tried])[0]) < np.linalg.norm(gradient):
            point = tried
    return tuple(point.tolist())


def separable(feature: FloatArray, label: FloatArray, *, bias: bool) -> bool:
    """Tell whether two classes, 0 and 1, lie on two sides of a threshold.

    Without a bias the threshold is 0. A shared value on the threshold itself does not help:
    the loss then has no minimum either.
    """
    if not bias:
        sides = feature * (2.0 * label - 1.0)
        return bool(np.all(sides >= 0.0) or np.all(sides <= 0.0))
    none, some = feature[label == 0.0], feature[label == 1.0]
    return bool(none.max() <= some.min() or some.max() <= none.min())
