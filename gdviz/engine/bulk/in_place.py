"""Taking steps with NumPy, each operation into an array that is there already."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.stepping import PlainStepping, Stepping
from gdviz.engine.bulk.straight_line import straight_line
from gdviz.engine.descent import Descent
from gdviz.engine.tracing import Program, StepTracer, Untraceable

__all__ = ["InPlaceStepping", "stepping_of"]

_Stretch = tuple[Program, list[list[NDArray[np.float64]]]]


class InPlaceStepping:
    """Does what a tracer has written down, without an array more than needed.

    Parameters
    ----------
    descent : Descent

    Raises
    ------
    Untraceable
        If the steps can't be written down.
    """

    # Two threads hand the interpreter to one another at each operation: the longer it takes,
    # the less this costs, as long as the arrays stay near.
    block_rows = 24_576

    def __init__(self, descent: Descent) -> None:
        self.tracer = StepTracer(descent)
        straight_line(self.tracer.step(0)[0])
        self._stretches = lru_cache(maxsize=64)(self._planned)

    def advance(self, block: Block, first: int, count: int) -> None:
        if self.tracer.constant:
            first = 0
        for program, uniforms in self._stretches(first, count):
            line = straight_line(program)
            buffers = line.buffers(block.size)
            with np.errstate(all="ignore"):
                line.run(block.params, block.arrays, block.hypers, buffers, uniforms)

    def _planned(self, first: int, count: int) -> list[_Stretch]:
        """Return what is done in some steps, those that are alike together.

        Numbers that all rows share are arrays of one: NumPy takes these twice as quickly.
        """
        steps = [self.tracer.step(number) for number in range(first, first + count)]
        stretches: list[_Stretch] = []
        for program, alike in groupby(steps, key=lambda step: step[0]):
            table = np.array([numbers for _, numbers in alike]).reshape(-1, program.uniforms, 1)
            stretches.append((program, [list(row) for row in table]))
        return stretches


def stepping_of(descent: Descent) -> Stepping:
    """Return what takes the steps of a descent most quickly with NumPy."""
    try:
        return InPlaceStepping(descent)
    except Untraceable:
        return PlainStepping(descent)
