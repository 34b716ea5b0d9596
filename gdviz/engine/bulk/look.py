"""One look at where some rows are: slopes and losses, without arrays more than needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.breaks import RUNAWAY
from gdviz.engine.bulk.straight_line import StraightLine, straight_line
from gdviz.engine.tracing import Untraceable, look_program
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["Look"]


@dataclass(frozen=True, eq=False)
class Seen:
    """What a look has found.

    Attributes
    ----------
    loss : ndarray, shape (m,)
    gradient : ndarray, shape (d, m)
    norm : ndarray, shape (m,)
    """

    loss: FloatArray
    gradient: FloatArray
    norm: FloatArray


class Look:
    """Evaluates loss and gradient of a landscape at the places of a block.

    Parameters
    ----------
    landscape : Landscape
    """

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        domain = landscape.domain
        self._low = domain.center - RUNAWAY * domain.width
        self._high = domain.center + RUNAWAY * domain.width
        if landscape.limits is not None:
            self._low = np.maximum(self._low, landscape.limits.low)
            self._high = np.minimum(self._high, landscape.limits.high)
        self._line: StraightLine | None = None
        self._uniforms: list[NDArray[np.float64]] = []
        try:
            program, uniforms = look_program(landscape)
        except Untraceable:
            return
        self._line = straight_line(program)
        self._uniforms = [np.array([number]) for number in uniforms]

    def at(self, params: FloatArray) -> Seen:
        """Return what is seen at places (d, m)."""
        with np.errstate(all="ignore"):
            if self._line is None:
                gradient = self._landscape.gradient_columns(params)
                loss = self._landscape.loss_columns(params)
            else:
                rows = params.shape[1]
                gradient, loss = np.empty_like(params), np.empty(rows)
                buffers = self._line.buffers(rows)
                arrays = [gradient, loss[np.newaxis]]
                self._line.run(params, arrays, [], buffers, [self._uniforms])
            norm = np.sqrt(np.sum(gradient * gradient, axis=0))
        return Seen(loss, gradient, norm)

    def is_uneventful(self, params: FloatArray, seen: Seen, flat: float) -> bool:
        """Tell that no row is near an end, at little cost; False where that isn't sure."""
        if not params.shape[1]:
            return True
        with np.errstate(all="ignore"):
            return bool(
                # What is no number makes each of these False.
                seen.norm.min() > flat
                and seen.norm.max() < np.inf
                and seen.loss.min() > -np.inf
                and seen.loss.max() < np.inf
                and np.all(params.min(axis=1) >= self._low)
                and np.all(params.max(axis=1) <= self._high)
            )
