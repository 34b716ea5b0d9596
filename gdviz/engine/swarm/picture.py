"""What is drawn of a swarm: dots, or how many runs there are at each pixel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.swarm.density import add_density, framed_counts, log_levels
from gdviz.engine.swarm.frame import SwarmCounts, drawn_of
from gdviz.engine.swarm.swarm import Swarm
from gdviz.landscapes import Domain, FloatArray

__all__ = [
    "CORE",
    "MOST_DOTS",
    "RIM",
    "SwarmPicture",
    "dot_levels",
    "dot_radii",
    "picture_of",
    "pictured",
]

MOST_DOTS = 20_000
"""Up to so many runs are drawn as dots where nothing else is wished."""
RIM, CORE = 100, 255
"""Levels of dots: up to the first one it is rim, from there to the second one core."""
_FEW_DOTS, _LEAST_DOT = 1000, 0.5


@dataclass(frozen=True, eq=False)
class SwarmPicture:
    """A swarm at a step, ready to be painted.

    Attributes
    ----------
    step : int
    domain : Domain
        What the picture covers.
    dots : bool
        Whether runs are dots; otherwise levels tell how many there are.
    levels : ndarray of uint8, shape (rows, columns)
        The top row first; 0 is clear. Of dots see `dot_levels`, else `log_levels`.
    params : ndarray, shape (2, m), or None
        Where the dots are, for those who paint shapes; only kept where it was wished.
    counts : SwarmCounts
    """

    step: int
    domain: Domain
    dots: bool
    levels: NDArray[np.uint8]
    params: FloatArray | None
    counts: SwarmCounts


def picture_of(
    swarm: Swarm,
    step: int,
    domain: Domain,
    shape: tuple[int, int],
    drawn: str = "auto",
    *,
    scale: float = 1.0,
    shapes: bool = False,
) -> SwarmPicture:
    """Draw a swarm at a step; the parameters are those of `pictured`."""
    *_, made = pictured(swarm, step, domain, shape, drawn, scale=scale, shapes=shapes)
    assert made is not None
    return made


def pictured(
    swarm: Swarm,
    step: int,
    domain: Domain,
    shape: tuple[int, int],
    drawn: str = "auto",
    *,
    scale: float = 1.0,
    shapes: bool = False,
) -> Iterator[SwarmPicture | None]:
    """Draw a swarm at a step, in parts of a few milliseconds each.

    Parameters
    ----------
    swarm : Swarm
        On a landscape of two parameters.
    step : int
    domain : Domain
    shape : (int, int)
        Rows and columns of pixels.
    drawn : str
        ``"points"``, ``"density"``, or ``"auto"``: points while there are at most `MOST_DOTS`.
    scale : float
        Pixels per logical pixel, of which dots have a fixed number.
    shapes : bool
        Whether the places of up to `MOST_DOTS` dots are told rather than painted.

    Yields
    ------
    SwarmPicture or None
        The picture at last; None after each part before.
    """
    yield from swarm.reach(step)
    dots = drawn == "points" or (drawn == "auto" and swarm.rows <= MOST_DOTS)
    params = None
    if dots and shapes and swarm.rows <= MOST_DOTS:
        levels = np.zeros((1, 1), dtype=np.uint8)
        params = np.concatenate(
            [some[:, drawn_of(outcome)] for some, outcome in swarm.parts()], axis=1
        )
    else:
        framed = framed_counts(shape)
        counter = swarm.counter
        for some, which in swarm.places():
            add_density(framed, some, domain, which, swarm.threads, counter)
            yield None
        counts = framed[1:-1, 1:-1].astype(np.uint32)
        levels = dot_levels(counts, scale, swarm.rows) if dots else log_levels(counts)
    yield SwarmPicture(min(step, swarm.steps), domain, dots, levels, params, swarm.counts())


def dot_levels(
    counts: NDArray[np.uint32], scale: float = 1.0, number: int = 1
) -> NDArray[np.uint8]:
    """Paint a soft dot with a rim wherever there are runs, all cores over all rims.

    Parameters
    ----------
    counts : ndarray of uint32, shape (rows, columns)
        How many runs there are at each pixel.
    scale : float
        Pixels per logical pixel.
    number : int
        How many dots there are in all: very many are smaller.

    Returns
    -------
    ndarray of uint8, shape (rows, columns)
        0 where there is none; up to `RIM` the rim, the stronger the more opaque; up to
        `CORE` more and more of the core over it.
    """
    rows, columns = counts.shape
    core, rim = dot_radii(number)
    disk = _disk(core * scale, rim * scale)
    margin = disk.shape[0] // 2
    there = np.zeros((rows + 2 * margin, columns + 2 * margin), dtype=np.uint8)
    there[margin:-margin, margin:-margin] = counts > 0
    levels = np.zeros_like(counts, dtype=np.uint8)
    part = np.empty_like(levels)
    for place, level in enumerate(disk.reshape(-1)):
        if level:
            down, across = divmod(place, disk.shape[1])
            some = there[down : down + rows, across : across + columns]
            np.maximum(levels, np.multiply(some, level, out=part), out=levels)
    return levels


def dot_radii(number: int) -> tuple[float, float]:
    """Return how large core and rim of each of so many dots are, in logical pixels."""
    smaller = min(max((number / _FEW_DOTS) ** -0.25, _LEAST_DOT), 1.0)
    return 1.6 * smaller, 2.5 * smaller


def _disk(core: float, rim: float) -> NDArray[np.uint8]:
    """Return the levels of one dot, a square array with an odd side."""
    reach = int(np.ceil(rim + 0.5))
    along = np.arange(-reach, reach + 1)
    away = np.hypot(along[:, np.newaxis], along)
    ring = np.clip(rim + 0.5 - away, 0.0, 1.0)
    inner = np.clip(core + 0.5 - away, 0.0, 1.0)
    levels = np.where(inner > 0.0, RIM + inner * (CORE - RIM), ring * RIM)
    return np.asarray(np.round(levels), dtype=np.uint8)
