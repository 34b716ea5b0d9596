"""Taking steps without making arrays: NumPy is told where to put each result."""

from __future__ import annotations

from collections.abc import Iterator

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


Shared = tuple[float, ...] | None


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
    block_rows = 50_000

    def __init__(self, descent: Descent) -> None:
        self.tracer = StepTracer(descent, merging=True)
        self._functions: dict[int, tuple[Program, Function]] = {}
        self._idle: list[Scratch] = []

    def advance(self, block: Block, first: int, count: int) -> None:
        if not count:
            return
        scratch = self._idle.pop() if self._idle else Scratch()
        arrays = [
            block.params,
            *(
                array if kind == "vector" else array[0]
                for array, kind in zip(block.arrays, self.tracer.kinds, strict=True)
            ),
            *block.hypers,
        ]
        last = first + count
        with np.errstate(all="ignore"):
            for program, shared in self._taken(first, last):
                self._function(program)(shared, arrays, scratch)
        block.others = self.tracer.others(last)
        self._idle.append(scratch)

    def _taken(self, first: int, last: int) -> Iterator[tuple[Program, list[Shared]]]:
        """Yield the programs from a step to a later one, each with the numbers of its steps."""
        program, uniforms = self.tracer.step(first)
        shared: list[Shared] = [uniforms]
        for number in range(first + 1, last):
            following, numbers = self.tracer.step(number)
            if following is not program:
                yield program, shared
                program, shared = following, [numbers]
            else:
                shared.append(None if numbers is uniforms else numbers)
            uniforms = numbers
        yield program, shared

    def _function(self, program: Program) -> Function:
        known = self._functions.get(id(program))
        if known is None:
            made = step(program, self.tracer.kinds, len(self.tracer.hyper_names))
            known = self._functions[id(program)] = program, made
        return known[1]
