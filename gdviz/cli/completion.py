"""What a shell is to know of the command line, so that it can complete words."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from gdviz.cli.words import Parser
from gdviz.engine import SCALES
from gdviz.experiment import SOURCE_KINDS
from gdviz.experiment.camera import CAMERAS
from gdviz.experiment.look import COMPANIONS, HEIGHT_SCALES, QUANTITIES
from gdviz.experiment.overlays import PICTURED
from gdviz.experiment.whole_plane import BASIN_MODES, SWARM_DRAWN, SWEEP_MEASURES
from gdviz.export.figure_sizes import PRESETS as SIZES
from gdviz.export.figure_spec import FIELDS, LETTERS, THEME_NAMES, VIEWS
from gdviz.export.film_spec import EASINGS
from gdviz.export.material import CONTENTS
from gdviz.export.order.spec import NOTHING
from gdviz.landscapes import PRESETS
from gdviz.landscapes.fit_choice import LOSSES, MODELS
from gdviz.optimizers import OPTIMIZERS, SCHEDULES
from gdviz.tables import DELIMITERS, ENCODINGS

__all__ = ["Completed", "CompletedCommand", "completed_commands"]

_FILES = ("output", "tracks")
_LISTS = ("view",)
_WORDS: dict[str, Iterable[str]] = {
    "kind": SOURCE_KINDS,
    "model": MODELS,
    "loss": LOSSES,
    "delimiter": DELIMITERS.values(),
    "encoding": ENCODINGS,
    "start": ("random:", "grid:", "ring:"),
    "optimizer": OPTIMIZERS,
    "runs": OPTIMIZERS,
    "schedule": SCHEDULES,
    "view": VIEWS,
    "at": ("last",),
    "slice": ("x", "y", "w1", "b", "both", "ray"),
    "show": (*PICTURED, NOTHING),
    "colors": SCALES,
    "quantity": QUANTITIES,
    "camera": CAMERAS,
    "heights": HEIGHT_SCALES,
    "companion": COMPANIONS,
    "swarm": ("grid:", "random:", NOTHING),
    "swarm_drawn": SWARM_DRAWN,
    "against": OPTIMIZERS,
    "against_schedule": SCHEDULES,
    "basins": BASIN_MODES,
    "sweep": ("learning_rate", "momentum", "beta1", "beta2"),
    "measure": SWEEP_MEASURES,
    "preset": SIZES,
    "theme": THEME_NAMES,
    "letters": LETTERS,
    "field": FIELDS,
    "easing": EASINGS,
    "data": CONTENTS,
}


@dataclass(frozen=True)
class Completed:
    """An option or a place, and what may stand there.

    Attributes
    ----------
    flags : tuple of str
        Empty for a place.
    help : str
    metavar : str
    valued : bool
        Whether a value follows.
    words : tuple of str
        What the value may be, as far as that is known.
    listed : bool
        Whether it may be several words with commas between them.
    files : bool
        Whether it may be a file.
    repeatable : bool
    """

    flags: tuple[str, ...]
    help: str
    metavar: str
    valued: bool
    words: tuple[str, ...] = ()
    listed: bool = False
    files: bool = False
    repeatable: bool = False


@dataclass(frozen=True)
class CompletedCommand:
    """A command, its options and its place; one without a name is that of the window."""

    name: str
    summary: str
    options: tuple[Completed, ...]
    place: Completed


def completed_commands() -> tuple[CompletedCommand, ...]:
    """Return what there is to complete: first the window's command, then the named ones."""
    from gdviz.cli.parser import COMMANDS, fill_window

    window = Parser(prog="gdviz")
    fill_window(window)
    made = [_command("", "", window)]
    for name, command in COMMANDS.items():
        parser = Parser(prog=f"gdviz {name}")
        command.fill(parser)
        made.append(_command(name, command.summary, parser))
    return tuple(made)


def _command(name: str, summary: str, parser: argparse.ArgumentParser) -> CompletedCommand:
    actions = [_completed(action) for action in parser._actions]  # noqa: SLF001 -- no other way
    (place,) = (one for one in actions if not one.flags)
    return CompletedCommand(name, summary, tuple(one for one in actions if one.flags), place)


def _completed(action: argparse.Action) -> Completed:
    source = action.dest == "source"
    words = action.choices or _WORDS.get(action.dest, ())
    if source:
        words = [known.name for known in PRESETS]
    return Completed(
        flags=tuple(action.option_strings),
        help=(action.help or "").replace("%%", "%"),
        metavar=action.metavar if isinstance(action.metavar, str) else action.dest.upper(),
        valued=action.nargs != 0,
        words=tuple(map(str, words)),
        listed=action.dest in _LISTS,
        files=source or action.dest in _FILES,
        repeatable=type(action).__name__ == "_AppendAction",
    )
