"""The words of the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from gdviz import __version__
from gdviz.cli.listing import KINDS
from gdviz.cli.values import (
    assignment,
    assignment_list,
    camera,
    interval,
    positive_float,
    size,
    whole_number,
)
from gdviz.engine import SCALES
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import SOURCE_KINDS
from gdviz.experiment.camera import CAMERAS
from gdviz.experiment.look import QUANTITIES
from gdviz.experiment.overlays import PICTURED
from gdviz.export.figure_spec import VIEWS
from gdviz.export.formats import FORMATS
from gdviz.optimizers import SCHEDULES
from gdviz.views.surface.heights import HEIGHTS

__all__ = ["parse"]


_SOURCE_HELP = (
    "a landscape of 'gdviz list landscapes', a formula in quotes, a table (.csv), "
    "or a measured surface (.h5 .npz .npy .csv .json)"
)

_WINDOW_HELP = """\
commands:
  gdviz [SOURCE]             open the window on a landscape, a formula or a file; a lesson
                             (.yaml) opens in its Learn panel
  gdviz render SOURCE -o OUT draw a picture or write a table, without a display
  gdviz list [KIND]          tell what there is

examples:
  gdviz valley
  gdviz "e^(2y) sin(x)"
  gdviz table.csv
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.png
  gdviz list optimizers

Each command has its own --help.
"""

_RENDER_HELP = """\
examples:
  gdviz render valley -o valley.png
  gdviz render valley --start -3,4 --learning-rate 0.1 --steps 50 -o valley.csv
  gdviz render "e^(2y) sin(x)" --start 0,1 -o wave.png
  gdviz render "a x^2 + b y^2" --set a=1 --set b=20 -o bowl.svg
  gdviz render table.csv --x-column height --y-column weight --view all -o fit.png
  gdviz render surface.h5 --metric test_loss --track run_proj_cos.h5 -o surface.png
  gdviz render regression --view all --size 1280x720 --theme dark -o both.svg
  gdviz render valley --start grid:4x3 --optimizer gd --optimizer momentum:momentum=0.8 -o race.png
  gdviz render rosenbrock --optimizer gd --optimizer adam --optimizer bfgs -o race.csv
  gdviz render himmelblau --start ring:8 --view history -o ring.png
  gdviz render regression --batch-size 4 --schedule cosine:warmup=10 --seed 1 -o batches.csv
  gdviz render valley --noise 0.5 --start random:20 -o noise.png
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are told in one line."""

    def parse_words(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse words, with ``--start -3,4`` understood as ``--start=-3,4``."""
        valued = {
            option
            for action in self._actions
            for option in action.option_strings
            if action.nargs != 0 and option.startswith("--")
        }
        joined: list[str] = []
        for word in words:
            if joined and joined[-1] in valued:
                joined[-1] = f"{joined[-1]}={word}"
            else:
                joined.append(word)
        return self.parse_args(joined)

    def error(self, message: str) -> NoReturn:
        unknown = re.match(r"unrecognized arguments: (\S+)", message)
        if unknown:
            word = unknown[1].partition("=")[0]
            options = [option for action in self._actions for option in action.option_strings]
            if word.startswith("-"):
                raise UserError(f"there is no option '{word}'{did_you_mean(word, options)}")
            raise UserError(f"'{word}' is one word too many; see '{self.prog} --help'")
        raise UserError(f"{message}; see '{self.prog} --help'")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the command and its options.

    Parameters
    ----------
    words : sequence of str
        What follows ``gdviz``.

    Returns
    -------
    argparse.Namespace
        With ``command``: ``"open"``, ``"render"`` or ``"list"``.

    Raises
    ------
    UserError
        If the words are not understood.
    """
    builders = {"render": _render_parser, "list": _list_parser}
    if words and words[0] in builders:
        return builders[words[0]]().parse_words(words[1:])
    return _window_parser().parse_words(words)


def _window_parser() -> _Parser:
    parser = _new("gdviz", "Explore loss landscapes and watch optimizers descend.", _WINDOW_HELP)
    parser.set_defaults(command="open")
    parser.add_argument("--version", action="version", version=f"gdviz {__version__}")
    parser.add_argument("source", metavar="SOURCE", nargs="?", default=None, help=_SOURCE_HELP)
    _add_reading(parser)
    return parser


def _list_parser() -> _Parser:
    parser = _new("gdviz list", "Tell what there is.", "")
    parser.set_defaults(command="list")
    parser.add_argument("kind", metavar="KIND", nargs="?", choices=KINDS, help=", ".join(KINDS))
    parser.add_argument("--json", action="store_true", help="as JSON, with every detail")
    return parser


def _render_parser() -> _Parser:
    parser = _new(
        "gdviz render", "Draw a picture or write a table, without a display.", _RENDER_HELP
    )
    parser.set_defaults(command="render")
    add = parser.add_argument
    add("source", metavar="SOURCE", help=_SOURCE_HELP)
    add("-o", "--output", metavar="OUT", required=True, help="the file; '-' for standard output")
    add(
        "--format",
        metavar="F",
        choices=FORMATS,
        help="as OUT ends, if not given",
    )
    _add_reading(parser)
    run = parser.add_argument_group("the runs")
    add = run.add_argument
    add(
        "--start",
        metavar="X,Y",
        action="append",
        help="repeatable; also random:N, grid:NxM (grid:N with one parameter), ring:N",
    )
    add(
        "--optimizer",
        metavar="NAME[:key=value,…]",
        action="append",
        type=assignment_list,
        help="repeatable: each runs from each start; see 'gdviz list optimizers'",
    )
    add(
        "--learning-rate",
        metavar="R",
        type=positive_float("learning rate"),
        help="for runs that name none; otherwise one that suits the landscape, or 1 "
        "for adadelta and newton, which measure their own steps",
    )
    add("--steps", metavar="N", type=whole_number("steps"), default=200, help="200 if not given")
    add(
        "--schedule",
        metavar="NAME[:key=value,…]",
        type=assignment_list,
        help=f"how every run's rate changes with the step: {', '.join(SCHEDULES)}",
    )
    add(
        "--noise",
        metavar="S",
        type=positive_float("noise"),
        help="standard deviation of an error in each component of the gradient",
    )
    add(
        "--batch-size",
        metavar="N",
        type=whole_number("batch size", least=1),
        help="for a table: gradients over N of its rows at a time",
    )
    add(
        "--seed",
        metavar="S",
        type=whole_number("seed"),
        default=0,
        help="of random starts, noise and mini-batches",
    )
    add(
        "--track",
        metavar="FILE",
        action="append",
        default=[],
        help="repeatable: a run that was recorded elsewhere (_proj_cos.h5, .csv, .npy)",
    )
    picture = parser.add_argument_group("the picture")
    add = picture.add_argument
    add("--view", metavar="V", help=f"{', '.join(VIEWS)}")
    add(
        "--slice",
        metavar="S",
        help="how the loss curve is cut: a parameter's name, 'both', or 'ray' for along −∇f",
    )
    add(
        "--show",
        metavar="NAME",
        action="append",
        default=[],
        help=f"repeatable: {', '.join(PICTURED)}",
    )
    add("--colors", metavar="C", default="auto", help=f"of losses: {', '.join(SCALES)}")
    add(
        "--quantity",
        metavar="Q",
        default=QUANTITIES[0],
        help=f"of the history: {', '.join(QUANTITIES)}",
    )
    add("--linear", action="store_true", help="the history on a linear axis, not a logarithmic one")
    add("--residuals", action="store_true", help="show what a regression misses of each point")
    add(
        "--camera",
        metavar="C",
        type=camera,
        default=CAMERAS["corner"],
        help=f"of the surface: {', '.join(CAMERAS)}, or AZIMUTH,ELEVATION in degrees",
    )
    add(
        "--heights",
        metavar="H",
        default="linear",
        help=f"of the surface: {', '.join(HEIGHTS)}",
    )
    add("--size", metavar="WxH", type=size, default=(960, 720), help="960x720 if not given")
    add(
        "--scale",
        metavar="S",
        type=positive_float("scale"),
        default=1.0,
        help="pixels per pixel: 2 is twice as fine",
    )
    add("--theme", metavar="T", default="light", help="light, dark")
    add("--transparent", action="store_true", help="no background")
    add("--at", metavar="STEP", type=whole_number("at"), help="the step that is shown")
    add("--x", metavar="A:B", type=interval, help="what is shown of the first parameter")
    add("--y", metavar="A:B", type=interval, help="what is shown of the second parameter")
    return parser


def _add_reading(parser: _Parser) -> None:
    reading = parser.add_argument_group("how SOURCE is read")
    add = reading.add_argument
    add("--as", dest="kind", metavar="KIND", help=f"{', '.join(SOURCE_KINDS)}; told by content")
    add(
        "--set",
        metavar="NAME=VALUE",
        dest="knobs",
        action="append",
        type=assignment,
        default=[],
        help='repeatable: a formula\'s parameter, such as a in "a x^2"',
    )
    add("--x-column", metavar="NAME", help="the feature in a table")
    add("--y-column", metavar="NAME", help="the label in a table")
    add("--model", metavar="M", help="linear, logistic")
    add("--loss", metavar="L", help="mse, mae, huber, log")
    add("--no-bias", action="store_true", help="a weight only: one parameter")
    add("--standardize", action="store_true", help="the feature to mean 0 and deviation 1")
    add("--metric", metavar="NAME", help="which values of a measured surface")


def _new(program: str, description: str, epilog: str) -> _Parser:
    return _Parser(
        prog=program,
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
