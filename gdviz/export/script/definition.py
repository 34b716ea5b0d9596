"""Definitions as a script has them: without types, with short docstrings."""

from __future__ import annotations

import ast
import re
from dataclasses import fields, is_dataclass
from typing import cast

from gdviz.export.script.scopes import free_names
from gdviz.export.script.source import Module

__all__ = ["Definition"]

_SECTION = re.compile(
    r"\n\s*\n?\s*(?:Parameters|Returns|Attributes|Raises|Yields|Examples)\n\s*-{3}"
)
_NOTE = re.compile(r"[ \t]*# (?:noqa|type: ignore)[^\n]*")
_PLAIN = {"float", "int", "bool", "str"}
_Edit = tuple[int, int, int, int, bytes]


class Definition:
    """Writes definitions of one module.

    Parameters
    ----------
    module : Module
    names : dict of str to str
        What is called otherwise in the script.
    """

    def __init__(self, module: Module, names: dict[str, str]) -> None:
        self._module = module
        self._names = names

    def of(self, node: ast.stmt, name: str) -> str:
        """Return the text of a function or a constant."""
        if isinstance(node, ast.FunctionDef):
            return self._function(node, name, "")
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return f"{name} = {ast.unparse(node.value)}"
        return self._text(node, node.lineno)

    def of_class(self, node: ast.stmt, bases: list[str], taken: list[ast.stmt], name: str) -> str:
        """Return the text of a class with some of its fields and methods."""
        assert isinstance(node, ast.ClassDef)
        lines = [f"@{ast.unparse(decorator)}" for decorator in node.decorator_list]
        lines.append(f"class {name}({', '.join(bases)}):" if bases else f"class {name}:")
        pieces = [self._docstring(node, "    ")]
        declared = [part for part in taken if isinstance(part, ast.AnnAssign)]
        pieces.append("\n".join(f"    {self._field(node, part)}" for part in declared))
        methods = sorted(
            (part for part in taken if isinstance(part, ast.FunctionDef)),
            key=lambda part: part.lineno,
        )
        pieces += [self._function(method, method.name, "    ") for method in methods]
        body = "\n\n".join(piece for piece in pieces if piece)
        return "\n".join(lines) + "\n" + (body or "    pass")

    def _field(self, node: ast.ClassDef, declared: ast.AnnAssign) -> str:
        assert isinstance(declared.target, ast.Name)
        kind = ast.unparse(declared.annotation)
        if "Array" in kind:
            kind = "np.ndarray"
        elif kind not in _PLAIN:
            kind = "object"
        text = f"{declared.target.id}: {kind}"
        if declared.value is None:
            return text
        value = ast.unparse(declared.value)
        live = getattr(self._module.live, node.name)
        if isinstance(declared.value, ast.Call) and is_dataclass(live):
            (known,) = (one for one in fields(live) if one.name == declared.target.id)
            value = repr(known.default)
        return f"{text} = {value}"

    def _function(self, node: ast.FunctionDef, name: str, indent: str) -> str:
        lines = [f"{indent}@{ast.unparse(decorator)}" for decorator in node.decorator_list]
        lines += [f"{indent}def {name}({_parameters(node)}):"]
        documented = ast.get_docstring(node) is not None
        if documented:
            lines.append(self._docstring(node, indent + "    "))
        first = node.body[1 if documented and len(node.body) > 1 else 0]
        before = node.body[0].end_lineno if documented else first.lineno - 1
        assert before is not None
        lines.append(self._text(node, before + 1).rstrip())
        return "\n".join(lines)

    def _docstring(self, node: ast.FunctionDef | ast.ClassDef, indent: str) -> str:
        told = ast.get_docstring(node, clean=True)
        if told is None:
            return ""
        short = _SECTION.split("\n" + told)[0].strip()
        short = short.replace("\\", "\\\\").replace('"""', r"\"\"\"")
        lines = [indent + line if line else "" for line in short.splitlines()]
        end = '"""' if len(lines) == 1 else f'\n{indent}"""'
        return f'{indent}"""' + "\n".join(lines).lstrip() + end

    def _text(self, node: ast.stmt, first: int) -> str:
        """Return the source from a line of a definition on, without types, with its names."""
        assert node.end_lineno is not None
        lines = list(self._module.lines[first - 1 : node.end_lineno])
        for line, start, last, end, new in sorted(self._edits(node, first), reverse=True):
            head, tail = lines[line - first][:start], lines[last - first][end:]
            lines[line - first : last - first + 1] = [head + new + tail]
        return _NOTE.sub("", b"".join(lines).decode()).rstrip()

    def _edits(self, node: ast.stmt, first: int) -> list[_Edit]:
        edits: list[_Edit] = [
            _edit(name, self._names[name.id]) for name in free_names(node) if name.id in self._names
        ]
        for part in ast.walk(node):
            if isinstance(part, ast.AnnAssign) and part.lineno >= first and part is not node:
                annotation = part.annotation
                line, start = cast("int", part.target.end_lineno), part.target.end_col_offset
                end, column = cast("int", annotation.end_lineno), annotation.end_col_offset
                edits.append((line, cast("int", start), end, cast("int", column), b""))
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                is_constant = isinstance(node, ast.Assign) and part.id in self._names
                if is_constant:
                    edits.append(_edit(part, self._names[part.id]))
        return [edit for edit in edits if edit[0] >= first]


def _edit(name: ast.Name, new: str) -> _Edit:
    line, end = name.lineno, cast("int", name.end_col_offset)
    return (line, name.col_offset, line, end, new.encode())


def _parameters(node: ast.FunctionDef) -> str:
    bare = ast.parse(ast.unparse(node)).body[0]
    assert isinstance(bare, ast.FunctionDef)
    for part in ast.walk(bare.args):
        if isinstance(part, ast.arg):
            part.annotation = None
    return ast.unparse(bare.args)
