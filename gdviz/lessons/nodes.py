"""A YAML file as nodes that know their lines, asked field by field."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any, NoReturn, ParamSpec, Protocol, TypeVar, cast

from gdviz.errors import UserError, did_you_mean

__all__ = ["Entry", "Fields", "document"]

_DEEPEST = 12
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Mark(Protocol):
    """A place in a text, as PyYAML has it."""

    @property
    def line(self) -> int:
        """The line, counted from 0."""


class _Node(Protocol):
    id: str
    value: Any
    style: str | None
    start_mark: Mark


def document(text: str, file: str) -> Entry:
    """Return the one document of a YAML text.

    Parameters
    ----------
    text : str
    file : str
        What the text's file is called in a refusal.

    Raises
    ------
    UserError
        If it is no YAML, or has what a lesson can do without: anchors, aliases, tags, a
        second document, or lists within lists without end.
    """
    import yaml

    try:
        _check_events(text, file)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = ", ".join(filter(None, (error.context, error.problem)))
        refuse(
            file, mark, f"{words or 'this is no YAML'}; a text with ': ', '#' or '?' needs quotes"
        )
    except yaml.YAMLError as error:
        words = str(error).replace("\n", " ")
        raise UserError(
            f"{file}, line {_line_of(text, error)}: this is no YAML ({words})"
        ) from None
    if node is None:
        raise UserError(f"{file}, line 1: the file is empty; it begins 'format: gdviz-lesson'")
    return Entry(cast("_Node", node), file)


def refuse(file: str, mark: Mark | None, words: str) -> NoReturn:
    """Raise a `UserError` that names the file and the line."""
    line = 1 if mark is None else mark.line + 1
    raise UserError(f"{file}, line {line}: {words}")


def _line_of(text: str, error: Exception) -> int:
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


def _check_events(text: str, file: str) -> None:
    import yaml

    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            refuse(file, mark, "anchors (&) and aliases (*) are not read; write it out")
        if getattr(event, "tag", None):
            refuse(file, mark, "tags (!) are not read; write a plain text or number")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                refuse(file, mark, "a second document begins here; a file holds one lesson")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                refuse(file, mark, f"lists and fields are nested more than {_DEEPEST} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class Entry:
    """One value of the file, which knows where it stands.

    Parameters
    ----------
    node : yaml.Node
    file : str
        What the file is called in a refusal.
    """

    def __init__(self, node: _Node, file: str) -> None:
        self._node = node
        self._file = file

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return int(self._node.start_mark.line) + 1

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return self._node.id == "sequence"

    @property
    def is_mapping(self) -> bool:
        """Whether it has fields."""
        return self._node.id == "mapping"

    def refuse(self, words: str) -> NoReturn:
        """Raise a `UserError` that names the file and the line."""
        refuse(self._file, self._node.start_mark, words)

    def checked(self, make: Callable[_P, _T], *args: _P.args, **named: _P.kwargs) -> _T:
        """Return what `make` returns; its `UserError` is told with the file and the line."""
        try:
            return make(*args, **named)
        except UserError as error:
            self.refuse(str(error))

    def text(self, what: str) -> str:
        """Return it as a text that is not empty."""
        if self._node.id != "scalar" or not str(self._node.value).strip():
            self.refuse(f"{what} must be a text")
        return str(self._node.value).strip()

    def number(self, what: str) -> float:
        """Return it as a finite number."""
        value = self._plain_number()
        if value is None or not math.isfinite(value):
            self.refuse(f"{what} must be a number, such as 0.1 or 1e-3")
        return value

    def whole(self, what: str, low: int, high: int) -> int:
        """Return it as a whole number in a range."""
        value = self._plain_number()
        if value is None or not value.is_integer() or not low <= value <= high:
            self.refuse(f"{what} must be a whole number from {low} to {high:,}")
        return int(value)

    def truth(self, what: str) -> bool:
        """Return it as true or false."""
        if self._node.id != "scalar" or self._node.value not in ("true", "false"):
            self.refuse(f"{what} must be true or false")
        return bool(self._node.value == "true")

    def numbers(self, what: str) -> tuple[float, ...]:
        """Return it as numbers: one, or a list of them."""
        if not self.is_list:
            return (self.number(what),)
        return tuple(entry.number(f"each number of {what}") for entry in self.items(what))

    def items(self, what: str) -> list[Entry]:
        """Return its entries: it must be a list that is not empty."""
        if not self.is_list or not self._node.value:
            self.refuse(f"{what} must be a list with at least one entry")
        return [Entry(node, self._file) for node in self._node.value]

    def one_or_more(self, what: str) -> list[Entry]:
        """Return its entries if it is a list, and itself if it is none."""
        return self.items(what) if self.is_list else [self]

    def pairs(self, what: str) -> list[tuple[Entry, Entry]]:
        """Return its keys and values: it must have fields, none of them twice."""
        if not self.is_mapping or not self._node.value:
            self.refuse(f"{what} must have fields, such as 'title: …'")
        found = []
        seen: dict[str, int] = {}
        for key_node, value_node in self._node.value:
            key = Entry(key_node, self._file)
            name = key.text("a field's name")
            if name in seen:
                key.refuse(f"'{name}' stands here a second time; line {seen[name]} has it already")
            seen[name] = key.line
            found.append((key, Entry(value_node, self._file)))
        return found

    def fields(self, what: str, known: Collection[str]) -> Fields:
        """Return its fields, each of which must be known.

        Parameters
        ----------
        what : str
            Such as ``"a step"``.
        known : collection of str
        """
        found: dict[str, Entry] = {}
        for key, value in self.pairs(what):
            name = key.text("a field's name")
            if name not in known:
                near = did_you_mean(name, known) or f"; its fields are {', '.join(known)}"
                key.refuse(f"'{name}' is no field of {what}{near}")
            found[name] = value
        return Fields(self, what, found)

    def _plain_number(self) -> float | None:
        if self._node.id != "scalar" or self._node.style is not None:
            return None
        try:
            return float(str(self._node.value).replace("\N{MINUS SIGN}", "-"))
        except ValueError:
            return None


class Fields:
    """The fields of one entry by name.

    Parameters
    ----------
    entry : Entry
        That has them.
    what : str
        What it is called in a refusal.
    found : dict of str to Entry
    """

    def __init__(self, entry: Entry, what: str, found: dict[str, Entry]) -> None:
        self.entry = entry
        self._what = what
        self._found = found

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def get(self, name: str) -> Entry | None:
        """Return a field, or None if it isn't there."""
        return self._found.get(name)

    def need(self, name: str) -> Entry:
        """Return a field that must be there."""
        found = self._found.get(name)
        if found is None:
            self.entry.refuse(f"{self._what} needs '{name}'")
        return found

    def text(self, name: str) -> str:
        """Return a field's text; empty if it isn't there."""
        found = self.get(name)
        return "" if found is None else found.text(f"'{name}'")
