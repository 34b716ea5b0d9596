"""A landscape sampled on a grid, for drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gdviz.engine.gaps import with_gaps
from gdviz.landscapes import Domain, FloatArray, Landscape

__all__ = [
    "Field",
    "affordable",
    "losses_in_parts",
    "sample_field",
    "sample_field_in_parts",
    "sample_slice",
]

_PART, _SMALLEST_PART = 1 << 15, 64  # what stays in the cache
_AFFORDABLE = 3e8
_FEWEST = 24


@dataclass(frozen=True, eq=False)
class Field:
    """The loss on a grid, read-only.

    Attributes
    ----------
    domain : Domain
        What the grid spans, from its first to its last samples.
    x, y : ndarray, shapes (nx,) and (ny,)
        The first and the second parameter.
    loss : ndarray, shape (ny, nx)
        Row = y, column = x; not finite where the landscape is undefined.
    minima : tuple of tuple
        The landscape's known minima that lie in the domain.
    floor : float
        The lowest loss known in the domain, sampled or at a known minimum; NaN if none.
    """

    domain: Domain
    x: FloatArray
    y: FloatArray
    loss: FloatArray
    minima: tuple[tuple[float, ...], ...]
    floor: float

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.loss):
            array.flags.writeable = False


def affordable(shape: tuple[int, int], cost: int) -> tuple[int, int]:
    """Return a coarser shape where a landscape's losses cost too much for a fine one.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns.
    cost : int
        What one loss takes, as `Landscape.cost` has it.
    """
    share = min(1.0, (_AFFORDABLE / (cost * shape[0] * shape[1])) ** 0.5)
    rows, columns = (max(int(share * count), min(count, _FEWEST)) for count in shape)
    return rows, columns


def sample_field(landscape: Landscape, domain: Domain, shape: tuple[int, int]) -> Field:
    """Sample the loss of a landscape of two parameters.

    Parameters
    ----------
    landscape : Landscape
        With two parameters.
    domain : Domain
        What to sample.
    shape : (int, int)
        Rows and columns: samples along y and along x.
    """
    *_, field = sample_field_in_parts(landscape, domain, shape)
    assert field is not None
    return field


def losses_in_parts(landscape: Landscape, points: FloatArray, loss: FloatArray) -> Iterator[float]:
    """Put the losses at points (d, n) into an array (n,); yields the share done after each part."""
    part = max(_PART // landscape.cost, _SMALLEST_PART)
    for first in range(0, loss.size, part):
        some = np.ascontiguousarray(points[:, first : first + part])
        with np.errstate(all="ignore"):
            loss[first : first + part] = landscape.loss_columns(some)
        yield (first + some.shape[1]) / loss.size


def sample_field_in_parts(
    landscape: Landscape, domain: Domain, shape: tuple[int, int]
) -> Iterator[Field | None]:
    """Do what `sample_field` does, yielding None after each part and the field at last."""
    x = np.linspace(*domain[0], shape[1])
    y = np.linspace(*domain[1], shape[0])
    columns = np.empty((2, shape[0], shape[1]))
    columns[0] = x
    columns[1] = y[:, np.newaxis]
    points = columns.reshape(2, -1)
    loss = np.empty(points.shape[1])
    for _ in losses_in_parts(landscape, points, loss):
        yield None
    loss = loss.reshape(shape)
    if not landscape.continuous:
        loss = _gapped(landscape, points, loss)
    finite = loss[np.isfinite(loss)]
    minima = tuple(minimum for minimum in landscape.minima if domain.contains(minimum))
    candidates = [float(finite.min())] if finite.size else []
    if minima:
        candidates.append(float(landscape.loss(minima).min()))
    floor = min(candidates, default=float("nan"))
    yield Field(domain, x, y, loss, minima, floor)


def _gapped(landscape: Landscape, points: FloatArray, loss: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        along_x, along_y = landscape.gradient_columns(points).reshape(2, *loss.shape)
    across = with_gaps(loss, along_x)
    return np.where(np.isnan(across), across, with_gaps(loss.T, along_y.T).T)


def sample_slice(
    landscape: Landscape, point: FloatArray, axis: int, values: FloatArray
) -> FloatArray:
    """Return the loss along one parameter while the others are held constant.

    It has gaps, NaN, where the landscape is undefined or jumps.

    Parameters
    ----------
    point : ndarray, shape (d,)
        Where the other parameters are held.
    axis : int
        The parameter that varies.
    values : ndarray, shape (n,)
        Its values.

    Returns
    -------
    ndarray, shape (n,)
    """
    columns = np.repeat(np.asarray(point, dtype=np.float64)[:, np.newaxis], values.size, axis=1)
    columns[axis] = values
    with np.errstate(all="ignore"):
        loss = landscape.loss_columns(columns)
        if landscape.continuous:
            return loss
        return with_gaps(loss, landscape.gradient_columns(columns)[axis])
