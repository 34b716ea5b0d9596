"""JSON as nodes that know where they stand, within bounds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import NoReturn

from gdviz.errors import UserError

__all__ = ["DEEPEST", "HALVES", "MOST_VALUES", "Plain", "Raw", "parse_json", "place_in"]

DEEPEST = 16
MOST_VALUES = 400_000
_LONGEST_NUMBER = 400
_LONGEST_WHOLE = 20

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"([^"\\\x00-\x1f]*+)"')
_ESCAPED = re.compile(
    r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
)
_WORD = re.compile(r"[A-Za-z_]+")
_WORDS = {"true": True, "false": False, "null": None}
HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Halves of characters, but for those that stand for the bytes of a strange file name."""

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Raw:
    """A value of a JSON text.

    Attributes
    ----------
    value : str, int, float, bool, None, dict of str to Raw, or list of Raw
    at : int
        The character at which it begins.
    """

    value: Plain | dict[str, Raw] | list[Raw]
    at: int


def parse_json(text: str, file: str) -> Raw:
    """Read a JSON text.

    Parameters
    ----------
    text : str
    file : str
        What its file is called in a refusal.

    Raises
    ------
    UserError
        If it is no JSON, names a key twice, or is deeper, longer or larger than an
        experiment can be.
    """
    return _Parser(text, file).whole()


class _Parser:
    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._at = self._values = 0

    def whole(self) -> Raw:
        self._skip()
        if self._at == len(self._text):
            self._refuse("the file is empty")
        found = self._value(0)
        self._skip()
        if self._at != len(self._text):
            self._refuse(f"expected the end of the file, got {self._shown()}")
        return found

    def _value(self, depth: int) -> Raw:
        self._values += 1
        if self._values > MOST_VALUES:
            self._refuse(f"there are more than {MOST_VALUES:,} values")
        if depth > DEEPEST:
            self._refuse(f"lists and objects are nested more than {DEEPEST} deep")
        at = self._at
        letter = self._text[at : at + 1]
        if letter == '"':
            return Raw(self._string(), at)
        if letter == "{":
            return Raw(self._object(depth), at)
        if letter == "[":
            return Raw(self._list(depth), at)
        if letter == "-" or "0" <= letter <= "9":
            return Raw(self._number(), at)
        word = _WORD.match(self._text, at)
        if not word or word[0] not in _WORDS:
            self._refuse(f"expected a value, got {self._shown()}")
        self._at = word.end()
        return Raw(_WORDS[word[0]], at)

    def _object(self, depth: int) -> dict[str, Raw]:
        found: dict[str, Raw] = {}
        self._open()
        if self._closed("}"):
            return found
        while True:
            if self._text[self._at : self._at + 1] != '"':
                self._refuse(f"expected a key in quotes, got {self._shown()}")
            at = self._at
            key = self._string()
            if key in found:
                self._refuse(f"the key '{key}' stands here a second time", at)
            self._skip()
            if self._text[self._at : self._at + 1] != ":":
                self._refuse(f"expected ':' after the key '{key}', got {self._shown()}")
            self._open()
            found[key] = self._value(depth + 1)
            if self._ends("}", "object"):
                return found

    def _list(self, depth: int) -> list[Raw]:
        found: list[Raw] = []
        self._open()
        if self._closed("]"):
            return found
        while True:
            found.append(self._value(depth + 1))
            if self._ends("]", "list"):
                return found

    def _open(self) -> None:
        """Step over one character and the blanks behind it."""
        self._at += 1
        self._skip()

    def _closed(self, end: str) -> bool:
        if self._text[self._at : self._at + 1] != end:
            return False
        self._at += 1
        return True

    def _ends(self, end: str, what: str) -> bool:
        """Step over a comma, or over the end of a list or object."""
        self._skip()
        if self._closed(end):
            return True
        if self._text[self._at : self._at + 1] != ",":
            self._refuse(f"expected ',' or '{end}' in the {what}, got {self._shown()}")
        self._open()
        return False

    def _skip(self) -> None:
        blank = _BLANK.match(self._text, self._at)
        assert blank is not None
        self._at = blank.end()

    def _string(self) -> str:
        plain = _STRING.match(self._text, self._at)
        if plain:
            self._at = plain.end()
            return plain[1]
        escaped = _ESCAPED.match(self._text, self._at)
        if not escaped:
            self._refuse("this text is not closed, or has a line break or an unknown '\\' in it")
        found = str(json.loads(escaped[0]))
        half = HALVES.search(found)
        if half:
            self._refuse(f"'\\u{ord(half[0]):04x}' is half a character")
        self._at = escaped.end()
        return found

    def _number(self) -> int | float:
        number = _NUMBER.match(self._text, self._at)
        if not number:
            self._refuse(f"expected a number, got {self._shown()}")
        if len(number[0]) > _LONGEST_NUMBER:
            self._refuse(f"a number has more than {_LONGEST_NUMBER} digits")
        end = number.end()
        if self._text[end : end + 1].isalnum() or self._text[end : end + 1] == ".":
            self._refuse(f"expected a number, got {self._shown()}")
        self._at = end
        is_whole = number[1] is None and number[2] is None and len(number[0]) <= _LONGEST_WHOLE
        return int(number[0]) if is_whole else float(number[0])

    def _shown(self) -> str:
        """Return what stands here, shortly."""
        if self._at >= len(self._text):
            return "the end of the file"
        found = re.match(r"[\w.+-]{1,20}|.", self._text[self._at : self._at + 20], re.DOTALL)
        return f"'{found[0]}'" if found else "nothing"

    def _refuse(self, words: str, at: int | None = None) -> NoReturn:
        where = place_in(self._text, self._at if at is None else at)
        raise UserError(f"{self._file}, {where}: {words}")


def place_in(text: str, at: int) -> str:
    """Return ``"line 3, column 7"`` for a character of a text."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"line {line}, column {column}"
