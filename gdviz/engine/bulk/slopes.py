"""Gradients and losses of many points, in arrays that are there already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.bulk.written import Function, Scratch, evaluation
from gdviz.engine.tracing import Untraceable, slope_program
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["Slopes", "SlopesHere"]

_POINTS = 16_384


@dataclass(frozen=True, eq=False)
class SlopesHere:
    """What is known of some points; the arrays are used again for the next ones.

    Attributes
    ----------
    gradient : ndarray, shape (d, m)
    loss : ndarray, shape (m,)
    square : ndarray, shape (m,)
        The sum of the partial derivatives' squares.
    """

    gradient: FloatArray
    loss: FloatArray
    square: FloatArray


class Slopes:
    """Computes them as the landscape does, to the bit.

    Parameters
    ----------
    landscape : Landscape
    """

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self._function: Function | None = None
        self._uniforms: tuple[float, ...] = ()
        try:
            with np.errstate(all="ignore"):
                program, self._uniforms = slope_program(landscape)
        except Untraceable:
            return
        rows: list[tuple[str, int | None]] = [("g", axis) for axis in range(landscape.dimension)]
        self._function = evaluation(program, [*rows, ("l", None)])

    def here(self, params: FloatArray, scratch: Scratch) -> SlopesHere:
        """Return what is known of points, shape (d, m), in a thread's own arrays."""
        names = [("gradient", "vector"), ("squares", "vector"), ("loss", "row"), ("square", "row")]
        gradient, squares, loss, square = scratch.views(
            [(f"its {name}", kind, False) for name, kind in names], params.shape
        )
        with np.errstate(all="ignore"):
            self._evaluate(params, gradient, loss, scratch)
            np.multiply(gradient, gradient, squares)
            np.add.reduce(squares, axis=0, out=square)
        return SlopesHere(gradient, loss, square)

    def of(self, params: FloatArray, scratch: Scratch) -> tuple[FloatArray, FloatArray]:
        """Return the gradients (d, m) and the losses (m,) of points (d, m), in new arrays."""
        gradient, loss = np.empty_like(params), np.empty(params.shape[1])
        with np.errstate(all="ignore"):
            for first in range(0, loss.size, _POINTS):
                part = slice(first, first + _POINTS)
                some = np.ascontiguousarray(params[:, part])
                self._evaluate(some, gradient[:, part], loss[part], scratch)
        return gradient, loss

    def _evaluate(
        self, params: FloatArray, gradient: FloatArray, loss: FloatArray, scratch: Scratch
    ) -> None:
        if self._function is None:
            self._landscape.gradient_columns(params, gradient)
            loss[:] = self._landscape.loss_columns(params)
        else:
            self._function((self._uniforms,), (params, gradient, loss), scratch)
