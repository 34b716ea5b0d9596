"""An optimizer's update rule in LaTeX, and one step of it with its numbers put in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gdviz.engine.put_in import Value, is_exact, put_in, value_latex
from gdviz.engine.replay import StepDetail
from gdviz.landscapes.notation import LineKind, MathLine
from gdviz.optimizers import Optimizer
from gdviz.optimizers.symbols import names_in, substituted, symbols_of

__all__ = ["step_notation", "update_rule"]

_EQUALS = " = "
_BETWEEN = r", \quad "
_SQUARES = re.compile(r"\^2|\\sqrt|\|")
_RESULTS = ("x'", "update")
_SLOPES = ("g", "h")


def update_rule(optimizer: Optimizer) -> tuple[MathLine, ...]:
    """Return an optimizer's equations with their names as letters."""
    symbols = symbols_of(optimizer.symbols)
    templates = _templates(optimizer)
    return tuple(
        MathLine(kind, *_sides(substituted(template, lambda name: _symbol(name, symbols))))
        for kind, template in zip(_kinds(templates, symbols), templates, strict=True)
    )


def step_notation(detail: StepDetail) -> tuple[tuple[MathLine, ...], ...]:
    """Return the equations of one step in groups.

    Parameters
    ----------
    detail : StepDetail

    Returns
    -------
    tuple of tuple of MathLine
        First the gradient, and the one that was seen where there is noise; then each
        equation of the optimizer, and beneath it the same one with numbers.
    """
    optimizer = detail.optimizer
    symbols = symbols_of(optimizer.symbols)
    own: dict[str, Value] = {
        declared.name: float(getattr(optimizer, declared.name))
        for declared in optimizer.hyperparameters()
    }
    values = {**own, **detail.values}
    rule = update_rule(optimizer)
    numbers = (
        MathLine(line.kind, *_with_numbers(template, symbols, values))
        for line, template in zip(rule, _templates(optimizer), strict=True)
    )
    return (_gradient_lines(detail), *zip(rule, numbers, strict=True))


def _templates(optimizer: Optimizer) -> tuple[str, ...]:
    """Return an optimizer's equations, each by itself."""
    return tuple(part for line in optimizer.equations for part in line.split(_BETWEEN))


def _gradient_lines(detail: StepDetail) -> tuple[MathLine, ...]:
    true = f"{_sign(detail.gradient)} {value_latex(detail.gradient)}"
    if not detail.noisy:
        return (MathLine("gradient", "g_k", rf"\nabla f(x_k) {true}"),)
    seen = f"{_sign(detail.seen)} {value_latex(detail.seen)}"
    return (
        MathLine("gradient", rf"\nabla f(x_k) {true}", ""),
        MathLine("gradient", rf"g_k {seen} \ne \nabla f(x_k)", ""),
    )


def _with_numbers(
    equation: str, symbols: Mapping[str, str], values: Mapping[str, Value]
) -> tuple[str, str]:
    """Return both sides of an equation with numbers, and its result behind them."""
    left, right = _sides(equation)
    name = _single_name(left)
    if name is None or not right:
        return _sides(put_in(equation, values))
    numbers, result = put_in(right, values), value_latex(values[name])
    symbol = _symbol(name, symbols)
    if numbers == result:
        return symbol, result
    return symbol, f"{numbers} {_sign(values[name])} {result}"


def _single_name(template: str) -> str | None:
    names = names_in(template)
    return names[0] if len(names) == 1 and template.strip() == f"<{names[0]}>" else None


def _sign(value: Value) -> str:
    return "=" if is_exact(value) else r"\approx"


def _sides(equation: str) -> tuple[str, str]:
    """Return what stands before the first equals sign and behind it, if there is one."""
    left, _equals, right = equation.partition(_EQUALS)
    return left, right


def _symbol(name: str, symbols: Mapping[str, str]) -> str:
    if name in symbols:
        return symbols[name]
    plain = name.replace("_", r"\_").replace("'", "")
    return rf"\mathrm{{{plain}}}" + ("'" if name.endswith("'") else "")


def _kinds(templates: tuple[str, ...], symbols: Mapping[str, str]) -> tuple[LineKind, ...]:
    """Return what each equation tells of, as far as its form shows it.

    A running sum of gradients is momentum, one of their squares a scaling; an equation
    that is neither is of the kind of the first such quantity that it uses.
    """
    known: dict[str, LineKind] = {}
    for template in templates:
        left, right = _sides(template)
        name = _single_name(left) or ""
        kind = _own_kind(name, right, symbols)
        if kind is not None and name not in _RESULTS:
            known[_unprimed(name)] = kind
    found: list[LineKind] = []
    for template in templates:
        left, right = _sides(template)
        name = _single_name(left) or ""
        told = _own_kind(name, right, symbols) or _inherited(right, known)
        if name not in _RESULTS:
            known.setdefault(_unprimed(name), told)
        found.append(told)
    return tuple(found)


def _own_kind(name: str, right: str, symbols: Mapping[str, str]) -> LineKind | None:
    if name in _RESULTS:
        return "update"
    if name == "h":
        return "gradient"
    if symbols.get(name, "").startswith(("H", "B")) or r"\operatorname{diag}" in right:
        return "curvature"
    if r"\begin" in right:
        return "plain"
    if _SQUARES.search(right):
        return "scaling"
    used = names_in(right)
    grows = name.endswith("'") and _unprimed(name) in used
    return "momentum" if grows and any(slope in used for slope in _SLOPES) else None


def _inherited(right: str, known: Mapping[str, LineKind]) -> LineKind:
    kinds = [known.get(_unprimed(name), "plain") for name in names_in(right)]
    return next((kind for kind in kinds if kind != "plain"), "plain")


def _unprimed(name: str) -> str:
    return name.removesuffix("'")
