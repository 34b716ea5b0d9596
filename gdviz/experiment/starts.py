"""Starts: as they are written, ``-3,4``, ``grid:5x4``, ``ring:12``, and many at once."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from gdviz.errors import UserError
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.numbers import format_point

__all__ = [
    "MOST_STARTS",
    "RING_RADIUS",
    "Start",
    "grid_starts",
    "parse_starts",
    "random_starts",
    "ring_starts",
]

MOST_STARTS = 10_000
RING_RADIUS = 0.4
"""The ring that is written ``ring:N``, as a share of the domain's width along each parameter."""
Start = tuple[float, ...]


def grid_starts(domain: Domain, counts: Sequence[int]) -> list[Start]:
    """Return the centers of equal cells, row by row from the domain's low corner.

    Parameters
    ----------
    domain : Domain
        Of d parameters.
    counts : sequence of int
        How many cells along each parameter, d numbers of at least 1.

    Raises
    ------
    ValueError
        If there are not d counts, or one is less than 1.
    """
    if len(counts) != len(domain.intervals) or min(counts) < 1:
        raise ValueError(f"{len(domain.intervals)} counts of at least 1 wanted, got {counts!r}")
    axes = [
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in zip(domain, counts, strict=True)
    ]
    return _starts(np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes)))


def random_starts(domain: Domain, count: int, rng: np.random.Generator) -> list[Start]:
    """Return starts spread evenly at random over a domain.

    Parameters
    ----------
    domain : Domain
    count : int
    rng : numpy.random.Generator
    """
    return _starts(rng.uniform(domain.low, domain.high, size=(count, len(domain.intervals))))


def ring_starts(
    center: Sequence[float] | FloatArray, domain: Domain, radius: float, count: int
) -> list[Start]:
    """Return starts on an ellipse, at equal angles in the domain's own proportions.

    On a plot that shows the domain as a square it is a circle. The first start lies where
    the first parameter is largest, the others follow counterclockwise.

    Parameters
    ----------
    center : array_like, shape (2,)
    domain : Domain
        Of two parameters.
    radius : float
        Half an axis of the ellipse as a share of the domain's width along it.
    count : int

    Raises
    ------
    UserError
        If there is one parameter only: there is no way around a point.
    """
    if len(domain.intervals) != 2:
        raise UserError(f"a ring of starts needs two parameters, not {len(domain.intervals)}")
    angles = 2.0 * np.pi * np.arange(count) / count
    circle = np.round(np.stack([np.cos(angles), np.sin(angles)], axis=-1), 15)  # cos 90° is 0
    return _starts(np.asarray(center) + radius * domain.width * circle + 0.0)  # no −0


def parse_starts(
    text: str, landscape: Landscape, domain: Domain, rng: np.random.Generator
) -> list[Start]:
    """Return the starts that a text stands for.

    Parameters
    ----------
    text : str
        Numbers separated by commas, one per parameter; ``random:N`` for N starts
        spread evenly at random; ``grid:NxM`` for N columns and M rows of starts
        (``grid:N`` with one parameter), at the centers of equal cells; ``ring:N`` for
        N starts around the domain's center, at `RING_RADIUS`, with two parameters.
    landscape : Landscape
    domain : Domain
        The box in which starts are made, and outside of which none may lie.
    rng : numpy.random.Generator
        Where random starts come from.

    Raises
    ------
    UserError
        If the text is malformed, asks for more than `MOST_STARTS`, or a start lies
        outside the domain.
    """
    kind, colon, rest = text.partition(":")
    if colon and kind == "random":
        return random_starts(domain, _count(text, rest), rng)
    if colon and kind == "grid":
        return grid_starts(domain, _counts(text, rest, domain))
    if colon and kind == "ring":
        return _ring(text, rest, landscape, domain)
    return [_point(text, landscape, domain)]


def _point(text: str, landscape: Landscape, domain: Domain) -> Start:
    names = ",".join(name.upper() for name in landscape.parameters)
    others = "random:N, grid:NxM or ring:N" if landscape.dimension > 1 else "random:N or grid:N"
    try:
        start = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise UserError(
            f"start '{text}' is not understood; write {names} as numbers, {others}"
        ) from None
    if len(start) != landscape.dimension:
        raise UserError(
            f"start '{text}' has {len(start)} numbers, but {landscape.name} has "
            f"{landscape.dimension}: {', '.join(landscape.parameters)}"
        )
    if not all(math.isfinite(value) for value in start):
        raise UserError(f"start '{text}' must be finite")
    if not domain.contains(start):
        raise UserError(
            f"start {format_point(start)} lies outside the domain shown, "
            f"{domain.describe(landscape.parameters)}; widen it or choose a start inside"
        )
    return start


def _counts(text: str, shape: str, domain: Domain) -> list[int]:
    counts = [_count(text, part) for part in shape.split("x")]
    if len(counts) != len(domain.intervals):
        wanted = "x".join("NM"[: len(domain.intervals)])
        raise UserError(f"start '{text}' must be grid:{wanted} for this landscape")
    if math.prod(counts) > MOST_STARTS:
        raise UserError(f"start '{text}' asks for more than {MOST_STARTS:,} starts")
    return counts


def _ring(text: str, count: str, landscape: Landscape, domain: Domain) -> list[Start]:
    number = _count(text, count)
    if landscape.dimension != 2:
        raise UserError(
            f"start '{text}' needs two parameters, but {landscape.name} has "
            f"{landscape.dimension}; write random:N or grid:N"
        )
    return ring_starts(domain.center, domain, RING_RADIUS, number)


def _count(text: str, digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) == 0:
        raise UserError(f"start '{text}' needs a whole number of at least 1 after the colon")
    if int(digits) > MOST_STARTS:
        raise UserError(f"start '{text}' asks for more than {MOST_STARTS:,} starts")
    return int(digits)


def _starts(points: FloatArray) -> list[Start]:
    return [tuple(point) for point in points.tolist()]
