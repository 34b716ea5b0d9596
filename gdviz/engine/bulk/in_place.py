"""Taking steps without making arrays: NumPy is told where to put each result."""

from __future__ import annotations

import numpy as np

from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.stepping import PlainStepping, Stepping
from gdviz.engine.bulk.written import Function, Scratch, step
from gdviz.engine.descent import Descent
from gdviz.engine.tracing import Program, StepTracer, Untraceable

__all__ = ["InPlaceStepping", "stepping_of"]


def stepping_of(descent: Descent) -> Stepping:
    """Return what takes a descent's steps most quickly."""
    try:
        return InPlaceStepping(descent)
    except Untraceable:
        return PlainStepping(descent)


class InPlaceStepping:
    """Does what a trace has written down, on arrays that stay where they are.

    Parameters
    ----------
    descent : Descent

    Raises
    ------
    Untraceable
        If landscape or optimizer can't be written down.
    """

    # Two threads hand the interpreter to one another at each operation: the longer it takes,
    # the less this costs, as long as the arrays stay near.
    block_rows = 24_576

    def __init__(self, descent: Descent) -> None:
        self.tracer = StepTracer(descent)
        self._functions: dict[int, tuple[Program, Function]] = {}
        self._idle: list[Scratch] = []

    def advance(self, block: Block, first: int, count: int) -> None:
        scratch = self._idle.pop() if self._idle else Scratch()
        arrays = [
            block.params,
            *(
                array if kind == "vector" else array[0]
                for array, kind in zip(block.arrays, self.tracer.kinds, strict=True)
            ),
            *block.hypers,
        ]
        number, last = first, first + count
        with np.errstate(all="ignore"):
            while number < last:
                program, uniforms = self.tracer.step(number)
                shared: list[tuple[float, ...] | None] = [uniforms]
                number += 1
                if self.tracer.constant:
                    shared += [None] * (last - number)
                    number = last
                while number < last:
                    following, uniforms = self.tracer.step(number)
                    if following is not program:
                        break
                    shared.append(uniforms)
                    number += 1
                self._function(program)(shared, arrays, scratch)
        block.others = self.tracer.others(last)
        self._idle.append(scratch)

    def _function(self, program: Program) -> Function:
        known = self._functions.get(id(program))
        if known is None:
            made = step(program, self.tracer.kinds, len(self.tracer.hyper_names))
            known = self._functions[id(program)] = program, made
        return known[1]
