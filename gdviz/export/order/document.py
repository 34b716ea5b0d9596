"""From a source and options to the document that is exported."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from gdviz.engine import SCALES
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import Document, Experiment, open_document
from gdviz.experiment.experiment import cuts_of
from gdviz.export.order.options import Options
from gdviz.export.order.plane import with_plane
from gdviz.export.order.reading import reading_of
from gdviz.export.order.runs import with_runs
from gdviz.export.order.spec import look_of, step_of
from gdviz.landscapes import PRESETS, Domain, Landscape
from gdviz.surfaces import Track, read_track

__all__ = ["Source", "document_of"]

Source = str | os.PathLike[str] | Landscape | Experiment | Document
"""What may be exported: what the command line calls SOURCE, or something made of it."""


def document_of(
    source: Source, options: Options, told: Callable[[float], object] | None = None
) -> Document:
    """Return the document that a source and options stand for.

    Parameters
    ----------
    source : Source
    options : Options
    told : callable, optional
        Is told how much of a file is read, from 0 to 1.

    Raises
    ------
    UserError
        If there is no such source, or an option does not go with it.
    """
    opened = _opened(source, options, told)
    experiment = _seen(opened.experiment, options)
    experiment = with_runs(_laid_over(experiment, options), options)
    experiment = with_plane(experiment, options)
    return Document(experiment, look_of(options, opened.look), step_of(options, opened.step))


def _opened(source: Source, options: Options, told: Callable[[float], object] | None) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, Experiment):
        return Document(source)
    if isinstance(source, Landscape):
        return Document(_on(source))
    words = os.fspath(source)
    if _is_lesson(words):
        raise UserError(
            f"'{words}' is a lesson, which is no picture; open it in the window: gdviz {words}"
        )
    return open_document(words, reading_of(options, words), told)


def _is_lesson(words: str) -> bool:
    try:
        if not Path(words).is_file():  # a preset's name need not load what reads lessons
            return False
    except (OSError, ValueError):
        return False
    from gdviz.lessons import looks_like_lesson

    return looks_like_lesson(words)


def _on(landscape: Landscape) -> Experiment:
    for preset in PRESETS:
        if preset.name == landscape.name and preset.build() == landscape:
            return Experiment.of(preset)
    return Experiment.on(landscape, landscape.expression)


def _seen(experiment: Experiment, options: Options) -> Experiment:
    """Return the experiment with what is wanted of its view."""
    view, landscape = experiment.view, experiment.landscape
    intervals = list(view.domain)
    for axis, interval in enumerate((options.get("x"), options.get("y"))):
        if interval is None:
            continue
        if axis >= landscape.dimension:
            raise UserError(f"a range of y has no meaning here: {landscape.name} has one parameter")
        intervals[axis] = (float(interval[0]), float(interval[1]))
    colors = options.get("colors", view.scaling)
    if colors not in SCALES:
        raise UserError(
            f"there are no colors '{colors}'{did_you_mean(colors, SCALES)} "
            f"(known: {', '.join(SCALES)})"
        )
    view = replace(
        view,
        domain=Domain.of(*intervals),
        scaling=colors,
        residuals=options.get("residuals", view.residuals),
    )
    experiment = replace(experiment, view=view)
    return _sliced(experiment, options["slice"]) if "slice" in options else experiment


def _sliced(experiment: Experiment, wanted: str) -> Experiment:
    """Return the experiment with its loss curves cut along a parameter, both, or the ray."""
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


def _laid_over(experiment: Experiment, options: Options) -> Experiment:
    """Return the experiment with recorded runs laid over it."""
    for number, track in enumerate(options.get("tracks", ()), start=1):
        if isinstance(track, np.ndarray):
            points = np.array(track, dtype=np.float64).reshape(len(track), -1)
            experiment = experiment.recorded(Track(f"recorded run {number}", points))
        else:
            experiment = experiment.recorded(read_track(Path(track)))
    return experiment
