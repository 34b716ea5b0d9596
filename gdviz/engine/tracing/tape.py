"""What a trace writes down: operations on numbers of one row, in their order."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["BINARY", "UNARY", "Kind", "Node", "Tape"]

Kind = Literal["vector", "row", "uniform"]
"""One number for each parameter of each row, one for each row, or one for all rows."""

UNARY = frozenset(
    {
        *("negative", "positive", "absolute", "sign", "square", "sqrt", "cbrt", "reciprocal"),
        *("exp", "log", "log2", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "floor"),
        *("arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh"),
        *("isnan", "isfinite", "logical_not"),
    }
)
"""NumPy's functions of one argument that a trace knows, by their names."""
BINARY = frozenset(
    {
        *("add", "subtract", "multiply", "divide", "power", "arctan2", "logaddexp"),
        *("maximum", "minimum"),
        *("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"),
        *("logical_and", "logical_or"),
    }
)
"""NumPy's functions of two arguments that a trace knows."""
_BOOLEAN = frozenset(
    {
        *("isnan", "isfinite", "logical_not", "logical_and", "logical_or"),
        *("less", "less_equal", "greater", "greater_equal", "equal", "not_equal"),
    }
)
_OPPOSITE = {"add": "subtract", "subtract": "add"}


class Node(NamedTuple):
    """One operation, or one number that is put in.

    Attributes
    ----------
    op : str
        The name of one of NumPy's functions in `UNARY` or `BINARY`; ``"where"``;
        ``"component"``, the parameter `index` of a vector; ``"stack"``, a vector made of a
        row for each parameter; or what is put in: ``"params"``, ``"gradient"``, ``"state"``,
        ``"hyper"``, ``"uniform"``, each the one at the place `index`.
    args : tuple of int
        The places of the nodes that it takes.
    kind : str
        One of `Kind`.
    index : int
    boolean : bool
        Whether it is true or false rather than a number.
    """

    op: str
    args: tuple[int, ...]
    kind: Kind
    index: int = 0  # type: ignore[assignment]  # a tuple's own index isn't wanted
    boolean: bool = False


_Key = tuple[str, tuple[int, ...], Kind, int, bool]


@dataclass
class Tape:
    """Operations in the order in which they were asked for; equal ones are done once.

    Attributes
    ----------
    nodes : list of Node
    uniforms : list of float
        The numbers that are the same for all rows, in the order in which they were met.
    merging : bool
        Whether equal numbers are one: those of a landscape, which stay as they are.
    """

    nodes: list[Node] = field(default_factory=list)
    uniforms: list[float] = field(default_factory=list)
    merging: bool = False
    _numbers: dict[tuple[float, float], int] = field(default_factory=dict)
    _keys: list[_Key] = field(default_factory=list)
    _known: dict[_Key, int] = field(default_factory=dict)
    _made: dict[_Key, Node] = field(default_factory=dict)

    def put(self, op: str, args: tuple[int, ...], kind: Kind, index: int = 0) -> int:
        """Write down an operation, or one with the same bits that costs less; return its place."""
        if op in _OPPOSITE and self.nodes[args[1]].op == "negative":
            op, args = _OPPOSITE[op], (args[0], *self.nodes[args[1]].args)
        elif op == "add" and self.nodes[args[0]].op == "negative":
            op, args = "subtract", (args[1], *self.nodes[args[0]].args)
        key = (op, args, kind, index, self._is_boolean(op, args))
        place = self._known.get(key)
        if place is None:
            # What was written and forgotten is mostly written again, for the next step.
            node = self._made.get(key) or Node(*key)
            place = self._known[key] = len(self.nodes)
            self._made[key] = node
            self._keys.append(key)
            self.nodes.append(node)
        return place

    def uniform(self, value: float) -> int:
        """Write down a number that is the same for all rows, and return its place."""
        number = float(value)
        key = (number, math.copysign(1.0, number))
        known = self._numbers.get(key) if self.merging else None
        if known is not None:
            return known
        self.uniforms.append(number)
        place = self.put("uniform", (), "uniform", len(self.uniforms) - 1)
        if self.merging:
            self._numbers[key] = place
        return place

    def mark(self) -> tuple[int, int]:
        """Return how far it is written."""
        return len(self.nodes), len(self.uniforms)

    def back(self, mark: tuple[int, int]) -> None:
        """Forget what was written behind a mark."""
        nodes, uniforms = mark
        for key in self._keys[nodes:]:
            del self._known[key]
        del self._keys[nodes:], self.nodes[nodes:], self.uniforms[uniforms:]

    def _is_boolean(self, op: str, args: tuple[int, ...]) -> bool:
        if op == "where":
            return self.nodes[args[1]].boolean and self.nodes[args[2]].boolean
        return op in _BOOLEAN
