"""Which array each operation of a program writes into, so that few are needed."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.engine.tracing import Node, Program, Untraceable

__all__ = ["INPUTS", "Places", "placed"]

INPUTS = frozenset({"params", "state", "hyper", "uniform"})
_LATE = frozenset({"where", "stack"})
"""What writes its result before it has looked at all that it takes."""

Name = tuple[str, int | None]
"""An array, and one of its rows or none: all of it."""


@dataclass(frozen=True)
class Places:
    """Where the numbers of a program are.

    Attributes
    ----------
    names : dict of int to (str, int or None)
        The array of each node that has one: ``"p"`` the parameters, ``"s0"`` … the state,
        ``"h0"`` … the hyperparameters, ``"b0"`` … buffers.
    buffers : tuple of (str, bool)
        Kind and whether it holds truths, of each buffer.
    copies : tuple of (str, int)
        What is to be copied at the end of a step: into which array, from which node.
    """

    names: dict[int, Name]
    buffers: tuple[tuple[str, bool], ...]
    copies: tuple[tuple[str, int], ...]


def placed(program: Program) -> Places:
    """Return where each number of a program is put."""
    return _Allocator(program).places()


class _Allocator:
    """Goes through a program once, giving buffers out and taking them back."""

    def __init__(self, program: Program) -> None:
        self._nodes = program.nodes
        self._outputs = program.outputs
        self._end = len(program.nodes)
        self._targets = ("p", *(f"s{number}" for number in range(len(program.outputs) - 1)))
        self._owners = self._owners_of_all()
        self._dies = self._ends_of_lives()
        self._names: dict[int, str] = {}
        self._buffers: list[tuple[str, bool]] = []
        self._free: dict[tuple[str, bool], list[str]] = {}

    def places(self) -> Places:
        """Return the places of all nodes."""
        for place, node in enumerate(self._nodes):
            owner, _ = self._owners[place]
            if node.op == "uniform":
                continue
            if owner not in self._names:
                self._names[owner] = self._name(owner, place)
            self._take_back(place)
        names = {
            place: (self._names[owner], part)
            for place, (owner, part) in self._owners.items()
            if owner in self._names
        }
        copies = [
            (target, source)
            for target, source in zip(self._targets, self._outputs, strict=True)
            if names.get(source) != (target, None)
        ]
        return Places(names, tuple(self._buffers), _untangled(copies, names))

    def _name(self, owner: int, place: int) -> str:
        """Return an array for a node, which is first written to at a place."""
        node = self._nodes[owner]
        if node.op in INPUTS:
            return _input(node)
        if node.op not in _LATE:
            target = self._target(owner)
            if target:
                return target
            for arg in node.args:
                old, part = self._owners[arg]
                known = self._nodes[old]
                alike = known.kind == node.kind and known.boolean == node.boolean
                if alike and part is None and self._dies[old] == place and self._is_buffer(old):
                    # It has another owner from here on.
                    self._dies[old] = -1
                    return self._names[old]
        free = self._free.setdefault((node.kind, node.boolean), [])
        if free:
            return free.pop()
        self._buffers.append((node.kind, node.boolean))
        return f"b{len(self._buffers) - 1}"

    def _target(self, place: int) -> str:
        """Return the array that a result is for, if nobody looks at what it holds any more."""
        if self._outputs.count(place) != 1 or self._nodes[place].boolean:
            return ""
        target = self._targets[self._outputs.index(place)]
        held = [
            other
            for other, node in enumerate(self._nodes)
            if node.op in INPUTS and node.op != "uniform" and _input(node) == target
        ]
        return target if all(self._dies[other] <= place for other in held) else ""

    def _is_buffer(self, owner: int) -> bool:
        return self._names.get(owner, "").startswith("b")

    def _take_back(self, place: int) -> None:
        for owner, name in self._names.items():
            if self._dies[owner] == place and self._is_buffer(owner):
                node = self._nodes[owner]
                self._free.setdefault((node.kind, node.boolean), []).append(name)
                self._dies[owner] = -1

    def _owners_of_all(self) -> dict[int, tuple[int, int | None]]:
        """Return whose array each node is in, and which row of it.

        Components are rows of their vectors; a row that a vector is made of is computed
        right where the vector wants it.
        """
        owners: dict[int, tuple[int, int | None]] = {
            place: (place, None) for place in range(self._end)
        }
        for place, node in enumerate(self._nodes):
            if node.op == "component":
                owners[place] = (owners[node.args[0]][0], node.index)
            elif node.op == "stack":
                for axis, arg in enumerate(node.args):
                    row = self._nodes[arg]
                    own = owners[arg] == (arg, None) and row.op not in INPUTS
                    if own and not row.boolean:
                        owners[arg] = (place, axis)
        return owners

    def _ends_of_lives(self) -> dict[int, int]:
        """Return the last place at which somebody looks at each owner's array."""
        dies = {owner: owner for owner, _ in self._owners.values()}
        for place, node in enumerate(self._nodes):
            for arg in node.args:
                owner, _ = self._owners[arg]
                dies[owner] = max(dies[owner], place)
        for place in self._outputs:
            dies[self._owners[place][0]] = self._end
        return dies


def _input(node: Node) -> str:
    letter = {"params": "p", "state": f"s{node.index}", "hyper": f"h{node.index}"}
    return letter[node.op]


def _untangled(
    copies: list[tuple[str, int]], names: dict[int, Name]
) -> tuple[tuple[str, int], ...]:
    """Put each copy out of an array before the one into it.

    Raises
    ------
    Untraceable
        If two arrays change places.
    """
    ordered, left = [], list(copies)
    while left:
        for copy in left:
            others = {
                names[source][0] for _, source in left if source in names and source != copy[1]
            }
            if copy[0] not in others:
                break
        else:
            raise Untraceable("a state whose arrays change places")
        ordered.append(copy)
        left.remove(copy)
    return tuple(ordered)
