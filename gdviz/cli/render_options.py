"""The options of ``gdviz render``."""

from __future__ import annotations

from gdviz.cli.plane_options import add_plane
from gdviz.cli.reading_options import Group, add_reading
from gdviz.cli.values import (
    finite,
    interval,
    positive_float,
    rows,
    samples,
    step,
    understood,
    whole_number,
)
from gdviz.cli.words import Parser
from gdviz.engine import SCALES
from gdviz.experiment.camera import CAMERAS, camera_named
from gdviz.experiment.look import COMPANIONS, HEIGHT_SCALES, QUANTITIES
from gdviz.experiment.overlays import PICTURED
from gdviz.experiment.run_text import read_run
from gdviz.experiment.words import choice_of, read_schedule
from gdviz.export.figure_sizes import PRESETS
from gdviz.export.figure_spec import FIELDS, LETTERS, THEME_NAMES, VIEWS
from gdviz.export.film_spec import EASINGS
from gdviz.export.material import CONTENTS
from gdviz.export.order.sizes import read_size
from gdviz.optimizers import SCHEDULES

__all__ = ["add_render_options"]


def add_render_options(parser: Parser) -> None:
    """Add all options but for source and file."""
    add_reading(parser)
    _add_runs(parser)
    _add_seen(parser)
    add_plane(parser)
    _add_picture(parser)
    _add_film(parser)
    _add_numbers(parser)


def _add_runs(parser: Parser) -> None:
    group = Group(parser, "the runs")
    add = group.add
    add(
        "start",
        "X,Y",
        "repeatable; also random:N, grid:NxM (grid:N with one parameter), ring:N",
        action="append",
    )
    add(
        "optimizer",
        "NAME[:key=value,…]",
        "repeatable: each runs from each start; see 'gdviz list optimizers'",
        action="append",
        type=understood(choice_of),
    )
    add(
        "learning_rate",
        "R",
        "for runs that name none; otherwise one that suits the landscape, or 1 "
        "for adadelta and newton, which measure their own steps",
        type=positive_float("learning rate"),
    )
    add("steps", "N", "200 if not given", type=whole_number("steps"))
    add(
        "schedule",
        "NAME[:key=value,…]",
        f"how every run's rate changes with the step: {', '.join(SCHEDULES)}",
        type=understood(read_schedule),
    )
    add(
        "noise",
        "S",
        "standard deviation of an error in each component of the gradient",
        type=positive_float("noise"),
    )
    add(
        "batch_size",
        "N",
        "for a table: gradients over N of its rows at a time",
        type=whole_number("batch size", least=1),
    )
    add("seed", "S", "of random starts, noise and mini-batches", type=whole_number("seed"))
    add(
        "runs",
        "RUN",
        "repeatable: a whole run, 'adam:learning_rate=0.1;start=-3,4;steps=50;name=fast'; "
        "also schedule, noise, batch, seed, color, hidden; \\; within a name",
        action="append",
        type=understood(read_run),
    )
    group.flag("--no-runs", "the bare landscape; a start says where it is cut")
    add(
        "tracks",
        "FILE",
        "repeatable: a run that was recorded elsewhere (_proj_cos.h5, .csv, .npy)",
        action="append",
    )
    add("select", "N,…", "the selected runs, the first of them current; from 1", type=rows)
    group.switch("solo", "only the selected runs are shown")


def _add_seen(parser: Parser) -> None:
    group = Group(parser, "what is seen")
    add = group.add
    add("view", "V,…", f"one or several of {', '.join(VIEWS)}")
    add("x", "A:B", "what is shown of the first parameter", type=interval)
    add("y", "A:B", "what is shown of the second parameter", type=interval)
    add("at", "STEP", "the step that is shown, or 'last'", type=step)
    add(
        "slice",
        "S",
        "how the loss curve is cut: a parameter's name, 'both', or 'ray' for along −∇f",
    )
    add("show", "NAME", f"repeatable: {', '.join(PICTURED)}; or none", action="append")
    add("colors", "C", f"of losses: {', '.join(SCALES)}")
    add("quantity", "Q", f"of the history: {', '.join(QUANTITIES)}")
    group.switch("linear", "the history on a linear axis, not a logarithmic one")
    group.switch("log_x", "the history's steps on a logarithmic axis")
    group.switch("residuals", "what a regression misses of each point")
    add(
        "camera",
        "C",
        f"of the surface: {', '.join(CAMERAS)}, or AZIMUTH,ELEVATION[,ZOOM[,RIGHT,UP]] in degrees",
        type=understood(camera_named),
    )
    add("heights", "H", f"of the surface: {', '.join(HEIGHT_SCALES)}")
    add("companion", "C", f"what stands beside the loss curve: {', '.join(COMPANIONS)}")


def _add_picture(parser: Parser) -> None:
    group = Group(parser, "the picture")
    add = group.add
    add(
        "size",
        "WxH",
        "in pixels, 960x720 if not given, or as 170x120mm, 6.5x4in",
        type=understood(read_size),
    )
    add("preset", "P", f"a size by its name: {', '.join(PRESETS)}")
    add("dpi", "D", "pixels per inch; 300 for a size on paper", type=positive_float("dpi"))
    add("zoom", "Z", "how large lines and letters are", type=positive_float("zoom"))
    add("scale", "S", "pixels per pixel: 2 is twice as fine", type=positive_float("scale"))
    add("theme", "T", ", ".join(THEME_NAMES))
    group.switch("transparent", "no background")
    add("title", "TEXT", "above the views")
    add("caption", "TEXT", "below the views")
    group.switch("legend", "whether runs are named")
    group.switch("colorbar", "which color is which loss")
    group.switch("labels", "whether axes are named")
    add("letters", "L", f"in vector pictures: {', '.join(LETTERS)}")
    add("field", "F", f"colors in vector pictures: {', '.join(FIELDS)}")


def _add_film(parser: Parser) -> None:
    group = Group(parser, "the film")
    add = group.add
    add("fps", "F", "frames per second; 30 if not given", type=positive_float("fps"))
    add("seconds", "S", "how long the descent takes", type=positive_float("seconds"))
    add("speed", "S", "or how fast it goes: 1 as in the window", type=positive_float("speed"))
    add("easing", "E", f"how it goes: {', '.join(EASINGS)}")
    add("hold", "S", "how many seconds it stands at the end", type=finite("hold"))
    group.switch("loop", "whether players begin again; an .mp4 can't say so")
    add("first", "STEP", "where it begins", type=whole_number("from"))
    add("last", "STEP", "where it ends", type=whole_number("to"))


def _add_numbers(parser: Parser) -> None:
    group = Group(parser, "the numbers")
    group.add("data", "D", f"what a file of numbers holds: {', '.join(CONTENTS)}")
    group.add(
        "samples", "NxM", "of a field, of basins, of a sweep: 201x201 if not given", type=samples
    )
