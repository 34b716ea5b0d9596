"""From when until when the values of a program are needed, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdviz.engine.tracing import Node, Program

__all__ = ["LONG", "PUT_IN", "VIEWS", "Kinds", "Room", "Unit", "lifetimes"]

PUT_IN = frozenset({"params", "state", "hyper", "uniform"})
"""What isn't computed."""
VIEWS = frozenset({"component", "positive"})
"""What is in the array of what goes in."""
LONG = frozenset({"stack", "where"})
"""What is done in more than one call: what goes in is still read after the first has written."""

Kinds = tuple[str, bool]
"""The kind of a value, and whether it is true or false."""


@dataclass(frozen=True)
class Room:
    """An array that the caller brings along.

    Attributes
    ----------
    register : str
        Its name.
    kind : str
    holds : int or None
        The node whose value is in it at first.
    takes : int or None
        The node whose value must be in it in the end.
    axis : int or None
        The row of the register; None for all of it.
    """

    register: str
    kind: str
    holds: int | None = None
    takes: int | None = None
    axis: int | None = None


@dataclass(eq=False)
class Unit:
    """Values that are in one array: a vector with the rows that it is made of.

    Attributes
    ----------
    kinds : Kinds
    last : int
        The last operation that needs it; the number of all if it comes out in the end.
    wish : Room or None
        Where it must be in the end.
    over : bool
        Whether its array has been given back.
    """

    kinds: Kinds
    last: int
    wish: Room | None = None
    over: bool = False


def lifetimes(program: Program, rooms: Sequence[Room]) -> tuple[dict[int, Unit], dict[int, int]]:
    """Return the unit of each node, and the axes of the nodes that are a row of a vector."""
    nodes = program.nodes
    units, axes = _each_alone(nodes)
    wanted = {room.takes for room in rooms}
    for at, node in enumerate(nodes):
        if node.op == "stack":
            _gather(nodes, at, wanted, units, axes)
    needed = [(arg, at) for at, node in enumerate(nodes) for arg in node.args]
    for place, at in (*needed, *((out, len(nodes)) for out in program.outputs)):
        if place in units:
            units[place].last = max(units[place].last, at)
    _wish(nodes, rooms, units, axes)
    return units, axes


def _each_alone(nodes: Sequence[Node]) -> tuple[dict[int, Unit], dict[int, int]]:
    """Return a unit for each value that is computed or put in; views are in that of theirs."""
    units: dict[int, Unit] = {}
    axes: dict[int, int] = {}
    for at, node in enumerate(nodes):
        if node.op in VIEWS:
            units[at] = units[node.args[0]]
            if node.op == "component":
                axes[at] = node.index
            elif node.args[0] in axes:
                axes[at] = axes[node.args[0]]
        elif node.op != "uniform":
            units[at] = Unit((node.kind, node.boolean), at)
    return units, axes


def _gather(
    nodes: Sequence[Node],
    at: int,
    wanted: set[int | None],
    units: dict[int, Unit],
    axes: dict[int, int],
) -> None:
    """Let the rows of a vector be computed where it will be."""
    for axis, arg in enumerate(nodes[at].args):
        made = nodes[arg]
        number = made.kind == "row" and not made.boolean
        if number and made.op not in PUT_IN | VIEWS and arg not in axes and arg not in wanted:
            unit = units[arg]
            for other in [one for one, known in units.items() if known is unit]:
                units[other], axes[other] = units[at], axis


def _wish(
    nodes: Sequence[Node], rooms: Sequence[Room], units: dict[int, Unit], axes: dict[int, int]
) -> None:
    """Note for what is to come out where it must be in the end."""
    for room in rooms:
        taken = room.takes
        if taken is None or taken not in units or taken in axes:
            continue
        unit = units[taken]
        computed = nodes[taken].op not in PUT_IN | VIEWS
        if computed and unit.kinds == (room.kind, False) and unit.wish is None:
            unit.wish = room
