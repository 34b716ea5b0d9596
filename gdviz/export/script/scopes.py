"""Which names of a piece of Python are looked up outside of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

__all__ = ["free_names"]

_Function = ast.FunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def free_names(node: ast.AST) -> Iterator[ast.Name]:
    """Yield the names in a definition that are neither its parameters nor its variables.

    Annotations don't count: they are not needed to compute anything.
    """
    yield from _walk(node, frozenset())


def _walk(node: ast.AST, bound: frozenset[str]) -> Iterator[ast.Name]:
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id not in bound:
            yield node
        return
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        yield from _walk_function(node, bound)
        return
    inner = bound
    if isinstance(node, _COMPREHENSIONS):
        inner = bound | _stored(node)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from _walk(part, inner)


def _walk_function(node: _Function, bound: frozenset[str]) -> Iterator[ast.Name]:
    arguments = node.args
    for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
        yield from _walk(default, bound)
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    inner = bound | {one.arg for one in parameters}
    if isinstance(node, ast.Lambda):
        yield from _walk(node.body, inner)
        return
    for decorator in node.decorator_list:
        yield from _walk(decorator, bound)
    for statement in node.body:
        inner |= _stored(statement)
    for statement in node.body:
        yield from _walk(statement, inner)


def _stored(node: ast.AST) -> frozenset[str]:
    """Return the names that are assigned to, not looking into functions."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return frozenset({node.name})
    if isinstance(node, ast.Name):
        return frozenset({node.id}) if isinstance(node.ctx, ast.Store) else frozenset()
    names: frozenset[str] = frozenset()
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.Lambda):
            names |= _stored(part)
    return names
