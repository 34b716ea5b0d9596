"""Refusing what would blow up, before any algebra is done with it."""

from __future__ import annotations

import math
from collections.abc import Callable

from gdviz.formulas.errors import FormulaError
from gdviz.formulas.tree import Binary, Call, Constant, Name, Negative, Number, Tree, nodes

__all__ = ["LARGEST_EXPONENT", "MOST_NODES", "check_limits", "constant_value"]

MOST_NODES = 400
LARGEST_EXPONENT = 1000


def check_limits(tree: Tree) -> None:
    """Refuse a tree with too many terms, too large exponents or too large numbers.

    Raises
    ------
    FormulaError
    """
    count = sum(1 for _ in nodes(tree))
    if count > MOST_NODES:
        raise FormulaError(
            f"this formula has {count:,} terms and signs; at most {MOST_NODES} can be computed",
            *tree.span,
        )
    _degree(tree)


def constant_value(tree: Tree) -> float | None:
    """Return the value of a tree without names; NaN if it has none, None with names.

    Functions other than powers are not evaluated: None.
    """
    if isinstance(tree, Number):
        return float(tree.value)
    if isinstance(tree, Constant):
        return math.pi if tree.name == "pi" else math.e
    if isinstance(tree, Name | Call):
        return None
    if isinstance(tree, Negative):
        inner = constant_value(tree.operand)
        return None if inner is None else -inner
    left, right = constant_value(tree.left), constant_value(tree.right)
    if left is None or right is None:
        return None
    try:
        value = _OPERATIONS[tree.operator](left, right)
    except (ZeroDivisionError, ValueError):
        return math.nan
    except OverflowError:
        return math.inf
    return value if isinstance(value, float) else math.nan


_OPERATIONS: dict[str, Callable[[float, float], object]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "^": lambda left, right: left**right,
}


def _degree(tree: Tree) -> float:
    """Return a bound on the powers that occur when a tree is multiplied out."""
    value = constant_value(tree)
    if value is not None:
        if math.isinf(value):
            raise FormulaError("this number is too large", *tree.span)
        if math.isnan(value):
            raise FormulaError("this has no real value", *tree.span)
    if isinstance(tree, Negative):
        return _degree(tree.operand)
    if isinstance(tree, Call):
        return max(1.0, *(_degree(argument) for argument in tree.arguments))
    if not isinstance(tree, Binary):
        return 1.0
    left, right = _degree(tree.left), _degree(tree.right)
    if tree.operator == "^":
        exponent = constant_value(tree.right)
        degree = left * max(abs(exponent), 1.0) if exponent is not None else left + right
        if exponent is not None and degree > LARGEST_EXPONENT:
            raise FormulaError(f"powers go up to {LARGEST_EXPONENT:,}", *tree.right.span)
        return degree
    if tree.operator in ("*", "/"):
        return left + right
    return max(left, right)
