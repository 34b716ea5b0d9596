"""The options that say how a source is read, and how options are added at all."""

from __future__ import annotations

import argparse
from typing import Any

from gdviz.cli.values import assignment, whole_number
from gdviz.cli.words import Parser
from gdviz.experiment import SOURCE_KINDS
from gdviz.export.order.options import FLAGS, Options
from gdviz.landscapes.fit_choice import LOSSES, MODELS
from gdviz.tables import DELIMITERS, ENCODINGS

__all__ = ["Group", "add_reading", "options_of"]

_SWITCH = argparse.BooleanOptionalAction


class Group:
    """Adds options of one kind to a parser's help."""

    def __init__(self, parser: Parser, title: str) -> None:
        self._group = parser.add_argument_group(title)

    def add(self, name: str, metavar: str, help: str, **how: Any) -> None:  # noqa: A002, ANN401
        """Add an option of `Options` that takes a value."""
        self._group.add_argument(FLAGS[name], dest=name, metavar=metavar, help=help, **how)

    def flag(self, flag: str, help: str) -> None:  # noqa: A002
        """Add an option that is only ever on, and none of `Options`."""
        self._group.add_argument(flag, action="store_true", help=help)

    def switch(self, name: str, help: str) -> None:  # noqa: A002
        """Add an option of `Options` that is on or off."""
        self._group.add_argument(FLAGS[name], dest=name, action=_SWITCH, help=help)


def add_reading(parser: Parser) -> None:
    """Add how a source is read."""
    group = Group(parser, "how SOURCE is read")
    add = group.add
    add("kind", "KIND", f"{', '.join(SOURCE_KINDS)}; told by content")
    add(
        "knobs",
        "NAME=VALUE",
        'repeatable: a formula\'s parameter, such as a in "a x^2"',
        action="append",
        type=assignment,
    )
    add("x_column", "NAME", "the feature in a table")
    add("y_column", "NAME", "the label in a table")
    add("model", "M", ", ".join(MODELS))
    add("loss", "L", ", ".join(LOSSES))
    group.switch("bias", "a weight and a bias, or a weight only: one parameter")
    group.switch("standardize", "the feature to mean 0 and deviation 1")
    add("delimiter", "D", f"between a table's columns: {', '.join(DELIMITERS.values())}")
    add("decimal", "C", "what marks decimals in a table: . or a comma")
    add("encoding", "E", f"of a table: {', '.join(ENCODINGS)}")
    group.switch("header", "whether a table's first row holds names")
    add("skip", "N", "lines of comment before a table", type=whole_number("skip"))
    add("metric", "NAME", "which values of a measured surface")


def options_of(arguments: argparse.Namespace) -> Options:
    """Return those options that were given."""
    given = {name: value for name, value in vars(arguments).items() if name in FLAGS}
    if "knobs" in given:
        given["knobs"] = dict(given["knobs"])
    if getattr(arguments, "no_runs", False):
        given["runs"] = []
    options: Any = given
    return options  # type: ignore[no-any-return]
