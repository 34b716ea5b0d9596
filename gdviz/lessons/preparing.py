"""From a step of a lesson to the experiment with which it begins."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from gdviz.engine import check_start
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run, ViewSettings, open_experiment
from gdviz.experiment.suggest import suggested_optimizer, suggested_start
from gdviz.formulas import FormulaError
from gdviz.landscapes import PRESETS, Domain, Landscape, preset
from gdviz.lessons.lesson import Lesson, LessonView, Setup
from gdviz.optimizers import optimizer

__all__ = ["bare_landscape", "file_of", "prepared"]

_LONGEST_NAME = 255
_FILE = re.compile(r"[/\\]|\.[A-Za-z][A-Za-z0-9]*$")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,}")


def prepared(lesson: Lesson, number: int) -> Experiment:
    """Return the experiment with which a step begins, with everything compiled.

    Parameters
    ----------
    lesson : Lesson
    number : int
        The step's place, from 0.

    Raises
    ------
    UserError
        If a file beside the lesson's can't be opened, or there is no loss at the start.
    """
    step = lesson.steps[number]
    try:
        return _experiment(step.setup, lesson.path.parent)
    except UserError as error:
        raise UserError(f"{lesson.path.name}, line {step.line}: {error}") from None


def bare_landscape(source: str, folder: Path) -> Landscape:
    """Return the landscape of a step, without computing anything on it.

    Parameters
    ----------
    source : str
        As `Setup` has it.
    folder : Path
        Where the lesson's file lies.

    Raises
    ------
    UserError
        If there is none.
    """
    from gdviz.landscapes.formula import FormulaLandscape

    if _is_preset(source):
        return preset(source).build()
    path = file_of(source, folder)
    if path is not None:
        return open_experiment(str(path)).landscape
    try:
        return FormulaLandscape.of(source)
    except FormulaError as error:
        if _FILE.search(source):
            raise UserError(f"there is no file '{source}' beside the lesson") from None
        if _WORD.fullmatch(source):
            return preset(source).build()  # whose refusal names the nearest one
        where = f"character {error.position + 1} of the formula '{source}'"
        raise UserError(f"{error} (at {where})") from None


def file_of(source: str, folder: Path) -> Path | None:
    """Return the file beside the lesson's that a source names; None if it names none."""
    if not source.strip() or "\0" in source or len(source) > _LONGEST_NAME:
        return None
    inside = Path(source)
    if inside.is_absolute() or ".." in inside.parts:
        return None
    path = folder / inside
    return path if path.is_file() else None


def _is_preset(source: str) -> bool:
    return any(source == known.name for known in PRESETS)


def _experiment(setup: Setup, folder: Path) -> Experiment:
    source = setup.source
    first: Run | None
    if _is_preset(source):
        begun = Experiment.of(preset(source))
        first, title, table = begun.draft, begun.title, None
        landscape = begun.landscape
    else:
        path = file_of(source, folder)
        opened = None if path is None else open_experiment(str(path))
        landscape = bare_landscape(source, folder) if opened is None else opened.landscape
        first = None if opened is None else opened.draft
        title = landscape.expression if opened is None else opened.title
        table = None if opened is None else opened.table
    run = _run(setup, landscape, first)
    check_start(landscape, np.array(run.start))
    landscape.hessian([run.start])  # compiled here, where nobody waits for it
    made = Experiment.on(landscape, title, run, table=table)
    return replace(made, view=_view(setup.view, made.view.domain, landscape.dimension))


def _run(setup: Setup, landscape: Landscape, first: Run | None) -> Run:
    """Return the step's run, with what suits the landscape where the lesson names nothing."""
    start = setup.start
    if start is None:
        start = first.start if first else suggested_start(landscape)
    chosen = setup.optimizer
    if not setup.rate_named:
        if first is not None and chosen == optimizer(first.optimizer.key):
            chosen = first.optimizer
        else:
            chosen = suggested_optimizer(chosen, landscape, start)
    return Run(chosen, start, setup.steps)


def _view(view: LessonView, domain: Domain, parameters: int) -> ViewSettings:
    intervals = list(domain)
    for axis, interval in enumerate((view.x, view.y)[:parameters]):
        intervals[axis] = interval or intervals[axis]
    return ViewSettings(Domain.of(*intervals), view.slice_axis or 0, view.cut)
