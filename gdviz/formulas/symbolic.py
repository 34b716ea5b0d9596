"""From a formula's tree to SymPy's, node by node; no text is ever handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gdviz.formulas.limits import constant_value
from gdviz.formulas.tree import Binary, Call, Constant, Name, Negative, Number, Tree

if TYPE_CHECKING:
    import sympy

__all__ = ["expression_of"]

_MOST_EXACT = 10**12


def expression_of(tree: Tree, symbols: Mapping[str, sympy.Symbol]) -> sympy.Expr:
    """Return the SymPy expression of a tree.

    Parameters
    ----------
    tree : Tree
    symbols : mapping of str to sympy.Symbol
        What stands for each name.
    """
    import sympy

    if isinstance(tree, Number):
        return _number(tree.value)
    if isinstance(tree, Constant):
        return sympy.pi if tree.name == "pi" else sympy.E
    if isinstance(tree, Name):
        return symbols[tree.name]
    if isinstance(tree, Negative):
        return -expression_of(tree.operand, symbols)
    if isinstance(tree, Call):
        arguments = [expression_of(argument, symbols) for argument in tree.arguments]
        return _builders()[tree.function](*arguments)
    return _binary(tree, symbols)


def _number(value: Fraction) -> sympy.Expr:
    import sympy

    if max(abs(value.numerator), value.denominator) > _MOST_EXACT:
        return sympy.Float(float(value))
    return sympy.Rational(value.numerator, value.denominator)


def _binary(tree: Binary, symbols: Mapping[str, sympy.Symbol]) -> sympy.Expr:
    import sympy

    left, right = expression_of(tree.left, symbols), expression_of(tree.right, symbols)
    if tree.operator == "+":
        return left + right
    if tree.operator == "-":
        return left - right
    if tree.operator == "*":
        return left * right
    if tree.operator == "/":
        return left / right
    value = constant_value(tree)
    if value is not None and not 1.0 / _MOST_EXACT < abs(value) < _MOST_EXACT:
        return sympy.Float(value)
    return sympy.Pow(left, right)


def _builders() -> dict[str, Callable[..., Any]]:
    """Return what makes the SymPy expression of each function."""
    import sympy

    from gdviz.formulas import special

    def larger(*values: sympy.Expr) -> sympy.Expr:
        first, *others = values
        for other in others:
            first = special.larger(first, other)
        return first

    return {
        **{name: getattr(sympy, name) for name in _PLAIN},
        "ln": sympy.log,
        "cot": lambda value: sympy.cos(value) / sympy.sin(value),
        "sec": lambda value: 1 / sympy.cos(value),
        "csc": lambda value: 1 / sympy.sin(value),
        "log2": special.log2,
        "log10": special.log10,
        "cbrt": special.cbrt,
        "abs": special.absolute,
        "sign": special.sign,
        "floor": special.floor,
        "ceil": lambda value: -special.floor(-value),
        "round": lambda value: special.floor(value + sympy.Rational(1, 2)),
        "max": larger,
        "min": lambda *values: -larger(*[-value for value in values]),
        "mod": lambda value, by: value - by * special.floor(value / by),
        "sigmoid": special.sigmoid,
        "softplus": special.softplus,
        "relu": lambda value: special.larger(value, sympy.Integer(0)),
    }


_PLAIN = (
    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
    "asinh", "acosh", "atanh", "exp", "sqrt", "erf",
)  # fmt: skip
