"""A landscape sampled on a grid, for drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import Domain, FloatArray, Landscape

__all__ = ["Field", "sample_field", "sample_slice"]


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
    x = np.linspace(*domain[0], shape[1])
    y = np.linspace(*domain[1], shape[0])
    columns = np.empty((2, shape[0], shape[1]))
    columns[0] = x
    columns[1] = y[:, np.newaxis]
    with np.errstate(all="ignore"):
        loss = landscape.loss_columns(columns.reshape(2, -1)).reshape(shape)
    finite = loss[np.isfinite(loss)]
    minima = tuple(minimum for minimum in landscape.minima if domain.contains(minimum))
    candidates = [float(finite.min())] if finite.size else []
    if minima:
        candidates.append(float(landscape.loss(minima).min()))
    floor = min(candidates, default=float("nan"))
    return Field(domain, x, y, loss, minima, floor)


def sample_slice(
    landscape: Landscape, point: FloatArray, axis: int, values: FloatArray
) -> FloatArray:
    """Return the loss along one parameter while the others are held constant.

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
        return landscape.loss_columns(columns)
