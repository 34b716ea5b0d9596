"""Where a swarm begins, as arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from gdviz.landscapes import Domain, FloatArray

__all__ = ["Brushed", "brushed_starts", "even_starts", "scattered_starts"]


class Brushed(Protocol):
    """One touch of a brush."""

    @property
    def center(self) -> tuple[float, ...]:
        """Where, one number per parameter."""
        ...

    @property
    def radius(self) -> tuple[float, ...]:
        """How far it reaches along each parameter."""
        ...

    @property
    def count(self) -> int:
        """How many starts it leaves."""
        ...


def even_starts(domain: Domain, count: int) -> FloatArray:
    """Return the centers of equal cells, about `count` of them, never more.

    With two parameters there are as many cells along each, so that a view of the domain is
    filled evenly.

    Parameters
    ----------
    domain : Domain
        Of one or two parameters.
    count : int

    Returns
    -------
    ndarray, shape (n, d)
        The first parameter changes fastest.
    """
    dimension = len(domain.intervals)
    if dimension == 1:
        return _centers(domain, 0, count)[:, np.newaxis]
    side = math.isqrt(count)
    x, y = np.meshgrid(_centers(domain, 0, count // side), _centers(domain, 1, side))
    return np.stack([x.ravel(), y.ravel()], axis=-1)


def scattered_starts(domain: Domain, count: int, seed: int) -> FloatArray:
    """Return points at random, evenly spread over a domain, shape (count, d).

    The same seed gives the same points, and a larger count adds to them.
    """
    rng = np.random.default_rng(seed)
    shares = rng.random((count, len(domain.intervals)))
    return np.asarray(domain.low + shares * domain.width)


def brushed_starts(strokes: Sequence[Brushed], seed: int, dimension: int = 2) -> FloatArray:
    """Return the starts that strokes have left, one stroke after the other, shape (n, d).

    Each is spread evenly at random over its stroke's disk (with one parameter, its interval).
    One more stroke changes none of the starts before.
    """
    counts = np.array([stroke.count for stroke in strokes], dtype=np.int64)
    total = int(counts.sum()) if counts.size else 0
    if not total:
        return np.empty((0, dimension))
    shares = np.random.default_rng(seed).random((total, 2))
    if dimension == 1:
        unit = 2.0 * shares[:, :1] - 1.0
    else:
        away, angle = np.sqrt(shares[:, 0]), 2.0 * np.pi * shares[:, 1]
        unit = np.stack([away * np.cos(angle), away * np.sin(angle)], axis=-1)
    centers = np.array([stroke.center for stroke in strokes])
    radii = np.array([stroke.radius for stroke in strokes])
    return np.asarray(np.repeat(centers, counts, axis=0) + unit * np.repeat(radii, counts, axis=0))


def _centers(domain: Domain, axis: int, count: int) -> FloatArray:
    low, high = domain[axis]
    return np.asarray(low + (high - low) * (np.arange(count) + 0.5) / count)
