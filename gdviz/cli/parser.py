"""The words of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from gdviz import __version__
from gdviz.cli.help_texts import RENDER_EXAMPLES, SOURCE, WINDOW_EXAMPLES
from gdviz.cli.listing import KINDS
from gdviz.cli.progress import PROGRESS
from gdviz.cli.render_options import add_reading, add_render_options
from gdviz.cli.words import Parser, new_parser
from gdviz.export.formats import FORMATS

__all__ = ["PARSERS", "parse"]


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the command and its options.

    Parameters
    ----------
    words : sequence of str
        What follows ``gdviz``.

    Returns
    -------
    argparse.Namespace
        With ``command``: ``"open"`` or one of `PARSERS`; of the options, with those only that
        were given.

    Raises
    ------
    UserError
        If the words are not understood.
    """
    if words and words[0] in PARSERS:
        return PARSERS[words[0]]().parse_words(words[1:])
    return window_parser().parse_words(words)


def window_parser() -> Parser:
    """Return the parser of what opens the window."""
    parser = new_parser(
        "gdviz", "Explore loss landscapes and watch optimizers descend.", WINDOW_EXAMPLES
    )
    parser.set_defaults(command="open")
    parser.add_argument("--version", action="version", version=f"gdviz {__version__}")
    parser.add_argument("source", metavar="SOURCE", nargs="?", default=None, help=SOURCE)
    add_reading(parser)
    return parser


def _list_parser() -> Parser:
    parser = new_parser("gdviz list", "Tell what there is.")
    parser.set_defaults(command="list")
    add = parser.add_argument
    add("kind", metavar="KIND", nargs="?", choices=KINDS, default=None, help=", ".join(KINDS))
    add("--json", action="store_true", default=False, help="as JSON, with every detail")
    return parser


def _render_parser() -> Parser:
    parser = new_parser(
        "gdviz render",
        "Draw a figure or a film, write numbers, without a display.",
        RENDER_EXAMPLES,
    )
    parser.set_defaults(command="render")
    add = parser.add_argument
    add("source", metavar="SOURCE", help=SOURCE)
    add("-o", "--output", metavar="OUT", required=True, help="the file; '-' for standard output")
    add("--format", metavar="F", choices=FORMATS, default=None, help="as OUT ends, if not given")
    add(
        "--progress",
        metavar="P",
        choices=PROGRESS,
        default=PROGRESS[0],
        help="a bar on a terminal, if not given; 'lines' tells shares from 0 to 1 on standard "
        f"error ({', '.join(PROGRESS)})",
    )
    add_render_options(parser)
    return parser


PARSERS: dict[str, Callable[[], Parser]] = {"render": _render_parser, "list": _list_parser}
