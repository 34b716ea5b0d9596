"""SymPy expressions of a compiled formula as LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy.printing.latex import LatexPrinter

__all__ = ["FormulaLatex"]

_FUNCTIONS = {
    "direction": r"\operatorname{sign}",
    "sign": r"\operatorname{sign}",
    "sigmoid": r"\sigma",
    "softplus": r"\operatorname{softplus}",
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    "above": r"\mathbf{1}_{>0}",
    "larger": r"\max",
}


class FormulaLatex(LatexPrinter):
    """SymPy's printer with the names that were typed.

    Parameters
    ----------
    names : mapping of sympy.Symbol to str
        LaTeX of each symbol: its name, or the number that is put in.
    dotted : bool
        Whether factors have a dot between them, as numbers need it.
    """

    def __init__(self, names: Mapping[Any, str], *, dotted: bool) -> None:
        super().__init__(
            {
                "mul_symbol": "dot" if dotted else None,
                "symbol_names": dict(names),
                "ln_notation": True,
            }
        )

    def _as_ordered_terms(self, expr: Any, order: str | None = None) -> list[Any]:
        """Put terms with a minus sign behind the others."""
        terms = list(super()._as_ordered_terms(expr, order=order))
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))

    def _print_absolute(self, expr: Any, exp: str | None = None) -> str:
        inner = rf"\left|{self._print(expr.args[0])}\right|"
        return inner if exp is None else rf"{{{inner}}}^{{{exp}}}"

    def _print_floor(self, expr: Any, exp: str | None = None) -> str:
        inner = rf"\lfloor {self._print(expr.args[0])}\rfloor "
        return inner if exp is None else rf"{{{inner}}}^{{{exp}}}"

    def _print_cbrt(self, expr: Any, exp: str | None = None) -> str:
        inner = rf"\sqrt[3]{{{self._print(expr.args[0])}}}"
        return inner if exp is None else rf"{{{inner}}}^{{{exp}}}"

    def _print_tread(self, expr: Any, exp: str | None = None) -> str:
        return "0"

    _print_nil = _print_tread

    def _print_Function(self, expr: Any, exp: str | None = None) -> str:  # noqa: N802
        name = type(expr).__name__
        if name in _FUNCTIONS:
            inner = ", ".join(self._print(argument) for argument in expr.args)
            power = "" if exp is None else f"^{{{exp}}}"
            return rf"{_FUNCTIONS[name]}{power}\left({inner}\right)"
        return str(super()._print_Function(expr, exp))
