"""Starts as they are written: ``-3,4``, ``random:20``, ``grid:5x4``."""

from __future__ import annotations

import math
import re

import numpy as np

from gdviz.errors import UserError
from gdviz.landscapes import Domain, Landscape
from gdviz.numbers import format_point

__all__ = ["MOST_STARTS", "Start", "parse_starts"]

MOST_STARTS = 10_000
Start = tuple[float, ...]


def parse_starts(
    text: str, landscape: Landscape, domain: Domain, rng: np.random.Generator
) -> list[Start]:
    """Return the starts that a text stands for.

    Parameters
    ----------
    text : str
        Numbers separated by commas, one per parameter; ``random:N`` for N starts
        spread evenly at random; ``grid:NxM`` for N columns and M rows of starts
        (``grid:N`` with one parameter), at the centers of equal cells.
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
        return _random(text, rest, domain, rng)
    if colon and kind == "grid":
        return _grid(text, rest, domain)
    return [_point(text, landscape, domain)]


def _point(text: str, landscape: Landscape, domain: Domain) -> Start:
    names = ",".join(name.upper() for name in landscape.parameters)
    try:
        start = tuple(float(part) for part in text.split(","))
    except ValueError:
        raise UserError(
            f"start '{text}' is not understood; write {names} as numbers, random:N or grid:NxM"
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


def _random(text: str, count: str, domain: Domain, rng: np.random.Generator) -> list[Start]:
    number = _count(text, count)
    points = rng.uniform(domain.low, domain.high, size=(number, len(domain.intervals)))
    return [tuple(point) for point in points.tolist()]


def _grid(text: str, shape: str, domain: Domain) -> list[Start]:
    counts = [_count(text, part) for part in shape.split("x")]
    if len(counts) != len(domain.intervals):
        wanted = "x".join("NM"[: len(domain.intervals)])
        raise UserError(f"start '{text}' must be grid:{wanted} for this landscape")
    if math.prod(counts) > MOST_STARTS:
        raise UserError(f"start '{text}' asks for more than {MOST_STARTS:,} starts")
    axes = [
        low + (high - low) * (np.arange(count) + 0.5) / count
        for (low, high), count in zip(domain, counts, strict=True)
    ]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
    return [tuple(point) for point in points.tolist()]


def _count(text: str, digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) == 0:
        raise UserError(f"start '{text}' needs a whole number of at least 1 after the colon")
    if int(digits) > MOST_STARTS:
        raise UserError(f"start '{text}' asks for more than {MOST_STARTS:,} starts")
    return int(digits)
