"""Formulas as NumPy functions, with exact derivatives."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gdviz.formulas.errors import FormulaError
from gdviz.formulas.parsed import ParsedFormula, parse
from gdviz.formulas.symbolic import expression_of

if TYPE_CHECKING:
    import sympy

__all__ = ["CompiledFormula", "compiled", "warm_up"]

_MOST_OPERATIONS = 4000

Kernel = Callable[..., Sequence[Any]]


@dataclass(frozen=True, eq=False)
class CompiledFormula:
    """A formula and its derivatives, symbolic and as NumPy functions.

    The functions take one array per variable, then one number per knob, and return a
    sequence of arrays or numbers: the loss; the partial derivatives; the upper triangle
    of the Hessian row by row.

    Attributes
    ----------
    loss, gradient, hessian : callable
    expression : sympy.Expr
    partials : tuple of sympy.Expr
    variables, knobs : tuple of sympy.Symbol
    """

    loss: Kernel
    gradient: Kernel
    hessian: Kernel
    expression: sympy.Expr
    partials: tuple[sympy.Expr, ...]
    variables: tuple[sympy.Symbol, ...]
    knobs: tuple[sympy.Symbol, ...]


@lru_cache(maxsize=128)
def compiled(formula: ParsedFormula) -> CompiledFormula:
    """Differentiate and compile a formula.

    The derivatives are SymPy's; equal parts of one result are computed once. What is
    compiled has names of its own, and none of the text.

    Raises
    ------
    FormulaError
        If the derivatives are too long.
    """
    import sympy

    variables = tuple(sympy.Symbol(f"v{number}") for number in range(len(formula.variables)))
    knobs = tuple(sympy.Symbol(f"k{number}") for number in range(len(formula.knobs)))
    symbols = dict(zip((*formula.variables, *formula.knobs), (*variables, *knobs), strict=True))
    expression = expression_of(formula.tree, symbols)
    _check_real(formula, expression)
    partials = tuple(_bounded(formula, sympy.diff(expression, by)) for by in variables)
    pairs = itertools.combinations_with_replacement(range(len(variables)), 2)
    second = [_bounded(formula, sympy.diff(partials[i], variables[j])) for i, j in pairs]
    arguments = (*variables, *knobs)
    return CompiledFormula(
        loss=_function(arguments, [expression]),
        gradient=_function(arguments, _shorter(partials, variables)),
        hessian=_function(arguments, second),
        expression=expression,
        partials=partials,
        variables=variables,
        knobs=knobs,
    )


def warm_up(_told: object = None) -> None:
    """Load SymPy, so that the first formula does not wait for it."""
    compiled(parse("x^2 + y^2"))


def _check_real(formula: ParsedFormula, expression: sympy.Expr) -> None:
    import sympy

    wrong = (sympy.I, sympy.zoo, sympy.nan, sympy.oo, -sympy.oo)
    if expression.has(*wrong):
        raise FormulaError("this has no real value", *formula.tree.span)


def _bounded(formula: ParsedFormula, derivative: sympy.Expr) -> sympy.Expr:
    """Return a derivative, or refuse one that is too long to compute."""
    import sympy

    if sum(1 for _ in itertools.islice(sympy.preorder_traversal(derivative), _MOST_OPERATIONS)) >= (
        _MOST_OPERATIONS
    ):
        raise FormulaError(
            "the derivatives of this formula are too long; write it with fewer factors "
            "or less nesting",
            *formula.tree.span,
        )
    return derivative


def _shorter(
    partials: Sequence[sympy.Expr], variables: Sequence[sympy.Symbol]
) -> Sequence[sympy.Expr]:
    """Return polynomials with common factors put in front, where that saves operations."""
    import sympy

    if not all(partial.is_polynomial(*variables) for partial in partials):
        return partials
    factored = [sympy.factor_terms(partial) for partial in partials]
    return min((partials, factored), key=_operations)


def _operations(expressions: Sequence[sympy.Expr]) -> int:
    """Return how many operations are done where equal parts are computed once."""
    import sympy

    shared, rest = sympy.cse(expressions)
    return sum(sympy.count_ops(part) for part in (*(value for _, value in shared), *rest))


def _function(arguments: Sequence[sympy.Symbol], expressions: Sequence[sympy.Expr]) -> Kernel:
    import sympy

    from gdviz.formulas.numeric import namespace
    from gdviz.formulas.printing import FormulaPrinter

    made: Kernel = sympy.lambdify(
        arguments,
        list(expressions),
        modules=[namespace()],
        printer=FormulaPrinter(),
        cse=True,
    )
    return made
