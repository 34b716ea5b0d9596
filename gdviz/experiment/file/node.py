"""An experiment's file, asked node by node."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import NoReturn, ParamSpec, TypeVar

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.file.json_text import Raw, place_in

__all__ = ["LONGEST_TEXT", "Fields", "Node"]

LONGEST_TEXT = 100_000
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDED = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Node:
    """One value of the file, which knows its path and its place.

    Parameters
    ----------
    raw : Raw
    path : str
        Such as ``"runs[2].start"``; empty for the whole.
    text, file : str
        What it stands in, and what the file is called in a refusal.
    """

    def __init__(self, raw: Raw, path: str, text: str, file: str) -> None:
        self._raw, self._text = raw, text
        self.path, self.file = path, file

    def refuse(self, words: str) -> NoReturn:
        """Raise a `UserError` that names the file, the place and the path."""
        path = f" ({self.path})" if self.path else ""
        raise UserError(f"{self.file}, {place_in(self._text, self._raw.at)}{path}: {words}")

    def checked(self, make: Callable[_P, _T], *args: _P.args, **named: _P.kwargs) -> _T:
        """Return what `make` returns; a refusal of its own is told with the place."""
        try:
            return make(*args, **named)
        except (UserError, ValueError) as error:
            self.refuse(str(error))

    @property
    def is_null(self) -> bool:
        """Whether it is ``null``."""
        return self._raw.value is None

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self._raw.value, list)

    def whole(self, least: int | None = None, most: int | None = None) -> int:
        """Return it as a whole number within limits."""
        value = self._raw.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(f"a whole number belongs here, not {self._said}")
        if (least is not None and value < least) or (most is not None and value > most):
            if most is None:
                self.refuse(
                    f"a whole number of at least {least:,} belongs here, got {_told(value)}"
                )
            self.refuse(
                f"a whole number from {least:,} to {most:,} belongs here, got {_told(value)}"
            )
        return value

    def number(self, *, finite: bool = True) -> float:
        """Return it as a float; what JSON has no number for is ``"inf"``, ``"-inf"``, ``"nan"``."""
        value = self._raw.value
        if isinstance(value, str) and value in _WORDED:
            number = _WORDED[value]
        elif isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"a number belongs here, not {self._said}")
        else:
            number = _as_float(value)
        if finite and not math.isfinite(number):
            self.refuse("a finite number belongs here")
        return number

    def flag(self) -> bool:
        """Return it as true or false."""
        value = self._raw.value
        if not isinstance(value, bool):
            self.refuse(f"true or false belongs here, not {self._said}")
        return value

    def text(self, longest: int | None = LONGEST_TEXT) -> str:
        """Return it as a text of at most so many characters; as long as it is for None."""
        value = self._raw.value
        if not isinstance(value, str):
            self.refuse(f"a text in quotes belongs here, not {self._said}")
        if longest is not None and len(value) > longest:
            self.refuse(f"a text of at most {longest:,} characters belongs here")
        return value

    def plain(self) -> str | int | float | bool | None:
        """Return a value that is neither a list nor an object."""
        value = self._raw.value
        if isinstance(value, list | dict):
            self.refuse(f"a single value belongs here, not {self._said}")
        return _WORDED.get(value, value) if isinstance(value, str) else value

    def word(self, what: str, known: Collection[str]) -> str:
        """Return it as one of some words."""
        found = self.text()
        if found not in known:
            self.refuse(
                f"there is no {what} '{found}'{did_you_mean(found, known)} "
                f"(known: {', '.join(known)})"
            )
        return found

    def items(self, most: int, what: str = "entries") -> list[Node]:
        """Return the entries of a list."""
        value = self._raw.value
        if not isinstance(value, list):
            self.refuse(f"a list belongs here, not {self._said}")
        if len(value) > most:
            self.refuse(f"there are {len(value):,} {what}; at most {most:,} can be read")
        return [
            Node(raw, f"{self.path}[{place}]", self._text, self.file)
            for place, raw in enumerate(value)
        ]

    def fields(self, known: Collection[str]) -> Fields:
        """Return the fields of an object that has some keys only."""
        found = self.mapping()
        for key, node in found.items():
            if key not in known:
                node.refuse(
                    f"there is no key '{key}' here{did_you_mean(key, known)} "
                    f"(known: {', '.join(known)})"
                )
        return Fields(self, found)

    def mapping(self) -> dict[str, Node]:
        """Return what an object holds, by key."""
        value = self._raw.value
        if not isinstance(value, dict):
            self.refuse(f"an object in braces belongs here, not {self._said}")
        return {
            key: Node(raw, self._path_of(key), self._text, self.file) for key, raw in value.items()
        }

    def holding(self, value: dict[str, Raw]) -> Node:
        """Return an object with other fields in this one's place."""
        return Node(Raw(value, self._raw.at), self.path, self._text, self.file)

    @property
    def raw(self) -> Raw:
        """What it is made of."""
        return self._raw

    def _path_of(self, key: str) -> str:
        if not _PLAIN_KEY.fullmatch(key):
            key = f"'{key[:40]}'"
        return f"{self.path}.{key}" if self.path else key

    @property
    def _said(self) -> str:
        """What it is, in words."""
        value = self._raw.value
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return f"the text '{value[:40]}'" if len(value) <= 40 else "a long text"
        if isinstance(value, int | float):
            return _told(value)
        return "a list" if isinstance(value, list) else "an object"


class Fields:
    """The fields of an object; those that may be missing are asked with `get`."""

    def __init__(self, node: Node, found: dict[str, Node]) -> None:
        self.node, self._found = node, found

    def __contains__(self, key: str) -> bool:
        return key in self._found

    def __getitem__(self, key: str) -> Node:
        if key not in self._found:
            self.node.refuse(f"the key '{key}' is missing here")
        return self._found[key]

    def get(self, key: str) -> Node | None:
        """Return a field; None where it is missing or null."""
        node = self._found.get(key)
        return None if node is None or node.is_null else node

    def read(self, key: str, how: Callable[[Node], _T], default: _T) -> _T:
        """Return a field as `how` reads it; `default` where it is missing."""
        node = self._found.get(key)
        return default if node is None else how(node)


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _told(value: float) -> str:
    shown = str(value)
    return shown if len(shown) <= 24 else "a longer number"
