"""A formula's tree as LaTeX, in the order in which it was typed."""

from __future__ import annotations

from collections.abc import Mapping

from gdviz.formulas.functions import FUNCTIONS, GREEK
from gdviz.formulas.tree import Binary, Call, Constant, Name, Negative, Number, Tree

__all__ = ["name_latex", "number_latex", "tree_latex"]

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
_FENCES = {
    "abs": (r"\left|", r"\right|"),
    "floor": (r"\lfloor ", r"\rfloor "),
    "ceil": (r"\lceil ", r"\rceil "),
}


def name_latex(name: str) -> str:
    """Return a variable's name as LaTeX, its digits as an index."""
    letters = name.rstrip("0123456789")
    base = rf"\{letters}" if letters in GREEK else letters
    digits = name[len(letters) :]
    return f"{base}_{{{digits}}}" if digits else base


def number_latex(text: str) -> str:
    """Return a number as written on screen: ``-1.2×10⁵`` with LaTeX's signs."""
    plain = text.replace("\N{MINUS SIGN}", "-")
    if "×10" in plain:
        mantissa, _, exponent = plain.partition("×10")
        power = exponent.translate(_LOWERED)
        return rf"{mantissa} \times 10^{{{power}}}"
    return plain


_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def tree_latex(tree: Tree, values: Mapping[str, str] | None = None) -> str:
    """Return a tree as LaTeX.

    Parameters
    ----------
    tree : Tree
    values : mapping of str to str, optional
        LaTeX of numbers that stand for names, by name.
    """
    return _written(tree, values or {})[0]


def _written(tree: Tree, values: Mapping[str, str]) -> tuple[str, int]:
    """Return LaTeX, and how tightly it holds together."""
    if isinstance(tree, Number):
        return _number(tree.text), _ATOM
    if isinstance(tree, Constant):
        return (r"\pi" if tree.name == "pi" else "e"), _ATOM
    if isinstance(tree, Name):
        value = values.get(tree.name)
        if value is None:
            return name_latex(tree.name), _ATOM
        return value, _PRODUCT if r"\times" in value else _SIGN if value[0] == "-" else _ATOM
    if isinstance(tree, Negative):
        return f"-{_held(tree.operand, _PRODUCT, values)}", _SIGN
    if isinstance(tree, Call):
        return _call(tree, values), _ATOM
    return _binary(tree, values)


def _number(text: str) -> str:
    mantissa, _, exponent = text.lower().partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def _held(tree: Tree, least: int, values: Mapping[str, str]) -> str:
    """Return a part that must hold together at least so tightly, in parentheses if needed."""
    latex, level = _written(tree, values)
    if level >= least and not (level == _SIGN and least > _SUM):
        return latex
    return rf"\left({latex}\right)"


def _call(tree: Call, values: Mapping[str, str]) -> str:
    arguments = [tree_latex(argument, values) for argument in tree.arguments]
    known = FUNCTIONS[tree.function].latex
    if tree.function in ("sqrt", "cbrt"):
        return rf"{known}{{{arguments[0]}}}"
    if tree.function in _FENCES:
        left, right = _FENCES[tree.function]
        return f"{left}{arguments[0]}{right}"
    if tree.function == "exp":
        return rf"e^{{{arguments[0]}}}"
    return rf"{known}\left({', '.join(arguments)}\right)"


def _binary(tree: Binary, values: Mapping[str, str]) -> tuple[str, int]:
    if tree.operator in "+-":
        right = _held(tree.right, _PRODUCT if tree.operator == "-" else _SUM, values)
        if right.startswith("-"):
            right = rf"\left({right}\right)"
        return f"{_written(tree.left, values)[0]} {tree.operator} {right}", _SUM
    if tree.operator == "/":
        top, bottom = tree_latex(tree.left, values), tree_latex(tree.right, values)
        return rf"\frac{{{top}}}{{{bottom}}}", _PRODUCT
    if tree.operator == "^":
        return _power(tree, values), _POWER
    left, right = _factor(tree.left, values, first=True), _factor(tree.right, values, first=False)
    begins = right.lstrip("{")[0]
    dotted = begins.isdigit() or (bool(values) and begins == "\\" and left[-1].isdigit())
    dot = r"\cdot " if dotted else ""
    return f"{left} {dot}{right}", _PRODUCT


def _factor(tree: Tree, values: Mapping[str, str], *, first: bool) -> str:
    latex, level = _written(tree, values)
    if level == _SUM or (level == _SIGN and not first):
        return rf"\left({latex}\right)"
    return latex


def _power(tree: Binary, values: Mapping[str, str]) -> str:
    exponent = tree_latex(tree.right, values)
    base = tree.left
    if isinstance(base, Call) and base.function not in (*_FENCES, "sqrt", "cbrt", "exp"):
        arguments = ", ".join(tree_latex(argument, values) for argument in base.arguments)
        return rf"{FUNCTIONS[base.function].latex}^{{{exponent}}}\left({arguments}\right)"
    if isinstance(base, Call) and base.function == "exp":
        return rf"\left({tree_latex(base, values)}\right)^{{{exponent}}}"
    return f"{{{_held(base, _ATOM, values)}}}^{{{exponent}}}"
