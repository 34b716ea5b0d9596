"""Functions with kinks and jumps, and stable ones, as SymPy functions with derivatives.

SymPy's own Abs, sign and Max have derivatives that hold at a kink, or distributions; these
are undefined there. Their numeric counterparts are in `gdviz.formulas.numeric`.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy.core.function import ArgumentIndexError

__all__ = [
    "absolute",
    "cbrt",
    "floor",
    "larger",
    "log2",
    "log10",
    "sigmoid",
    "sign",
    "softplus",
]


class _Of1(sympy.Function):
    """A function of one argument."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 1:
            raise ArgumentIndexError(self, argindex)
        return self.slope(self.args[0])

    def slope(self, at: Any) -> Any:
        raise NotImplementedError


class absolute(_Of1):  # noqa: N801 -- SymPy's functions are lower case
    """|x|."""

    def slope(self, at: Any) -> Any:
        return direction(at)


class direction(_Of1):  # noqa: N801
    """1 above 0, −1 below, undefined at 0."""

    def slope(self, at: Any) -> Any:
        return nil(at)


class nil(_Of1):  # noqa: N801
    """0, and undefined at 0."""

    def slope(self, at: Any) -> Any:
        return nil(at)


class sign(_Of1):  # noqa: N801
    """1 above 0, −1 below, 0 at 0; no slope there."""

    def slope(self, at: Any) -> Any:
        return nil(at)


class floor(_Of1):  # noqa: N801
    """The largest whole number that is not larger; no slope at whole numbers."""

    def slope(self, at: Any) -> Any:
        return tread(at)


class tread(_Of1):  # noqa: N801
    """0, and undefined at whole numbers."""

    def slope(self, at: Any) -> Any:
        return tread(at)


class above(_Of1):  # noqa: N801
    """1 above 0, 0 below, undefined at 0."""

    def slope(self, at: Any) -> Any:
        return nil(at)


class larger(sympy.Function):  # noqa: N801
    """The larger of two."""

    nargs = 2

    @classmethod
    def eval(cls, one: Any, other: Any) -> Any:
        """Return what is known at once: the larger of two equal ones."""
        return one if one == other else None

    def fdiff(self, argindex: int = 1) -> Any:
        one, other = self.args
        return above(one - other) if argindex == 1 else above(other - one)


class sigmoid(_Of1):  # noqa: N801
    """1/(1 + e^(−x))."""

    def slope(self, at: Any) -> Any:
        return sigmoid(at) * sigmoid(-at)


class softplus(_Of1):  # noqa: N801
    """ln(1 + e^x)."""

    def slope(self, at: Any) -> Any:
        return sigmoid(at)


class cbrt(_Of1):  # noqa: N801
    """The real cube root."""

    def slope(self, at: Any) -> Any:
        return 1 / (3 * cbrt(at) ** 2)


class log2(_Of1):  # noqa: N801
    """The logarithm with base 2."""

    def slope(self, at: Any) -> Any:
        return 1 / (at * sympy.log(2))


class log10(_Of1):  # noqa: N801
    """The logarithm with base 10."""

    def slope(self, at: Any) -> Any:
        return 1 / (at * sympy.log(10))
