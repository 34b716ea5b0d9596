"""Cutting a formula's text into words, numbers and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gdviz.errors import did_you_mean
from gdviz.formulas.errors import FormulaError
from gdviz.formulas.functions import ALIASES, CONSTANTS, FUNCTIONS, GREEK

__all__ = ["LONGEST_TEXT", "Kind", "Token", "tokenize"]

LONGEST_TEXT = 2000
_LONGEST_NUMBER = 40
_MOST_LETTERS = 3

Kind = Literal["number", "name", "constant", "function", "superscript", "sign", "end"]

_SIGNS = {
    "−": "-",
    "–": "-",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    "∣": "|",
}
_PLAIN_SIGNS = "+-*/^(),|=!"
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸ", "0123456789+-()nxy", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_GREEK_LETTERS = {letter: name for name, letter in GREEK.items()} | {"ϕ": "phi", "ϵ": "epsilon"}
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LETTERS = re.compile(r"[A-Za-z]+")
_INDEX = re.compile(rf"_?([0-9]{{1,2}})(?![0-9.])|([{''.join(_SUBSCRIPTS)}]{{1,2}})")
_WORDS = sorted([*FUNCTIONS, *ALIASES, *CONSTANTS, *GREEK], key=len, reverse=True)


@dataclass(frozen=True)
class Token:
    """A piece of the text.

    Attributes
    ----------
    kind : str
    text : str
        In plain letters: the key of a function, ``"-"`` for any minus, ``"2"`` for ``"²"``.
    start, end : int
        Where it stands.
    """

    kind: Kind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return a text's tokens, with one of the kind ``"end"`` at last.

    Raises
    ------
    FormulaError
        At a character that means nothing, or if the text is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise FormulaError(
            f"a formula may have {LONGEST_TEXT:,} characters, this one has {len(text):,}",
            LONGEST_TEXT,
            len(text),
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
            continue
        new = _tokens_at(text, at)
        tokens.extend(new)
        at = new[-1].end
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _tokens_at(text: str, at: int) -> list[Token]:
    letter = text[at]
    number = _NUMBER.match(text, at)
    if number:
        return [_number(number)]
    letters = _LETTERS.match(text, at)
    if letters:
        return _words(text, letters)
    if letter in _GREEK_LETTERS or letter == "π":
        return [_greek(text, at)]
    if letter == "√":
        return [Token("function", "sqrt", at, at + 1)]
    if letter in _SUPERSCRIPTS:
        end = at
        while end < len(text) and text[end] in _SUPERSCRIPTS:
            end += 1
        plain = "".join(_SUPERSCRIPTS[sign] for sign in text[at:end])
        return [Token("superscript", plain, at, end)]
    if text.startswith("**", at):
        return [Token("sign", "^", at, at + 2)]
    sign = _SIGNS.get(letter, letter)
    if sign in _PLAIN_SIGNS:
        return [Token("sign", sign, at, at + 1)]
    raise FormulaError(f"'{letter}' has no meaning in a formula", at, at + 1)


def _number(found: re.Match[str]) -> Token:
    text = found.group()
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _LONGEST_NUMBER or (exponent and abs(int(exponent[:9])) > 300):
        raise FormulaError(
            f"numbers may have {_LONGEST_NUMBER} digits and exponents up to 300", *found.span()
        )
    return Token("number", text, *found.span())


def _greek(text: str, at: int) -> Token:
    if text[at] == "π":
        return Token("constant", "pi", at, at + 1)
    name, end = _indexed(_GREEK_LETTERS[text[at]], text, at + 1)
    return Token("name", name, at, end)


def _words(text: str, found: re.Match[str]) -> list[Token]:
    """Cut a run of letters into functions, constants and names, the longest first."""
    start, last = found.span()
    tokens: list[Token] = []
    at = start
    single = 0
    while at < last:
        known = _known(text, at)
        word = known or text[at]
        if word in FUNCTIONS or word in ALIASES:
            tokens.append(Token("function", ALIASES.get(word, word), at, at + len(word)))
            at += len(word)
            continue
        if word in CONSTANTS:
            tokens.append(Token("constant", CONSTANTS[word], at, at + len(word)))
        else:
            end = at + len(word)
            name, end = _indexed(word, text, end) if end == last else (word, end)
            tokens.append(Token("name", name, at, end))
        single += len(word) == 1
        at = tokens[-1].end
    _refuse_words(text, start, last, single)
    return tokens


def _known(text: str, at: int) -> str:
    return next((word for word in _WORDS if text.startswith(word, at)), "")


def _indexed(name: str, text: str, at: int) -> tuple[str, int]:
    """Return a name with the index behind it, as in ``w1``, ``w_1`` and ``w₁``."""
    found = _INDEX.match(text, at)
    if not found:
        return name, at
    digits = found[1] or "".join(_SUBSCRIPTS[digit] for digit in found[2])
    return f"{name}{digits}", found.end()


def _refuse_words(text: str, start: int, last: int, single: int) -> None:
    """Refuse a run that is a word, not a product of letters."""
    word = text[start:last]
    called = text[last:].lstrip().startswith("(")
    all_single = single == len(word) == _MOST_LETTERS
    repeated = len(set(word)) < len(word)
    if single > _MOST_LETTERS or (all_single and (called or repeated)):
        near = did_you_mean(word, [*FUNCTIONS, *ALIASES])
        if called:
            raise FormulaError(f"'{word}' is not a function{near}", start, last)
        what = near or "; write * between variables that are multiplied"
        raise FormulaError(f"'{word}' is no name that is known{what}", start, last)
