"""How many runs fall in each pixel, and how that is shaded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.bulk import cores
from gdviz.engine.bulk.pilot import Counter
from gdviz.landscapes import Domain, FloatArray

__all__ = ["add_density", "density", "framed_counts", "log_levels", "pixel_places"]

_BLOCK = 1 << 15
_FEW = 1 << 16  # a thread costs more than it saves below
_TABLE = 4096
_LEAST_TOP = 32
_ALL = np.empty(0, dtype=np.bool_)


def density(
    params: FloatArray,
    domain: Domain,
    shape: tuple[int, int],
    drawn: NDArray[np.bool_] | None = None,
    threads: int | None = None,
) -> NDArray[np.uint32]:
    """Count the points in each pixel of a domain.

    Parameters
    ----------
    params : ndarray, shape (2, n)
        Contiguous; what lies outside of the domain, or is no number, is not counted.
    domain : Domain
    shape : (int, int)
        Rows and columns of pixels.
    drawn : ndarray of bool, shape (n,), optional
        Which points are counted; all if left out.
    threads : int, optional
        As many as there are cores if left out.

    Returns
    -------
    ndarray of uint32, shape `shape`
        The top row, where the second parameter is largest, comes first.
    """
    counts = framed_counts(shape)
    add_density(counts, params, domain, drawn, threads)
    return counts[1:-1, 1:-1].astype(np.uint32)


def framed_counts(shape: tuple[int, int]) -> NDArray[np.intp]:
    """Return zeros for an image of a shape with a frame around it, which is a pixel wide."""
    return np.zeros((shape[0] + 2, shape[1] + 2), dtype=np.intp)


def add_density(
    counts: NDArray[np.intp],
    params: FloatArray,
    domain: Domain,
    drawn: NDArray[np.bool_] | None = None,
    threads: int | None = None,
    counter: Counter | None = None,
) -> None:
    """Count some more points, in an image with a frame; the parameters are `density`'s.

    Where there is a counter, it does the work. It lets others have the interpreter, and
    makes no array of all points' pixels.
    """
    shape = (counts.shape[0] - 2, counts.shape[1] - 2)
    if counter is not None:
        counter(counts, params, _ALL if drawn is None else drawn, *_frame(domain, shape))
        return
    places = pixel_places(params, domain, shape, threads)
    if drawn is not None:
        places *= drawn
    counts += np.bincount(places, minlength=counts.size).reshape(counts.shape)


def pixel_places(
    params: FloatArray, domain: Domain, shape: tuple[int, int], threads: int | None = None
) -> NDArray[np.intp]:
    """Return in which pixel each point falls, as a place in an image with a frame around it.

    Parameters
    ----------
    params : ndarray, shape (2, n)
    domain : Domain
    shape : (int, int)
        Rows and columns within the frame, which is one pixel wide and holds what falls outside.
    threads : int, optional

    Returns
    -------
    ndarray of int, shape (n,)
        Places in an array of shape (rows + 2, columns + 2), the top row first.
    """
    rows, columns = shape
    count = params.shape[1]
    places = np.empty(count, dtype=np.intp)
    left, top, across, down = _frame(domain, shape)

    def work(first: int) -> None:
        part = slice(first, min(first + _BLOCK, count))
        x, y = params[0, part] - left, params[1, part] - top
        with np.errstate(all="ignore"):  # which is each thread's own
            for along, scale, most in ((x, across, columns + 1), (y, down, rows + 1)):
                np.multiply(along, scale, out=along)
                np.fmax(along, 0.0, out=along)  # also what is no number
                np.fmin(along, most, out=along)
            np.floor(y, out=y)  # of x, nothing is left behind the point below
            np.multiply(y, columns + 2, out=y)
            np.add(x, y, out=x)
            places[part] = x

    blocks = range(0, count, _BLOCK)
    wanted = threads or cores()
    if wanted == 1 or count < _FEW:
        for first in blocks:
            work(first)
    else:
        with ThreadPoolExecutor(wanted) as pool:
            list(pool.map(work, blocks))
    return places


def _frame(domain: Domain, shape: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return where the outer edge of a picture's frame is, and how many pixels a unit has."""
    rows, columns = shape
    (x_low, x_high), (y_low, y_high) = domain
    across, down = columns / (x_high - x_low), rows / (y_low - y_high)
    return x_low - 1.0 / across, y_high - 1.0 / down, across, down


def log_levels(counts: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return how strongly pixels are shaded, on a logarithmic scale.

    Parameters
    ----------
    counts : ndarray of uint32
        How many runs fall in each pixel.

    Returns
    -------
    ndarray of uint8
        0 where there are none, 1 for one, 255 for the most of all pixels; where these are
        fewer than 32, the scale goes up to that, so that a thin swarm stays thin.
    """
    most = int(counts.max(initial=0))
    top = np.log(max(most, _LEAST_TOP))
    table = np.zeros(_TABLE, dtype=np.uint8)
    table[1:] = _level(np.arange(1, _TABLE), top)
    levels = table[np.minimum(counts, _TABLE - 1)]
    if most >= _TABLE:
        crowded = counts >= _TABLE
        levels[crowded] = _level(counts[crowded], top)
    return levels


def _level(counts: NDArray[Any], top: float) -> NDArray[np.uint8]:
    shares = np.minimum(np.log(counts) / top, 1.0)
    return np.asarray(1.0 + np.round(254.0 * shares), dtype=np.uint8)
