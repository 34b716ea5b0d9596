"""One look at where some rows are: slopes and losses, without arrays more than needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.breaks import RUNAWAY
from gdviz.engine.bulk.written import Function, Scratch, evaluation
from gdviz.engine.tracing import Untraceable, slope_program
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

    def at(self, params: FloatArray) -> Seen:
        """Return what is seen at places (d, m)."""
        with np.errstate(all="ignore"):
            if self._function is None:
                gradient = self._landscape.gradient_columns(params)
                loss = self._landscape.loss_columns(params)
            else:
                gradient, loss = np.empty_like(params), np.empty(params.shape[1])
                scratch = self._idle.pop() if self._idle else Scratch()
                self._function([self._uniforms], [params, gradient, loss], scratch)
                self._idle.append(scratch)
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
