"""One look at where some rows are: slopes and losses, in arrays that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import RUNAWAY
from gdviz.engine.bulk.written import Function, Scratch, evaluation
from gdviz.engine.tracing import Untraceable, slope_program
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["Look", "Seen"]

_SLACK = 1.0 + 1e-9
_BUFFERS = (
    ("seen gradient", "vector", False),
    ("seen squares", "vector", False),
    ("seen loss", "row", False),
    ("seen square", "row", False),
)


@dataclass(frozen=True, eq=False)
class Seen:
    """What a look has found.

    Attributes
    ----------
    loss : ndarray, shape (m,)
    gradient : ndarray, shape (d, m)
    square : ndarray, shape (m,)
        The sum of the squares of the partial derivatives.
    """

    loss: FloatArray
    gradient: FloatArray
    square: FloatArray

    def is_flat(self, flat: float) -> NDArray[np.bool_]:
        """Tell where the gradient's norm is at most this."""
        with np.errstate(all="ignore"):
            return np.asarray(np.sqrt(self.square) <= flat)


class Look:
    """Evaluates loss and gradient of a landscape at many places, as it does itself, to the bit.

    Parameters
    ----------
    landscape : Landscape
    """

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        # Within half of what is allowed no rounding matters.
        reach = 0.5 * RUNAWAY * landscape.domain.width
        self._low, self._high = landscape.domain.center - reach, landscape.domain.center + reach
        if landscape.limits is not None:
            self._low = np.maximum(self._low, landscape.limits.low)
            self._high = np.minimum(self._high, landscape.limits.high)
        self._function: Function | None = None
        self._uniforms: tuple[float, ...] = ()
        self._idle: list[Scratch] = []
        try:
            with np.errstate(all="ignore"):
                program, self._uniforms = slope_program(landscape)
        except Untraceable:
            return
        axes = range(landscape.dimension)
        self._function = evaluation(program, [*(("g", axis) for axis in axes), ("f", None)])

    @contextmanager
    def at(self, params: FloatArray) -> Iterator[Seen]:
        """Lend what is seen at places (d, m): the arrays are used again behind the block."""
        scratch = self._idle.pop() if self._idle else Scratch()
        gradient, squares, loss, square = scratch.views(_BUFFERS, params.shape)
        with np.errstate(all="ignore"):
            if self._function is None:
                self._landscape.gradient_columns(params, gradient)
                loss[:] = self._landscape.loss_columns(params)
            else:
                self._function([self._uniforms], [params, gradient, loss], scratch)
            np.multiply(gradient, gradient, squares)
            np.add.reduce(squares, axis=0, out=square)
        yield Seen(loss, gradient, square)
        self._idle.append(scratch)

    def kept_at(self, params: FloatArray) -> Seen:
        """Return what is seen at places (d, m), in arrays of its own."""
        with self.at(params) as seen:
            return Seen(seen.loss.copy(), seen.gradient.copy(), seen.square.copy())

    def is_uneventful(self, params: FloatArray, seen: Seen, flat: float) -> bool:
        """Tell that no row is near an end, at little cost; False where that isn't sure."""
        if not params.shape[1]:
            return True
        near = flat * flat * _SLACK
        return bool(seen.square.min() > near) and self.is_unbroken(params, seen)

    def is_unbroken(self, params: FloatArray, seen: Seen) -> bool:
        """Tell that no row has broken off, at little cost; False where that isn't sure."""
        # What is no number makes each of these False.
        for column, low, high in zip(params, self._low, self._high, strict=True):
            if not (column.min() >= low and column.max() <= high):
                return False
        with np.errstate(all="ignore"):
            return bool(np.isfinite(np.add.reduce(seen.square) + np.add.reduce(seen.loss)))
