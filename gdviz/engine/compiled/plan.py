"""What of a descent a kernel is made of, and the numbers that go into it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gdviz.engine.breaks import RUNAWAY
from gdviz.engine.bulk.judge import CHUNK
from gdviz.engine.compiled.source import KernelPrograms
from gdviz.engine.descent import Descent
from gdviz.engine.tracing import StepTracer, Untraceable, hessian_program, slope_program
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["Bounds", "Plan"]

_SETTLED = 4 * CHUNK


@dataclass(frozen=True, eq=False)
class Bounds:
    """How far rows may go; arrays of shape (d,).

    Attributes
    ----------
    center, width : ndarray
        Of the domain: a row may go a million times as far from the center as the domain is
        wide, or as it has begun.
    low, high : ndarray
        The landscape's limits, or infinite.
    least, most : ndarray
        Between these a row is within all bounds, wherever it has begun.
    """

    center: FloatArray
    width: FloatArray
    low: FloatArray
    high: FloatArray
    least: FloatArray
    most: FloatArray

    @classmethod
    def of(cls, landscape: Landscape) -> Bounds:
        """Return a landscape's bounds."""
        domain, limits = landscape.domain, landscape.limits
        center = np.ascontiguousarray(domain.center, dtype=np.float64)
        width = np.ascontiguousarray(domain.width, dtype=np.float64)
        low, high = np.full_like(center, -np.inf), np.full_like(center, np.inf)
        if limits is not None:
            low, high = np.array(limits.low, dtype=float), np.array(limits.high, dtype=float)
        with np.errstate(over="ignore"):
            least = np.maximum(low, center - RUNAWAY * width)
            most = np.minimum(high, center + RUNAWAY * width)
        return cls(center, width, low, high, least, most)


class Plan:
    """A descent as programs and numbers.

    Parameters
    ----------
    descent : Descent

    Attributes
    ----------
    programs : KernelPrograms
        Of a step behind the first ones, which some optimizers do in another way.
    looks, bends : ndarray
        The numbers that all rows share when they are looked at, and in the Hessian.
    bounds : Bounds

    Raises
    ------
    Untraceable
        If the descent can't be written down.
    """

    def __init__(self, descent: Descent) -> None:
        self._tracer = StepTracer(descent)
        step, _ = self._tracer.step(min(descent.steps, _SETTLED) - 1)
        with np.errstate(all="ignore"):
            look, looks = slope_program(descent.landscape)
            hessian, bends = hessian_program(descent.landscape)
        if step.dimension > 2:
            raise Untraceable("more than two parameters")
        self.programs = KernelPrograms(step, look, hessian, self._tracer.constant)
        self.looks, self.bends = np.array(looks), np.array(bends)
        self.bounds = Bounds.of(descent.landscape)
        self._tables = lru_cache(maxsize=16)(self._table)

    def steady(self, first: int, last: int) -> int:
        """Return up to which step all from `first` on are done as the kernel does them.

        Parameters
        ----------
        first, last : int
            Multiples of 16.
        """
        if self._tracer.constant:
            return last
        step = self.programs.step
        for begin in range(first, last, CHUNK):
            numbers = range(begin, begin + CHUNK)
            if any(self._tracer.step(number)[0] != step for number in numbers):
                return begin
        return last

    def others(self, number: int) -> list[Any]:
        """Return what all rows share before a step, as the optimizer's state has it."""
        return self._tracer.others(number)

    def uniforms(self, first: int, count: int) -> FloatArray:
        """Return the numbers that all rows share in some steps, shape (steps, numbers).

        One row stands for all steps where they are alike.
        """
        return self._tables(0, 1) if self._tracer.constant else self._tables(first, count)

    def _table(self, first: int, count: int) -> FloatArray:
        numbers = [self._tracer.step(number)[1] for number in range(first, first + count)]
        return np.array(numbers, dtype=np.float64).reshape(count, -1)
