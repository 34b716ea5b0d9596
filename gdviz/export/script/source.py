"""The source of gdviz's own modules, and what each of their names stands for."""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from gdviz.errors import UserError

__all__ = ["Home", "Module", "module_of"]

_COMPUTING = ("numpy", *sys.stdlib_module_names)


@dataclass(frozen=True)
class Home:
    """Where something is defined: a module, and its name there; None for the module itself."""

    module: str
    name: str | None


@dataclass(frozen=True, eq=False)
class Module:
    """A module that has been read.

    Attributes
    ----------
    name : str
    lines : list of bytes
        UTF-8, as positions in trees count it.
    defined : dict of str to ast.stmt
        What stands at its top level.
    imported : dict of str to Home
    live : module
    """

    name: str
    lines: list[bytes]
    defined: dict[str, ast.stmt]
    imported: dict[str, Home]
    live: Any

    def home(self, name: str) -> Home | None:
        """Return where a name comes from; None for one of Python's own."""
        if name in self.defined:
            return Home(self.name, name)
        return self.imported.get(name)


@cache
def module_of(name: str) -> Module:
    """Read a module of gdviz."""
    live = import_module(name)
    source = inspect.getsource(live)
    tree = ast.parse(source)
    defined: dict[str, ast.stmt] = {}
    imported: dict[str, Home] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                defined |= {
                    part.id: node for part in ast.walk(target) if isinstance(part, ast.Name)
                }
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            defined[node.target.id] = node
        elif isinstance(node, ast.Import):
            for alias in node.names:
                imported[alias.asname or alias.name] = Home(alias.name, None)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                imported[alias.asname or alias.name] = Home(node.module, alias.name)
    return Module(name, source.encode().splitlines(keepends=True), defined, imported, live)


def is_own(module: str) -> bool:
    """Tell gdviz's modules from others; raises if a script can't do without one of those.

    Raises
    ------
    UserError
        If it is neither NumPy's nor Python's own.
    """
    root = module.partition(".")[0]
    if root == "gdviz":
        return True
    if root not in _COMPUTING:
        raise UserError(f"a script has NumPy alone, and this needs {root}")
    return False
