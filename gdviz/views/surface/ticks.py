"""Round numbers along the sides of a surface's box."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdviz.engine import level_labels
from gdviz.experiment.camera import HALF_SIDES
from gdviz.views.number_axis import tick_labels
from gdviz.views.surface.mesh import SurfaceMesh

__all__ = ["Tick", "box_ticks", "round_numbers"]

_ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Tick:
    """A number on a side of the box.

    Attributes
    ----------
    place : float
        Along the side, between minus and plus half of it.
    text : str
    """

    place: float
    text: str


def round_numbers(low: float, high: float, most: int) -> tuple[list[float], float]:
    """Return at most so many round numbers between two, and how far they are apart.

    They are multiples of 1, 2 or 5 times a power of ten.
    """
    span = high - low
    if not (math.isfinite(span) and span > 0.0) or most < 1:
        return [], 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    if power == 0.0:
        return [], 1.0
    for factor in (*_ROUND, 20.0, 50.0):
        spacing = factor * power
        little = 1e-9 * spacing
        first, last = math.ceil((low - little) / spacing), math.floor((high + little) / spacing)
        if last - first + 1 <= most:
            return [number * spacing for number in range(first, last + 1)], spacing
    return [], 1.0


def box_ticks(mesh: SurfaceMesh, most: tuple[int, int, int]) -> tuple[list[Tick], ...]:
    """Return the ticks along x, y and z.

    Parameters
    ----------
    mesh : SurfaceMesh
    most : (int, int, int)
        How many there is room for along each.
    """
    flat = [
        _even(float(values[0]), float(values[-1]), room, half)
        for values, room, half in zip((mesh.x, mesh.y), most, HALF_SIDES, strict=False)
    ]
    return (*flat, _upward(mesh, most[2]))


def _even(low: float, high: float, most: int, half: float) -> list[Tick]:
    values, spacing = round_numbers(low, high, most)
    texts = tick_labels(values, spacing)
    return [
        Tick(half * (2.0 * (value - low) / (high - low) - 1.0), text)
        for value, text in zip(values, texts, strict=True)
    ]


def _upward(mesh: SurfaceMesh, most: int) -> list[Tick]:
    heights, half = mesh.heights, HALF_SIDES[2]
    if most < 1:
        return []
    if not heights.high > heights.low:
        known = bool(np.isfinite(mesh.height).any())
        return [Tick(-half, *level_labels([heights.low]))] if known else []
    if heights.shades is None:
        return _even(heights.low, heights.high, most, half)
    losses = heights.round_losses()[:: max(1, math.ceil(5 / most))]
    places = half * (2.0 * heights.height(np.array(losses)) - 1.0)
    return [
        Tick(place, text) for place, text in zip(places.tolist(), level_labels(losses), strict=True)
    ]
