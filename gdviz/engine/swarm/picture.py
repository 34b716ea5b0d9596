"""What is drawn of a swarm: dots, or how many runs there are at each pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.swarm.density import density, log_levels, pixel_places
from gdviz.engine.swarm.frame import SwarmCounts, SwarmFrame
from gdviz.landscapes import Domain, FloatArray

__all__ = ["CORE", "MOST_DOTS", "RIM", "SwarmPicture", "dot_levels", "picture_of"]

MOST_DOTS = 20_000
"""Up to so many runs are drawn as dots where nothing else is wished."""
RIM, CORE = 100, 255
"""Levels of dots: up to the first one it is rim, from there to the second one core."""


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
    frame: SwarmFrame,
    domain: Domain,
    shape: tuple[int, int],
    drawn: str = "auto",
    *,
    scale: float = 1.0,
    shapes: bool = False,
) -> SwarmPicture:
    """Draw a swarm.

    Parameters
    ----------
    frame : SwarmFrame
        On a landscape of two parameters.
    domain : Domain
    shape : (int, int)
        Rows and columns of pixels.
    drawn : str
        ``"points"``, ``"density"``, or ``"auto"``: points while there are at most `MOST_DOTS`.
    scale : float
        Pixels per logical pixel, of which dots have a fixed number.
    shapes : bool
        Whether the places of dots are told rather than painted.
    """
    dots = drawn == "points" or (drawn == "auto" and frame.params.shape[1] <= MOST_DOTS)
    seen = None if not (frame.counts.diverged or frame.counts.undefined) else frame.drawn
    params = None
    if not dots:
        levels = log_levels(density(frame.params, domain, shape, seen))
    elif shapes:
        levels = np.zeros((1, 1), dtype=np.uint8)
        params = frame.params.copy() if seen is None else frame.params[:, seen]
    else:
        levels = dot_levels(frame.params, domain, shape, seen, scale)
    return SwarmPicture(frame.step, domain, dots, levels, params, frame.counts)


def dot_levels(
    params: FloatArray,
    domain: Domain,
    shape: tuple[int, int],
    drawn: NDArray[np.bool_] | None = None,
    scale: float = 1.0,
) -> NDArray[np.uint8]:
    """Paint soft dots with a rim, all cores over all rims.

    Parameters
    ----------
    params : ndarray, shape (2, n)
    domain : Domain
    shape : (int, int)
        Rows and columns of pixels.
    drawn : ndarray of bool, shape (n,), optional
    scale : float
        Pixels per logical pixel.

    Returns
    -------
    ndarray of uint8, shape `shape`
        0 where there is none; up to `RIM` the rim, the stronger the more opaque; up to
        `CORE` more and more of the core over it.
    """
    rows, columns = shape
    places = pixel_places(params, domain, shape, threads=1)
    if drawn is not None:
        places = places[drawn]
    row, column = np.divmod(places, columns + 2)
    inside = (row > 0) & (row <= rows) & (column > 0) & (column <= columns)
    row, column = row[inside] - 1, column[inside] - 1
    disk = _disk(scale)
    margin = disk.shape[0] // 2
    framed = np.zeros((rows + 2 * margin, columns + 2 * margin), dtype=np.uint8)
    corner = row * framed.shape[1] + column
    flat = framed.reshape(-1)
    for place in np.argsort(disk, axis=None, kind="stable").tolist():
        down, across = divmod(place, disk.shape[1])
        if disk[down, across]:
            flat[corner + (down * framed.shape[1] + across)] = disk[down, across]
    return np.ascontiguousarray(framed[margin : rows + margin, margin : columns + margin])


def _disk(scale: float) -> NDArray[np.uint8]:
    """Return the levels of one dot, a square array with an odd side."""
    core, rim = 1.1 * scale, 2.0 * scale
    reach = int(np.ceil(rim + 0.5))
    along = np.arange(-reach, reach + 1)
    away = np.hypot(along[:, np.newaxis], along)
    ring = np.clip(rim + 0.5 - away, 0.0, 1.0)
    inner = np.clip(core + 0.5 - away, 0.0, 1.0)
    levels = np.where(inner > 0.0, RIM + inner * (CORE - RIM), ring * RIM)
    return np.asarray(np.round(levels), dtype=np.uint8)
