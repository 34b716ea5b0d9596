"""A program of operations as calls of NumPy's functions that write into given arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.registers import INPUTS, Places, placed
from gdviz.engine.tracing import Program
from gdviz.engine.tracing.tape import BINARY, UNARY

__all__ = ["StraightLine", "straight_line"]


@dataclass(frozen=True)
class StraightLine:
    """Steps that are taken in place.

    Attributes
    ----------
    run : callable
        Takes params (d, m), the state's arrays, the hyperparameters (m,), buffers, and for
        each step the numbers that all rows share; changes params and arrays.
    places : Places
    dimension : int
    """

    run: Callable[..., None]
    places: Places
    dimension: int

    def buffers(self, rows: int) -> list[NDArray[Any]]:
        """Return arrays for what is computed on the way, with so many rows."""
        made: list[NDArray[Any]] = []
        for kind, boolean in self.places.buffers:
            shape = (self.dimension, rows) if kind == "vector" else (rows,)
            made.append(np.empty(shape, dtype=np.bool_ if boolean else np.float64))
        return made


@lru_cache(maxsize=256)
def straight_line(program: Program) -> StraightLine:
    """Return the steps of a program, whose outputs are its next params and arrays.

    What is compiled has names of its own and numbers of places, nothing else.
    """
    places = placed(program)
    lines = _Writer(program, places).lines()
    names: dict[str, Any] = {name: getattr(np, name) for name in UNARY | BINARY}
    names["copyto"] = np.copyto
    exec(compile("\n".join(lines), "<steps in place>", "exec"), names)  # noqa: S102 -- own names
    return StraightLine(names["steps"], places, program.dimension)


class _Writer:
    """Writes the function's source."""

    def __init__(self, program: Program, places: Places) -> None:
        self._program = program
        self._places = places

    def lines(self) -> list[str]:
        """Return the source line by line."""
        program, places = self._program, self._places
        head = ["def steps(p, arrays, hypers, buffers, uniforms):"]
        for number, output in enumerate(program.outputs[1:]):
            # A row among the state's arrays has the shape (1, m).
            row = "[0]" if program.nodes[output].kind == "row" else ""
            head.append(f"    s{number} = arrays[{number}]{row}")
        hypers = {node.index for node in program.nodes if node.op == "hyper"}
        head += [f"    h{number} = hypers[{number}]" for number in sorted(hypers)]
        for number in range(len(places.buffers)):
            head.append(f"    b{number} = buffers[{number}]")
        for root in sorted({name for name, part in places.names.values() if part is not None}):
            head += [f"    {root}_{axis} = {root}[{axis}]" for axis in range(program.dimension)]
        numbers = "".join(f"u{number}, " for number in range(program.uniforms))
        head.append(
            f"    for {numbers or '_'} in uniforms:" if numbers else "    for _ in uniforms:"
        )
        body: list[str] = []
        for place, node in enumerate(program.nodes):
            if node.op not in INPUTS and node.op != "component":
                body += self._statements(place)
        body += [f"copyto({target}, {self._name(source)})" for target, source in places.copies]
        return head + [f"        {line}" for line in body or ["pass"]]

    def _statements(self, place: int) -> list[str]:
        node = self._program.nodes[place]
        target = self._name(place)
        args = [self._name(arg) for arg in node.args]
        if node.op == "stack":
            root, _ = self._places.names[place]
            return [
                f"copyto({root}_{axis}, {name})"
                for axis, name in enumerate(args)
                if name != f"{root}_{axis}"
            ]
        if node.op == "where":
            condition, chosen, other = args
            return [f"copyto({target}, {other})", f"copyto({target}, {chosen}, where={condition})"]
        # By position it is quicker, where NumPy allows it.
        given = f"out={target}" if node.op in {"maximum", "minimum"} else target
        return [f"{node.op}({', '.join([*args, given])})"]

    def _name(self, place: int) -> str:
        node = self._program.nodes[place]
        if node.op == "uniform":
            return f"u{node.index}"
        root, part = self._places.names[place]
        return root if part is None else f"{root}_{part}"
