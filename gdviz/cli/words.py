"""A parser of words whose mistakes are told in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from gdviz.errors import UserError, did_you_mean

__all__ = ["SHELLS", "Parser", "new_parser"]

SHELLS = ("bash", "zsh", "fish")
"""The shells for which words can be completed."""


_NEGATIVE = re.compile("-[^-]")


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are told in one line."""

    def parse_words(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse words, ``--start -3,4`` as ``--start=-3,4``, and ``-x^2`` as a formula."""
        valued = {
            option
            for action in self._actions
            for option in action.option_strings
            if action.nargs != 0 and option.startswith("--")
        }
        short = tuple(
            option
            for action in self._actions
            for option in action.option_strings
            if not option.startswith("--")
        )
        joined: list[str] = []
        formulas: list[str] = []
        for word in words:
            if joined and joined[-1] in valued:
                joined[-1] = f"{joined[-1]}={word}"
            elif _NEGATIVE.match(word) and not word.startswith(short) and joined[-1:] != ["-o"]:
                formulas.append(word)
            else:
                joined.append(word)
        return self.parse_args([*joined, "--", *formulas] if formulas else joined)

    def error(self, message: str) -> NoReturn:
        unknown = re.match(r"unrecognized arguments: (?:-- )?(\S+)", message)
        if unknown:
            word = unknown[1].partition("=")[0]
            options = [option for action in self._actions for option in action.option_strings]
            if word.startswith("-"):
                raise UserError(f"there is no option '{word}'{did_you_mean(word, options)}")
            raise UserError(f"'{word}' is one word too many; see '{self.prog} --help'")
        raise UserError(f"{message}; see '{self.prog} --help'")


def new_parser(program: str, arguments: str, description: str, epilog: str = "") -> Parser:
    """Return a parser of a command; what isn't given is not in what it returns."""
    return Parser(
        prog=program,
        usage=f"{program} {arguments}",
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
