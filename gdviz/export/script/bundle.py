"""Collecting exactly those definitions of gdviz that a script needs.

What is collected is gdviz's own code, so that a script computes the same bits. Of a class
only those methods are taken whose names occur in what is collected: so everything that
explains, draws or checks stays behind without being named here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gdviz.errors import UserError
from gdviz.export.script.definition import Definition
from gdviz.export.script.scopes import free_names
from gdviz.export.script.source import Home, Module, is_own, module_of

__all__ = ["Bundle"]

_LEFT_OUT = {"abstractmethod", "overload"}
_NO_BASES = {"ABC", "Protocol", "Generic", "object"}
_CHECKS = "__post_init__"


@dataclass(eq=False)
class _Class:
    """What is taken of a class."""

    node: ast.ClassDef
    bases: list[Home] = field(default_factory=list)
    taken: list[ast.stmt] = field(default_factory=list)


class Bundle:
    """Definitions that need each other.

    Parameters
    ----------
    called : iterable of str
        Names of methods that the script itself calls.
    reserved : iterable of str
        Names that the script defines itself.
    """

    def __init__(self, called: Iterable[str], reserved: Iterable[str]) -> None:
        self.attributes = set(called)
        self.imports: set[Home] = set()
        self._names: dict[Home, str] = {}
        self._used = set(reserved)
        self._classes: dict[Home, _Class] = {}
        self._order: list[Home] = []

    def add(self, home: Home, name: str | None = None) -> str:
        """Take a definition and all that it needs; return what it is called in the script.

        Parameters
        ----------
        home : Home
        name : str, optional
            What it is to be called; its own name if left out.
        """
        if home not in self._names:
            module = module_of(home.module)
            assert home.name is not None
            node = module.defined.get(home.name)
            if node is None:
                return self.add(module.imported[home.name], name)
            self._names[home] = self._free(name or home.name, home.module)
            if isinstance(node, ast.ClassDef):
                self._add_class(home, module, node)
            else:
                self._need(module, node)
            self._order.append(home)
        return self._names[home]

    def complete(self) -> None:
        """Take the methods that turn out to be called by what has been taken."""
        while self._grow():
            pass

    def definitions(self) -> Iterator[tuple[str, str]]:
        """Yield the home and the text of each definition, what is needed before what needs it."""
        self.complete()
        for home in self._order:
            module = module_of(home.module)
            node = module.defined[str(home.name)]
            if home in self._classes:
                if not self._is_empty(home):
                    known = self._classes[home]
                    bases = [self._base_name(base) for base in known.bases]
                    yield (
                        home.module,
                        self._definition(module).of_class(
                            node, [base for base in bases if base], known.taken, self._names[home]
                        ),
                    )
            else:
                yield home.module, self._definition(module).of(node, self._names[home])

    def _definition(self, module: Module) -> Definition:
        names: dict[str, str] = {}
        for name in (*module.defined, *module.imported):
            home = self._resolved(module, name)
            if home in self._names and self._names[home] != name:
                names[name] = self._names[home]
        return Definition(module, names)

    def _resolved(self, module: Module, name: str) -> Home | None:
        """Return where a name is really defined, behind packages that pass it on."""
        home = module.home(name)
        while home is not None and home.name is not None and home.module.startswith("gdviz."):
            there = module_of(home.module)
            if home.name in there.defined:
                break
            home = there.imported.get(home.name)
        return home

    def _free(self, name: str, module: str) -> str:
        if name in self._used:
            words = module.rpartition(".")[2].split("_")
            bare = name.lstrip("_")
            if bare.isupper():
                name = "_".join(["", *words, bare]).upper()
            elif bare[0].isupper():
                name = "_" + "".join(word.title() for word in words) + bare
            else:
                name = "_".join(["", *words, bare])
        self._used.add(name)
        return name

    def _add_class(self, home: Home, module: Module, node: ast.ClassDef) -> None:
        known = self._classes[home] = _Class(node)
        for base in node.bases:
            if isinstance(base, ast.Name) and base.id not in _NO_BASES:
                found = self._resolved(module, base.id)
                assert found is not None
                known.bases.append(found)
                if is_own(found.module):
                    self.add(found)
                else:
                    self.imports.add(found)
        for decorator in node.decorator_list:
            self._need(module, decorator)
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and "ClassVar" not in ast.unparse(
                statement.annotation
            ):
                known.taken.append(statement)
        self._grow_class(home)

    def _grow(self) -> bool:
        return any(self._grow_class(home) for home in list(self._classes))

    def _grow_class(self, home: Home) -> bool:
        """Take those methods of a class that turn out to be called; tell whether any did."""
        known, module = self._classes[home], module_of(home.module)
        grown = False
        for statement in known.node.body:
            if statement in known.taken or not isinstance(statement, ast.FunctionDef):
                continue
            if self._is_wanted(statement):
                known.taken.append(statement)
                self._need(module, statement)
                grown = True
        return grown

    def _is_wanted(self, method: ast.FunctionDef) -> bool:
        decorators = {ast.unparse(decorator) for decorator in method.decorator_list}
        if decorators & _LEFT_OUT or method.name == _CHECKS:
            return False
        return method.name in self.attributes or method.name.startswith("__")

    def _need(self, module: Module, node: ast.AST) -> None:
        """Add what a piece of code needs."""
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute):
                self.attributes.add(part.attr)
            elif isinstance(part, (ast.Import, ast.ImportFrom)):
                needed = ast.unparse(part).split()[1].partition(".")[0]
                raise UserError(f"a script has NumPy alone, and this needs {needed}")
        for name in free_names(node):
            home = self._resolved(module, name.id)
            if home is None:
                continue
            if is_own(home.module):
                self.add(home)
            else:
                self.imports.add(home)

    def _is_empty(self, home: Home) -> bool:
        known = self._classes[home]
        return not known.taken and not any(self._base_name(base) for base in known.bases)

    def _base_name(self, home: Home) -> str:
        if home in self._classes:
            return "" if self._is_empty(home) else self._names[home]
        return str(home.name)
