"""How SymPy writes a formula down for NumPy."""

from __future__ import annotations

from typing import Any

from sympy.printing.numpy import NumPyPrinter

__all__ = ["FormulaPrinter"]

_BY_PRODUCTS = range(3, 13)


class FormulaPrinter(NumPyPrinter):
    """NumPy's printer, with whole powers as products."""

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": False, "allow_unknown_functions": True})

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: FBT001, FBT002, N802
        base, exponent = expr.as_base_exp()
        if exponent.is_Integer:
            power = int(exponent)
            inner = self._print(base)
            if power == -1:
                return f"(1.0/({inner}))"
            if power == 2:
                return f"(({inner})**2)"
            if power == -2:
                return f"(1.0/({inner})**2)"
            if power in _BY_PRODUCTS:
                return f"power{power}({inner})"
            if -power in _BY_PRODUCTS:
                return f"(1.0/power{-power}({inner}))"
        return str(super()._print_Pow(expr, rational=rational))

    def _print_Rational(self, expr: Any) -> str:  # noqa: N802
        return repr(float(expr))

    def _print_Integer(self, expr: Any) -> str:  # noqa: N802
        value = int(expr)
        return str(value) if abs(value) < 2**53 else repr(float(value))

    def _print_Half(self, expr: Any) -> str:  # noqa: N802
        return "0.5"
