"""``gdviz render``: pictures and tables without a window."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from gdviz.cli.reading import reading_of
from gdviz.engine import SCALES, Descent, GradientNoise, MiniBatch, Noise, Trajectory, compute
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import (
    MOST_STARTS,
    Experiment,
    Run,
    Start,
    in_order,
    open_experiment,
    parse_starts,
)
from gdviz.experiment.document import Document
from gdviz.experiment.experiment import cuts_of
from gdviz.experiment.look import Look
from gdviz.experiment.run_list import reseeded
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.export.figure_spec import FigureSpec, default_view
from gdviz.export.formats import FORMATS, Format, export, format_of, write
from gdviz.export.material import ExportSpec, Material
from gdviz.landscapes import Domain
from gdviz.optimizers import (
    CONSTANT,
    Optimizer,
    Schedule,
    optimizer,
    schedule,
    with_hyperparameters,
)
from gdviz.surfaces import read_track
from gdviz.whole_file import check_writable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tqdm import tqdm

__all__ = ["render"]


def render(arguments: argparse.Namespace) -> None:
    """Compute the runs and write the file that the arguments ask for.

    Raises
    ------
    UserError
        If an argument is wrong or the file can't be written; nothing is written then.
    """
    chosen = _format(arguments)
    experiment = _experiment(arguments)
    look = Look(
        overlays=tuple(dict.fromkeys(arguments.show)),
        camera=arguments.camera,
        heights=arguments.heights,
        quantity=arguments.quantity,
        log=(False, not arguments.linear),
    )
    spec = FigureSpec(
        views=tuple((arguments.view or default_view(experiment.landscape)).split(",")),
        size=arguments.size,
        scale=arguments.scale,
        theme=arguments.theme,
        transparent=arguments.transparent,
        step=arguments.at,
        look=look,
    )
    batches = experiment.batches()
    if arguments.output != "-":
        check_writable(Path(arguments.output))
    if chosen.picture:
        _prepare_qt()
    made = [(batch, _compute(batch.descent)) for batch in batches]
    trajectories = (*(one for _row, one in in_order(made)), *experiment.recordings())
    material = Material(Document(experiment, look, arguments.at), trajectories)
    if arguments.output == "-":
        buffer = io.BytesIO()
        write(chosen, material, ExportSpec(spec), buffer)
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()
    else:
        export(Path(arguments.output), material, ExportSpec(spec))


def _format(arguments: argparse.Namespace) -> Format:
    if arguments.output == "-":
        if not arguments.format:
            raise UserError(f"'-o -' needs --format ({', '.join(FORMATS)})")
        return format_of(arguments.format)
    chosen = format_of(Path(arguments.output).suffix)
    if arguments.format and arguments.format != chosen.ending:
        raise UserError(f"--format {arguments.format} contradicts '{arguments.output}'")
    return chosen


def _experiment(arguments: argparse.Namespace) -> Experiment:
    from gdviz.lessons import looks_like_lesson

    if looks_like_lesson(arguments.source):
        raise UserError(
            f"'{arguments.source}' is a lesson, which is no picture; "
            f"open it in the window: gdviz {arguments.source}"
        )
    with _progress_bar("reading", unit="%", total=100) as bar:
        told = None if bar is None else (lambda share: bar.update(round(100 * share) - bar.n))
        experiment = open_experiment(arguments.source, reading_of(arguments), told)
    if arguments.colors not in SCALES:
        raise UserError(
            f"there are no colors '{arguments.colors}'{did_you_mean(arguments.colors, SCALES)} "
            f"(known: {', '.join(SCALES)})"
        )
    for path in arguments.track:
        experiment = experiment.recorded(read_track(Path(path)))
    experiment = experiment.scaled(arguments.colors).with_residuals(arguments.residuals)
    landscape = experiment.landscape
    if arguments.slice is not None:
        experiment = _sliced(experiment, arguments.slice)
    intervals = list(experiment.view.domain)
    for axis, (option, given) in enumerate((("--x", arguments.x), ("--y", arguments.y))):
        if given is not None:
            if axis >= landscape.dimension:
                raise UserError(f"{option} has no meaning here: {landscape.name} has one parameter")
            intervals[axis] = given
    domain = Domain.of(*intervals)
    rng = np.random.default_rng(arguments.seed)
    texts = arguments.start or []
    starts = [start for text in texts for start in parse_starts(text, landscape, domain, rng)]
    starts = starts or [experiment.draft.start]
    kinds = _optimizers(arguments, experiment, starts[0])
    if len(starts) * len(kinds) > MOST_STARTS:
        raise UserError(f"{len(starts) * len(kinds):,} runs are too many; at most {MOST_STARTS:,}")
    noise = _noise(arguments)
    rates = _schedule(arguments)
    alike = len(kinds) > 1 and len(starts) > 1  # then an optimizer's runs share a color
    runs = tuple(
        Run(
            optimizer=kind,
            start=start,
            steps=arguments.steps,
            schedule=rates,
            noise=reseeded(noise, place),
            color=number if alike else number * len(starts) + place,
        )
        for (number, kind), (place, start) in product(enumerate(kinds), enumerate(starts))
    )
    return replace(experiment.showing(domain), draft=runs[0], runs=runs)


def _sliced(experiment: Experiment, wanted: str) -> Experiment:
    """Return the experiment with its loss curves cut as the option says."""
    names = experiment.landscape.parameters
    if wanted in names:
        return experiment.sliced(names.index(wanted))
    known = cuts_of(names)
    if wanted not in known:
        raise UserError(
            f"the loss can't be cut along '{wanted}'{did_you_mean(wanted, known)} "
            f"(known: {', '.join(known)})"
        )
    return experiment.with_cut(wanted)


def _schedule(arguments: argparse.Namespace) -> Schedule:
    if arguments.schedule is None:
        return CONSTANT
    name, settings = arguments.schedule
    return schedule(name, **settings)


def _noise(arguments: argparse.Namespace) -> Noise | None:
    if arguments.noise is not None and arguments.batch_size is not None:
        raise UserError("--noise and --batch-size exclude each other; give one of them")
    if arguments.noise is not None:
        return GradientNoise(arguments.noise, arguments.seed)
    if arguments.batch_size is not None:
        return MiniBatch(arguments.batch_size, arguments.seed)
    return None


def _optimizers(
    arguments: argparse.Namespace, experiment: Experiment, start: Start
) -> list[Optimizer]:
    """Return the optimizers; a rate that isn't given is one that does well from the start."""
    draft = experiment.draft.optimizer
    made = []
    for name, values in arguments.optimizer or [(draft.key, {})]:
        kind = optimizer(name, **values)
        if kind.has_learning_rate() and "learning_rate" not in values:
            if arguments.learning_rate is not None:
                kind = with_hyperparameters(kind, learning_rate=arguments.learning_rate)
            elif isinstance(kind, type(draft)):
                kind = with_hyperparameters(kind, learning_rate=getattr(draft, "learning_rate"))  # noqa: B009
            else:
                kind = suggested_optimizer(kind, experiment.landscape, start)
        made.append(kind)
    if arguments.learning_rate is not None and not any(kind.has_learning_rate() for kind in made):
        raise UserError(f"--learning-rate has no meaning here: '{made[0].key}' has none")
    return made


def _prepare_qt() -> None:
    """Make an application that needs no display; one line if Qt itself can't be loaded."""
    from gdviz.app.preflight import problem_with_qt

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problem = problem_with_qt()
    if problem:
        raise UserError(problem.removeprefix("gdviz "))
    from PySide6.QtWidgets import QApplication

    from gdviz.views.lean_pyqtgraph import import_pyqtgraph

    import_pyqtgraph()
    if QApplication.instance() is None:
        _APPLICATIONS.append(QApplication(["gdviz"]))


_APPLICATIONS: list[object] = []


def _compute(descent: Descent) -> Trajectory:
    with _progress_bar("computing", unit=" steps", total=descent.steps) as bar:
        told = None if bar is None else (lambda reached: bar.update(reached - bar.n))
        return compute(descent, told)


@contextmanager
def _progress_bar(what: str, *, unit: str, total: int) -> Iterator[tqdm[NoReturn] | None]:
    """Show a progress bar on a terminal if it takes longer than a second."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=what, total=total, unit=unit, unit_scale=True, delay=1.0, leave=False) as bar:
        yield bar
