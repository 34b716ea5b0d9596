"""How a formula and its derivatives are typeset."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from gdviz.formulas import CompiledFormula, ParsedFormula, compiled
from gdviz.landscapes.notation import LineKind, MathLine, Notation
from gdviz.landscapes.tree_latex import name_latex, number_latex, tree_latex
from gdviz.numbers import format_number

if TYPE_CHECKING:
    import sympy

    from gdviz.landscapes.landscape import Landscape

__all__ = ["FormulaNotation", "formula_notation"]

_LONGEST_PART = 240
_LONGEST = 900
_SHORT_EXACT = 60
_PARTIALS: tuple[LineKind, LineKind] = ("partial0", "partial1")
_TOO_LONG = r"\text{too long to be typeset}"


def formula_notation(
    landscape: Landscape, parsed: ParsedFormula, values: Mapping[str, float]
) -> FormulaNotation:
    """Return the notation of a landscape with a formula.

    Parameters
    ----------
    landscape : Landscape
        Whose kernels say the values.
    parsed : ParsedFormula
    values : mapping of str to float
        Of the formula's parameters that are no variables.
    """
    return FormulaNotation(landscape, parsed, tuple(values.items()))


class FormulaNotation(Notation):
    """f as it was typed, its exact derivatives, and both with numbers put in."""

    def __init__(
        self,
        landscape: Landscape,
        parsed: ParsedFormula,
        knobs: tuple[tuple[str, float], ...],
    ) -> None:
        self._landscape = landscape
        self._parsed = parsed
        self._knobs = dict(knobs)

    def general(self) -> tuple[MathLine, ...]:
        names = [name_latex(name) for name in self._parsed.variables]
        head = f"f({', '.join(names)})"
        lines = [MathLine("loss", head, _bounded(tree_latex(self._parsed.tree)))]
        partials = _partials(self._parsed)
        for kind, name, partial in zip(_PARTIALS, names, partials, strict=False):
            lines.append(MathLine(kind, _derivative(names, name), _bounded(partial)))
        if len(names) > 1:
            parts = [rf"\frac{{\partial f}}{{\partial {name}}}" for name in names]
            lines.append(MathLine("gradient", r"\nabla f", _vector(parts)))
        return tuple(lines)

    def at(self, params: tuple[float, ...]) -> tuple[MathLine, ...]:
        names = [name_latex(name) for name in self._parsed.variables]
        texts = {
            name: number_latex(format_number(value))
            for name, value in zip(self._parsed.variables, params, strict=True)
        }
        texts |= {name: number_latex(format_number(value)) for name, value in self._knobs.items()}
        where = "(" + ", ".join(texts[name] for name in self._parsed.variables) + ")"
        loss = float(self._landscape.loss([params])[0])
        gradient = self._landscape.gradient([params])[0].tolist()
        put_in = _put_in(self._parsed, texts)
        exact = _exact(self._parsed, params, self._knobs)
        lines = [
            MathLine(
                "loss", f"f{where}", _chain(tree_latex(self._parsed.tree, texts), exact[0], loss)
            )
        ]
        for number, (kind, name) in enumerate(zip(_PARTIALS, names, strict=False)):
            left = _derivative(names, name, where)
            right = _chain(put_in[number], exact[number + 1], gradient[number])
            lines.append(MathLine(kind, left, right))
        if len(names) > 1:
            vector = _vector([_value(value) for value in gradient])
            lines.append(MathLine("gradient", rf"\nabla f{where}", vector))
        return tuple(lines)


def _derivative(names: list[str], name: str, where: str = "") -> str:
    if len(names) == 1:
        return f"f'{where or f'({name})'}"
    return rf"\frac{{\partial f}}{{\partial {name}}}{where}"


def _vector(parts: list[str]) -> str:
    return rf"\left({', '.join(parts)}\right)"


def _bounded(latex: str) -> str:
    return latex if len(latex) <= _LONGEST else _TOO_LONG


def _chain(put_in: str, exact: str, value: float) -> str:
    """Return the steps from the numbers put in to the value: ``e^{2·1}cos(0) = e² ≈ 7.389``."""
    number = _value(value)
    if not math.isfinite(value):
        return rf"{put_in} = {number}"
    steps = [put_in] if len(put_in) <= _LONGEST_PART and put_in != number else []
    if exact and exact not in (put_in, number):
        steps.append(exact)
    told = " = ".join(steps)
    sign = "=" if _is_exact(value, number) else r"\approx"
    return f"{told} {sign} {number}" if told else number


def _value(value: float) -> str:
    return number_latex(format_number(value)) if math.isfinite(value) else r"\text{undefined}"


def _is_exact(value: float, latex: str) -> bool:
    try:
        return float(latex) == value
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _partials(parsed: ParsedFormula) -> tuple[str, ...]:
    made = compiled(parsed)
    names = _symbol_names(parsed, made, {})
    return tuple(_printed(_tidy(partial), names, dotted=False) for partial in made.partials)


def _put_in(parsed: ParsedFormula, texts: Mapping[str, str]) -> tuple[str, ...]:
    made = compiled(parsed)
    names = _symbol_names(parsed, made, texts)
    return tuple(_printed(_tidy(partial), names, dotted=True) for partial in made.partials)


def _symbol_names(
    parsed: ParsedFormula, made: CompiledFormula, texts: Mapping[str, str]
) -> dict[sympy.Symbol, str]:
    names = (*parsed.variables, *parsed.knobs)
    symbols = (*made.variables, *made.knobs)
    written = [texts.get(name, name_latex(name)) for name in names]
    fenced = [
        rf"\left({text}\right)" if text[0] == "-" or r"\times" in text else text for text in written
    ]
    return dict(zip(symbols, fenced, strict=True))


def _printed(expression: sympy.Expr, names: Mapping[sympy.Symbol, str], *, dotted: bool) -> str:
    from gdviz.landscapes.sympy_latex import FormulaLatex

    return str(FormulaLatex(names, dotted=dotted).doprint(expression))


@lru_cache(maxsize=256)
def _tidy(expression: sympy.Expr) -> sympy.Expr:
    """Return the shorter of an expression and its factored form, where that is quick."""
    import sympy

    if sympy.count_ops(expression) > 40:
        return expression
    tidied = sympy.factor_terms(expression)
    before, after = sympy.count_ops(expression), sympy.count_ops(tidied)
    two_terms = len(sympy.Add.make_args(expression)) == 2
    return tidied if after < before or (two_terms and after == before) else expression


def _exact(
    parsed: ParsedFormula, params: tuple[float, ...], knobs: Mapping[str, float]
) -> tuple[str, ...]:
    """Return the exact values of f and its partial derivatives, where they are short."""
    none = ("",) * (len(params) + 1)
    numbers = (*params, *(knobs[name] for name in parsed.knobs))
    if not all(_short(number) for number in numbers):
        return none
    return _exact_at(parsed, numbers)


@lru_cache(maxsize=64)
def _exact_at(parsed: ParsedFormula, numbers: tuple[float, ...]) -> tuple[str, ...]:
    from fractions import Fraction

    import sympy

    made = compiled(parsed)
    values = [
        sympy.Rational(found.numerator, found.denominator)
        for found in (Fraction(str(number)) for number in numbers)
    ]
    put = dict(zip((*made.variables, *made.knobs), values, strict=True))
    found = []
    for expression in (made.expression, *made.partials):
        if sympy.count_ops(expression) > 60:
            found.append("")
            continue
        value = expression.subs(put)
        plain = not value.free_symbols and not value.has(sympy.nan, sympy.zoo, sympy.I, sympy.Float)
        latex = _printed(value, {}, dotted=False) if plain and not value.is_Integer else ""
        found.append(latex if len(latex) <= _SHORT_EXACT and "operatorname" not in latex else "")
    return tuple(found)


def _short(number: float) -> bool:
    """Tell whether a number is one that a person would type: up to 3 digits."""
    return number == float(f"{number:.2g}") and (number == 0.0 or 1e-3 <= abs(number) < 1000.0)
