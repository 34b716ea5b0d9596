"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gdviz import __version__
from gdviz.cli.help_texts import COMPLETION, RENDER_EXAMPLES, SOURCE, WINDOW_EXAMPLES
from gdviz.cli.reading_options import add_reading
from gdviz.cli.words import SHELLS, Parser, new_parser

__all__ = ["COMMANDS", "Command", "fill_window", "parse"]


@dataclass(frozen=True)
class Command:
    """A word behind ``gdviz``, and what it takes.

    Attributes
    ----------
    arguments : str
        What is told of them in short.
    summary : str
    epilog : str
        What its help ends with.
    fill : callable
        Adds its arguments to a parser.
    """

    arguments: str
    summary: str
    epilog: str
    fill: Callable[[Parser], None]


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the command and its options.

    Parameters
    ----------
    words : sequence of str
        What follows ``gdviz``.

    Returns
    -------
    argparse.Namespace
        With ``command``: ``"open"`` or one of `COMMANDS`; of the options, with those only that
        were given.

    Raises
    ------
    UserError
        If the words are not understood.
    """
    name = words[0] if words else ""
    if name in COMMANDS:
        command = COMMANDS[name]
        program = f"gdviz {name}"
        parser = new_parser(program, command.arguments, command.summary, command.epilog)
        parser.set_defaults(command=name)
        command.fill(parser)
        return parser.parse_words(words[1:])
    parser = new_parser(
        "gdviz",
        "[SOURCE] [options]",
        "Explore loss landscapes and watch optimizers descend.",
        WINDOW_EXAMPLES,
    )
    parser.set_defaults(command="open")
    fill_window(parser)
    return parser.parse_words(words)


def fill_window(parser: Parser) -> None:
    """Add what opens the window."""
    parser.add_argument("--version", action="version", version=f"gdviz {__version__}")
    parser.add_argument("source", metavar="SOURCE", nargs="?", default=None, help=SOURCE)
    add_reading(parser)


def _fill_list(parser: Parser) -> None:
    from gdviz.cli.listing import KINDS

    add = parser.add_argument
    kinds = tuple(KINDS)
    add("kind", metavar="KIND", nargs="?", choices=kinds, default=None, help=", ".join(kinds))
    add("--json", action="store_true", default=False, help="as JSON, with every detail")


def _fill_completion(parser: Parser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def _fill_render(parser: Parser) -> None:
    from gdviz.cli.progress import PROGRESS
    from gdviz.cli.render_options import add_render_options
    from gdviz.export.formats import FORMATS

    add = parser.add_argument
    add("source", metavar="SOURCE", help=SOURCE)
    add("-o", "--output", metavar="OUT", required=True, help="the file; '-' for standard output")
    add(
        "--format",
        metavar="F",
        choices=tuple(FORMATS),
        default=None,
        help="as OUT ends, if not given; see 'gdviz list formats'",
    )
    add(
        "--progress",
        metavar="P",
        choices=PROGRESS,
        default=PROGRESS[0],
        help="a bar on a terminal, if not given; 'lines' tells shares from 0 to 1 on standard "
        f"error ({', '.join(PROGRESS)})",
    )
    add_render_options(parser)


COMMANDS = {
    "render": Command(
        "SOURCE -o OUT [options]",
        "Draw a figure or a film, write numbers or an experiment, without a display.",
        RENDER_EXAMPLES,
        _fill_render,
    ),
    "list": Command("[KIND] [--json]", "Tell what there is.", "", _fill_list),
    "completion": Command(
        "SHELL", "Print what lets a shell complete gdviz's words.", COMPLETION, _fill_completion
    ),
}
