"""Operations with what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdviz.engine.tracing.tape import Node, Tape
from gdviz.engine.tracing.traced import Traced, Untraceable
from gdviz.landscapes import Landscape
from gdviz.landscapes.landscape import Column

__all__ = [
    "Program",
    "begun",
    "gradient_of",
    "hessian_program",
    "pruned",
    "selected",
    "slope_program",
]


@dataclass(frozen=True)
class Program:
    """What is done with each row of a batch, the same for all.

    Two programs are equal if they do the same; the numbers that all rows share are no part
    of them.

    Attributes
    ----------
    dimension : int
        The number of parameters, d.
    nodes : tuple of Node
        In an order in which they can be done.
    outputs : tuple of int
        The places of what comes out. Of a step: the next parameters, then the next state's
        arrays in order. Of a gradient: its d partial derivatives. Of a loss: the loss. A node
        among them may be uniform.
    uniforms : int
        How many numbers are put in that all rows share.
    """

    dimension: int
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    uniforms: int


def begun(dimension: int) -> tuple[Tape, Traced, tuple[Traced, ...]]:
    """Return a tape with the parameters on it, whole and one by one."""
    tape = Tape()
    params = Traced(tape, tape.put("params", (), "vector"), "vector")
    columns = tuple(
        Traced(tape, tape.put("component", (params.place,), "row", axis), "row")
        for axis in range(dimension)
    )
    return tape, params, columns


def gradient_of(
    landscape: Landscape, columns: Sequence[Traced], *, merging: bool = False
) -> tuple[int, ...]:
    """Write a landscape's gradient down, and return the places of its partial derivatives.

    Parameters
    ----------
    landscape : Landscape
    columns : sequence of Traced
    merging : bool
        Whether equal numbers are one, which saves operations; the program then depends on
        which of a formula's numbers are equal.

    Raises
    ------
    Untraceable
    """
    tape = columns[0].tape
    tape.merging = merging
    try:
        return _places(tape, landscape.gradient_at(*columns))  # type: ignore[arg-type]
    finally:
        tape.merging = False


def hessian_program(landscape: Landscape) -> tuple[Program, tuple[float, ...]]:
    """Return the upper triangle of a landscape's Hessian, row by row.

    Raises
    ------
    Untraceable
        If it isn't computed for each point by itself.
    """
    tape, _, columns = begun(landscape.dimension)
    places = _places(tape, landscape.hessian_at(*columns))  # type: ignore[arg-type]
    return pruned(tape, landscape.dimension, places)


def slope_program(landscape: Landscape) -> tuple[Program, tuple[float, ...]]:
    """Return a landscape's gradient and its loss behind it, and the numbers that all rows share.

    Raises
    ------
    Untraceable
        If they aren't computed for each point by itself.
    """
    tape, _, columns = begun(landscape.dimension)
    slopes = gradient_of(landscape, columns)
    loss = _places(tape, (landscape.loss_at(*columns),))  # type: ignore[arg-type]
    return pruned(tape, landscape.dimension, (*slopes, *loss))


def pruned(
    tape: Tape, dimension: int, outputs: tuple[int, ...]
) -> tuple[Program, tuple[float, ...]]:
    """Return what of a tape the outputs need, and the numbers that this needs."""
    program, indices = selected(tape, dimension, outputs)
    return program, tuple(tape.uniforms[index] for index in indices)


def selected(
    tape: Tape, dimension: int, outputs: tuple[int, ...]
) -> tuple[Program, tuple[int, ...]]:
    """Return what of a tape the outputs need, and the places of the numbers that this needs."""
    wanted = set(outputs)
    for place in range(len(tape.nodes) - 1, -1, -1):
        if place in wanted:
            wanted.update(tape.nodes[place].args)
    new: dict[int, int] = {}
    nodes: list[Node] = []
    indices: list[int] = []
    for place in sorted(wanted):
        node = tape.nodes[place]
        index = node.index
        if node.op == "uniform":
            index = len(indices)
            indices.append(node.index)
        new[place] = len(nodes)
        args = tuple(new[arg] for arg in node.args)
        nodes.append(Node(node.op, args, node.kind, index, node.boolean))
    places = tuple(new[place] for place in outputs)
    return Program(dimension, tuple(nodes), places, len(indices)), tuple(indices)


def _places(tape: Tape, values: Sequence[Column | Traced]) -> tuple[int, ...]:
    places = []
    for value in values:
        if isinstance(value, Traced):
            places.append(value.place)
        elif isinstance(value, int | float):
            places.append(tape.uniform(float(value)))
        else:
            try:
                places.append(tape.uniform(float(value)))
            except (TypeError, ValueError):
                raise Untraceable(f"a {type(value).__name__}") from None
    return tuple(places)
