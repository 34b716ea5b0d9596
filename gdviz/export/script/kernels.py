"""Kernels of gdviz's landscapes as plain functions of the parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from gdviz.export.script.literals import safe_words
from gdviz.export.script.source import module_of
from gdviz.landscapes import Landscape

__all__ = ["kernels_text"]

_KERNELS = {"loss": "loss_at", "gradient": "gradient_at", "hessian": "hessian_at"}


def kernels_text(landscape: Landscape, constants: Mapping[str, str], *, hessian: bool) -> str:
    """Return the functions ``loss``, ``gradient`` and, if wanted, ``hessian``.

    Parameters
    ----------
    landscape : Landscape
        Whose kernels are elementwise expressions.
    constants : mapping of str to str
        What the script calls the attributes that kernels look at.
    hessian : bool
    """
    made = []
    for name, method in _KERNELS.items():
        if name != "hessian" or hessian:
            made.append(_function(landscape, name, method, constants))
    return "\n\n\n".join(made)


def _function(landscape: Landscape, name: str, method: str, constants: Mapping[str, str]) -> str:
    kind = type(landscape)
    node = module_of(kind.__module__).defined[kind.__name__]
    assert isinstance(node, ast.ClassDef)
    (found,) = (
        part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == method
    )
    body = ast.parse(ast.unparse(found)).body[0]
    assert isinstance(body, ast.FunctionDef)
    statements = body.body
    parameters = list(landscape.parameters)
    first = statements[0]
    if isinstance(first, ast.Assign) and ast.unparse(first.value) == "columns":
        statements = statements[1:]
        target = first.targets[0]
        assert isinstance(target, ast.Tuple)
        parameters = [ast.unparse(part) for part in target.elts]
    lines = [f"def {name}({', '.join(parameters)}):"]
    if name == "loss":
        lines.append(f'    """{safe_words(landscape.expression)}"""')
    constant = _Constants(constants)
    lines += [f"    {_line(constant.visit(statement))}" for statement in statements]
    return "\n".join(lines)


def _line(statement: ast.stmt) -> str:
    """Return a statement, several results without parentheses."""
    value = statement.value if isinstance(statement, ast.Return) else None
    if isinstance(value, ast.Tuple) and len(value.elts) > 1:
        return f"return {', '.join(map(ast.unparse, value.elts))}"
    return ast.unparse(statement)


class _Constants(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            return ast.Name(self._names[node.attr], ast.Load())
        self.generic_visit(node)
        return node
