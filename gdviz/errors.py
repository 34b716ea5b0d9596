"""The one exception that is meant for the user's eyes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["UserError", "did_you_mean"]

_LONGEST = 600


class UserError(ValueError):
    """A user's mistake, told in one line.

    The message names what was wrong, where, and what would be right. The command
    line prints it and exits with 2; the window shows it by the field concerned. Line
    breaks and unprintable characters that a quoted text brings along are shown escaped.
    """

    def __init__(self, message: str) -> None:
        if len(message) > _LONGEST:
            message = f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"
        super().__init__("".join(_printable(letter) for letter in message))


def _printable(letter: str) -> str:
    if letter.isprintable():
        return letter
    return letter.encode("unicode_escape", "surrogatepass").decode("ascii")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known word nearest to `word`, or ``""``."""
    near = difflib.get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else ""
