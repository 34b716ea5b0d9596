"""A formula that has been read: what its names mean, and whether it can be computed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from gdviz.formulas.errors import FormulaError
from gdviz.formulas.functions import FUNCTIONS
from gdviz.formulas.limits import check_limits
from gdviz.formulas.parser import Definition, read
from gdviz.formulas.tree import Binary, Call, Name, Tree, nodes

__all__ = ["ParsedFormula", "parse"]

_MOST_KNOBS = 8
_WEIGHT = re.compile(r"w[0-9]*|[a-z]+[0-9]+|theta")
_FREE = "zuvts"
_HIDDEN_EDGES = frozenset({"ln", "log2", "log10", "atanh", "acosh"})


@dataclass(frozen=True)
class ParsedFormula:
    """What a text says.

    Attributes
    ----------
    text : str
        As typed, without blanks around it.
    tree : Tree
    variables : tuple of str
        One or two, in their order.
    knobs : tuple of str
        Further names: parameters of the formula.
    """

    text: str
    tree: Tree = field(repr=False)
    variables: tuple[str, ...]
    knobs: tuple[str, ...]

    @property
    def continuous(self) -> bool:
        """Whether nothing in it can have poles or jumps."""
        return not any(_breaks(node) for node in nodes(self.tree))

    @cached_property
    def has_hidden_edges(self) -> bool:
        """Whether its derivatives have values where it has none itself, as those of ln do."""
        calls = (node for node in nodes(self.tree) if isinstance(node, Call))
        return any(call.function in _HIDDEN_EDGES for call in calls)


@lru_cache(maxsize=256)
def parse(text: str) -> ParsedFormula:
    """Read a formula.

    Its variables are those that a left side lists, as in ``f(a, x) = a x^2``. Otherwise
    up to two names are variables by this order: x, y; w, w1, w2 and the like, with b
    beside them; z, u, v, t, s. Where there is none of them, the first two letters are.
    All other names are knobs.

    Parameters
    ----------
    text : str

    Raises
    ------
    FormulaError
        If it is no formula, or one that would be too much to compute.
    """
    definition = read(text)
    names = _names(definition.tree)
    if definition.names is None and definition.result in names:
        span = next(node.span for node in nodes(definition.tree) if _is(node, definition.result))
        raise FormulaError(f"'{definition.result}' stands on both sides of '='", *span)
    variables = _variables(definition, names)
    if not variables:
        raise FormulaError("a formula needs a variable, such as x", 0, len(text))
    knobs = tuple(name for name in names if name not in variables)
    if len(knobs) > _MOST_KNOBS:
        raise FormulaError(
            f"a formula may have {_MOST_KNOBS} parameters beside its variables, "
            f"this one has {len(knobs)}: {', '.join(knobs[:12])}",
            0,
            len(text),
        )
    check_limits(definition.tree)
    return ParsedFormula(text.strip(), definition.tree, variables, knobs)


def _is(node: Tree, name: str) -> bool:
    return isinstance(node, Name) and node.name == name


def _names(tree: Tree) -> tuple[str, ...]:
    """Return the names in a tree in the order in which they are written."""
    found = [node for node in nodes(tree) if isinstance(node, Name)]
    found.sort(key=lambda node: node.span)
    return tuple(dict.fromkeys(node.name for node in found))


def _variables(definition: Definition, names: tuple[str, ...]) -> tuple[str, ...]:
    if definition.names is not None:
        return definition.names
    rated = sorted((_rank(name, names), name) for name in names)
    good = [name for rank, name in rated if rank < math.inf]
    chosen = good[:2] or sorted(names)[:2]
    return tuple(sorted(chosen, key=lambda name: (_rank(name, names), name)))


def _rank(name: str, names: tuple[str, ...]) -> float:
    """Return how much a name looks like a variable; infinite if it looks like a knob."""
    if name in ("x", "y"):
        return 0.0
    if _WEIGHT.fullmatch(name):
        return 1.0
    if name == "b" and any(re.fullmatch(r"w[0-9]*", other) for other in names):
        return 2.0
    return 3.0 if name in _FREE else math.inf


def _breaks(node: Tree) -> bool:
    if isinstance(node, Call):
        return FUNCTIONS[node.function].breaks
    if isinstance(node, Binary) and node.operator == "/":
        return any(isinstance(part, Name) for part in nodes(node.right))
    if isinstance(node, Binary) and node.operator == "^":
        negative = any(type(part).__name__ == "Negative" for part in nodes(node.right))
        return negative and any(isinstance(part, Name) for part in nodes(node.left))
    return False
