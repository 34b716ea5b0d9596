"""A formula's loss, gradient and Hessian, as SymPy has written them for NumPy."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from gdviz.errors import UserError
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.literals import identifier, safe_words
from gdviz.export.script.source import Home
from gdviz.formulas import CompiledFormula, compiled
from gdviz.formulas.numeric import namespace
from gdviz.landscapes.formula import FormulaLandscape

__all__ = ["formula_text"]

_SCIPY = {"erf"}
_CONSTANTS = {"pi": "np.pi", "e": "np.e", "E": "np.e"}


def formula_text(landscape: FormulaLandscape, bundle: Bundle, *, hessian: bool) -> str:
    """Return the functions ``loss``, ``gradient`` and, if wanted, ``hessian``.

    The code is what gdviz computes with, its names put in: so it rounds alike.

    Raises
    ------
    UserError
        If the formula has a function that NumPy hasn't.
    """
    made = _with_source(landscape)
    kernels = [("loss", made.loss), ("gradient", made.gradient)]
    if hessian:
        kernels.append(("hessian", made.hessian))
    writer = _Writer(landscape, bundle)
    functions = [writer.function(name, kernel) for name, kernel in kernels]
    return "\n\n\n".join([*writer.powers(), *functions])


def _with_source(landscape: FormulaLandscape) -> CompiledFormula:
    """Return the compiled formula; its code is written again where Python has forgotten it."""
    try:
        inspect.getsource(landscape.compiled.loss)
    except OSError:
        return compiled.__wrapped__(landscape.parsed)
    return landscape.compiled


class _Writer:
    def __init__(self, landscape: FormulaLandscape, bundle: Bundle) -> None:
        self._landscape = landscape
        self._bundle = bundle
        self._known = namespace()
        self._powers: set[int] = set()
        self._variables = [identifier(name) for name in landscape.parameters]
        knobs = [identifier(knob.name) for knob in landscape.knobs]
        self._names = {f"v{place}": name for place, name in enumerate(self._variables)}
        self._names |= {f"k{place}": name for place, name in enumerate(knobs)}
        values = zip(knobs, landscape.values, strict=True)
        given = [f"{name}={value!r}" for name, value in values]
        self._signature = ", ".join([*self._variables, *given])

    def function(self, name: str, kernel: Callable[..., Any]) -> str:
        """Return one function."""
        (made,) = ast.parse(inspect.getsource(kernel)).body
        assert isinstance(made, ast.FunctionDef)
        renamed = _Renamed(self._expression)
        lines = [f"def {name}({self._signature}):"]
        if name == "loss":
            lines.append(f'    """{safe_words(self._landscape.text)}"""')
        hidden = name != "loss" and self._landscape.parsed.has_hidden_edges
        if hidden:
            lines.append(f"    there = ~np.isnan(loss({', '.join(self._variables)}))")
        *before, last = (renamed.visit(statement) for statement in made.body)
        lines += [f"    {ast.unparse(statement)}" for statement in before]
        assert isinstance(last, ast.Return)
        assert isinstance(last.value, ast.List)
        results = [ast.unparse(result) for result in last.value.elts]
        if hidden:
            results = [f"np.where(there, {result}, np.nan)" for result in results]
        if name == "loss":
            lines.append(f"    return {results[0]}")
        elif sum(map(len, results)) < 80:
            comma = "," if len(results) == 1 else ""
            lines.append(f"    return {', '.join(results)}{comma}")
        else:
            lines += ["    return (", *[f"        {result}," for result in results], "    )"]
        return "\n".join(lines)

    def powers(self) -> list[str]:
        """Return the functions for whole powers, by products as gdviz has them."""
        return [_power(exponent) for exponent in sorted(self._powers)]

    def _expression(self, name: str) -> str:
        """Return what a name of the compiled code is in the script."""
        if name in self._names:
            return self._names[name]
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in _SCIPY:
            raise UserError(
                f"a script has NumPy alone, which has no '{name}'; "
                "export this formula's runs as .csv or .npz instead"
            )
        if name.startswith("power") and name in self._known:
            self._powers.add(int(name.removeprefix("power")))
            return name
        known = self._known.get(name)
        if isinstance(known, np.ufunc):
            return f"np.{known.__name__}"
        if known is not None:
            return self._bundle.add(Home(known.__module__, known.__name__))
        if name.startswith("x") and name[1:].isdigit():
            return f"part{name[1:]}"
        raise UserError(f"a script has NumPy alone, which has no '{name}'")


class _Renamed(ast.NodeTransformer):
    def __init__(self, expression: Callable[[str], str]) -> None:
        self._expression = expression

    def visit_Name(self, node: ast.Name) -> ast.expr:
        made = ast.parse(self._expression(node.id), mode="eval").body
        if isinstance(made, ast.Name):
            made.ctx = node.ctx
        return made


def _power(exponent: int) -> str:
    lines = [f"def power{exponent}(x):"]
    factors, name, bit = [], "x", 1
    while True:
        if exponent & bit:
            factors.append(name)
        if 2 * bit > exponent:
            break
        lines.append(f"    x{2 * bit} = {name} * {name}")
        name, bit = f"x{2 * bit}", 2 * bit
    return "\n".join([*lines, f"    return {' * '.join(factors)}"])
