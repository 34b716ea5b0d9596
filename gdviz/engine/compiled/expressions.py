"""A program's operations as expressions on the numbers of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gdviz.engine.tracing import Node, Program

__all__ = ["RowCode", "row_code"]

_FUNCTIONS = {
    **{name: f"math.{name}" for name in ("sqrt", "exp", "log", "sin", "cos", "tan")},
    **{name: f"math.{name}" for name in ("sinh", "cosh", "tanh")},
    **{f"arc{name}": f"math.a{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: f"np.{name}" for name in ("cbrt", "log2", "log10", "floor", "logaddexp")},
    "arctan2": "math.atan2",
    "absolute": "abs",
    "isfinite": "math.isfinite",
}
_OPERATORS = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "power": "**",
    "less": "<",
    "less_equal": "<=",
    "greater": ">",
    "greater_equal": ">=",
    "equal": "==",
    "not_equal": "!=",
    "logical_and": "&",
    "logical_or": "|",
}
# As NumPy has it: what is no number wins.
_FORMS: dict[str, Callable[..., str]] = {
    "negative": lambda a: f"-{a}",
    "positive": lambda a: f"{a}",
    "square": lambda a: f"{a} * {a}",
    "reciprocal": lambda a: f"1.0 / {a}",
    "sign": lambda a: (
        f"(1.0 if {a} > 0.0 else (-1.0 if {a} < 0.0 else (0.0 if {a} == 0.0 else {a})))"
    ),
    "maximum": lambda a, b: f"({a} if (({a} >= {b}) | ({a} != {a})) else {b})",
    "minimum": lambda a, b: f"({a} if (({a} <= {b}) | ({a} != {a})) else {b})",
    "isnan": lambda a: f"{a} != {a}",
    "logical_not": lambda a: f"not {a}",
    "where": lambda c, a, b: f"({a} if {c} else {b})",
}

RowCode = tuple[list[str], list[tuple[str, ...]]]
"""Assignments, and the names of each output: one for each parameter, or one."""


def row_code(program: Program, inputs: Mapping[str, Sequence[str]], letter: str) -> RowCode:
    """Return a program as assignments to names that begin with a letter.

    Parameters
    ----------
    program : Program
    inputs : mapping of str to sequence of str
        Names of what is put in. Of ``"params"``: one for each parameter. Of ``"state"`` and
        ``"hyper"``: one for each array, to which a vector's parameter is appended as ``_0``.
        Of ``"uniform"``: one for each.
    letter : str
    """
    names: list[tuple[str, ...]] = []
    lines: list[str] = []
    for place, node in enumerate(program.nodes):
        if node.op == "params":
            names.append(tuple(inputs["params"]))
        elif node.op in {"state", "hyper", "uniform"}:
            names.append(_parts(inputs[node.op][node.index], node, program.dimension))
        elif node.op == "component":
            names.append((names[node.args[0]][node.index],))
        elif node.op == "stack":
            names.append(tuple(names[arg][0] for arg in node.args))
        else:
            own = _parts(f"{letter}{place}", node, program.dimension)
            for axis, name in enumerate(own):
                args = [names[arg][axis if len(names[arg]) > 1 else 0] for arg in node.args]
                lines.append(f"{name} = {_expression(node.op, args)}")
            names.append(own)
    return lines, [names[place] for place in program.outputs]


def _parts(name: str, node: Node, dimension: int) -> tuple[str, ...]:
    if node.kind != "vector":
        return (name,)
    return tuple(f"{name}_{axis}" for axis in range(dimension))


def _expression(op: str, args: Sequence[str]) -> str:
    if op in _OPERATORS:
        return f"{args[0]} {_OPERATORS[op]} {args[1]}"
    if op in _FORMS:
        return _FORMS[op](*args)
    return f"{_FUNCTIONS[op]}({', '.join(args)})"
