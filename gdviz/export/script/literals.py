"""Values and words in a script's source, whatever they hold."""

from __future__ import annotations

import keyword
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

__all__ = ["array_text", "identifier", "point_text", "safe_words", "text_literal"]

_WIDTH = 96
_LONGEST = 300
_TAKEN = {"np", "csv", "sys", "loss", "gradient", "hessian"}


def safe_words(text: str) -> str:
    """Return a text for a docstring or a comment: one line that neither of them ends in."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[:_LONGEST])
    return " ".join(plain.split()).replace("\\", "\N{SET MINUS}").replace('"', "\N{DOUBLE PRIME}")


def text_literal(text: str) -> str:
    """Return a text as Python writes it, in double quotes where that is as safe."""
    plain = repr(text)
    if '"' in text or "\\" in plain or plain[0] != "'":
        return plain
    return f'"{plain[1:-1]}"'


def identifier(name: str) -> str:
    """Return what a formula's letter is called in a program."""
    plain = unicodedata.normalize("NFKC", name)
    if not plain.isidentifier():
        plain = "v" + "".join(letter for letter in plain if letter.isalnum() and letter.isascii())
    return f"{plain}_" if keyword.iskeyword(plain) or plain in _TAKEN else plain


def array_text(name: str, values: np.ndarray) -> str:
    """Return the assignment of an array of numbers."""
    flat = ", ".join(map(_number, np.asarray(values).ravel().tolist()))
    shape = "" if values.ndim == 1 else f".reshape{values.shape!r}"
    whole = f"{name} = np.array([{flat}]){shape}"
    if len(whole) <= _WIDTH:
        return whole
    lines = "\n".join(_wrapped(flat, "    "))
    return f"{name} = np.array([\n{lines},\n]){shape}"


def _wrapped(text: str, indent: str) -> Iterable[str]:
    """Yield lines of words."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def point_text(point: Sequence[float]) -> str:
    """Return a point as a tuple."""
    return repr(tuple(float(value) for value in point))


def _number(value: float) -> str:
    if value != value:  # noqa: PLR0124 -- NaN
        return "np.nan"
    return repr(value).replace("inf", "np.inf")
