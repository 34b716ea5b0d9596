"""What a formula says, as a tree; independent of any algebra system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

__all__ = [
    "Binary",
    "Call",
    "Constant",
    "Name",
    "Negative",
    "Number",
    "Operator",
    "Span",
    "Tree",
    "nodes",
]

Span = tuple[int, int]
Operator = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True)
class _Node:
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True)
class Number(_Node):
    """A number, exactly as it is written.

    Attributes
    ----------
    value : Fraction
    text : str
        Such as ``"1.50"``.
    """

    value: Fraction
    text: str = field(compare=False)


@dataclass(frozen=True)
class Constant(_Node):
    """π or e."""

    name: Literal["pi", "e"]


@dataclass(frozen=True)
class Name(_Node):
    """A variable, or a parameter of the formula."""

    name: str


@dataclass(frozen=True)
class Negative(_Node):
    """−operand."""

    operand: Tree


@dataclass(frozen=True)
class Binary(_Node):
    """Two operands.

    Attributes
    ----------
    operator : str
        One of ``+ - * / ^``.
    left, right : Tree
    implicit : bool
        Whether a product is written without a sign between its factors.
    """

    operator: Operator
    left: Tree
    right: Tree
    implicit: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Call(_Node):
    """A function of one or more arguments.

    Attributes
    ----------
    function : str
        A key of `gdviz.formulas.functions.FUNCTIONS`.
    arguments : tuple of Tree
    """

    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Constant | Name | Negative | Binary | Call


def nodes(tree: Tree) -> Iterator[Tree]:
    """Yield a tree's nodes, children after their parents, left to right."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(_children(node)))


def _children(node: Tree) -> tuple[Tree, ...]:
    if isinstance(node, Negative):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Call):
        return node.arguments
    return ()
