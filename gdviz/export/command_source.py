"""What a landscape is made from, as the words of a shell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run
from gdviz.experiment.source import kind_of
from gdviz.experiment.words import number_words
from gdviz.export.order.options import FLAGS
from gdviz.landscapes import PRESETS, Landscape, Preset
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.formula import FormulaLandscape, Knob
from gdviz.landscapes.sampled import SampledLandscape, preferred_metric
from gdviz.optimizers import optimizer
from gdviz.tables import DELIMITERS, Table, detect

__all__ = ["name_of", "usual_run", "words_of_source"]

_SMALL = 200_000
"""Bytes of a file that is looked into at once to tell its kind."""


def name_of(experiment: Experiment) -> str:
    """Return what an experiment's landscape can be opened by.

    Raises
    ------
    UserError
        If there is nothing a shell could name.
    """
    landscape = experiment.landscape
    known = _preset_of(landscape)
    if known is not None:
        return known.name
    if isinstance(landscape, FormulaLandscape) and landscape.known_minima:
        raise _save_first(f"'{landscape.name}' knows minima that its formula doesn't tell")
    if isinstance(landscape, FormulaLandscape):
        return landscape.text
    path = _path_of(experiment)
    if path is None:
        raise _save_first(f"'{landscape.name}' has no file")
    if not path.is_file():
        raise _save_first(f"there is no file '{path}' any more")
    return str(path.absolute())


def usual_run(experiment: Experiment) -> Run | None:
    """Return the run that a shell's words make where they say nothing of runs.

    None where it is looked for, as the search may have another result next year.
    """
    known = _preset_of(experiment.landscape)
    if known is None:
        return None
    return Run(optimizer("gd", learning_rate=known.learning_rate), known.start)


def words_of_source(experiment: Experiment, source: str) -> list[str]:
    """Return the options that say how a source is read."""
    landscape = experiment.landscape
    if isinstance(landscape, FormulaLandscape):
        known = _preset_of(landscape)
        made = known.build() if known is not None else None
        usual = made.knobs if isinstance(made, FormulaLandscape) else map(Knob, _names(landscape))
        kind = "preset" if known is not None else "formula"
        return [*_kind(source, kind), *_knobs(landscape, tuple(usual))]
    if isinstance(landscape, SampledLandscape):
        words = _kind(source, "surface")
        if landscape.metric != preferred_metric(landscape.surface):
            words += [FLAGS["metric"], landscape.metric]
        return words
    if isinstance(landscape, FitLandscape) and experiment.table is not None:
        return [*_kind(source, "table"), *_fit(landscape, experiment.table)]
    return []


def _kind(source: str, kind: str) -> list[str]:
    """Return the kind, if it would not be told rightly, or not quickly."""
    path = Path(source)
    if kind in ("table", "surface") and path.is_file() and path.stat().st_size > _SMALL:
        return [FLAGS["kind"], kind]
    try:
        return [] if kind_of(source) == kind else [FLAGS["kind"], kind]
    except UserError:
        return [FLAGS["kind"], kind]


def _knobs(landscape: FormulaLandscape, usual: tuple[Knob, ...]) -> list[str]:
    values = {knob.name: knob.value for knob in usual}
    return [
        word
        for knob in landscape.knobs
        if knob.value != values[knob.name]
        for word in (FLAGS["knobs"], f"{knob.name}={number_words(knob.value)}")
    ]


def _names(landscape: FormulaLandscape) -> list[str]:
    return [knob.name for knob in landscape.knobs]


def _fit(landscape: FitLandscape, table: Table) -> list[str]:
    from gdviz.landscapes.fit import suggest_choice

    choice = landscape.choice
    usual = suggest_choice(table, choice.feature, choice.label)
    words = [FLAGS["x_column"], choice.feature, FLAGS["y_column"], choice.label]
    if choice.model != usual.model:
        words += [FLAGS["model"], choice.model]
    if choice.loss != usual.loss:
        words += [FLAGS["loss"], choice.loss]
    words += [
        _switch(name, getattr(choice, name))
        for name in ("bias", "standardize")
        if getattr(choice, name) is not getattr(usual, name)
    ]
    assert table.path is not None
    dialect, told = table.dialect, detect(table.path)
    if dialect.delimiter != told.delimiter:
        words += [FLAGS["delimiter"], DELIMITERS[dialect.delimiter]]
    for flag, written, found in (
        ("decimal", dialect.decimal, told.decimal),
        ("encoding", dialect.encoding, told.encoding),
        ("skip", dialect.skipped, told.skipped),
    ):
        if written != found:
            words += [FLAGS[flag], str(written)]
    if dialect.header is not told.header:
        words.append(_switch("header", dialect.header))
    return words


def _switch(name: str, on: bool) -> str:
    return FLAGS[name] if on else "--no-" + FLAGS[name].removeprefix("--")


def _path_of(experiment: Experiment) -> Path | None:
    landscape = experiment.landscape
    if isinstance(landscape, SampledLandscape):
        return landscape.surface.path
    return None if experiment.table is None else experiment.table.path


def _preset_of(landscape: Landscape) -> Preset | None:
    """Return the preset that a landscape is, whatever its sliders say."""
    for known in PRESETS:
        if known.name == landscape.name:
            made = known.build()
            if isinstance(made, FormulaLandscape) and isinstance(landscape, FormulaLandscape):
                return known if replace(made, knobs=landscape.knobs) == landscape else None
            return known if made == landscape else None
    return None


def _save_first(why: str) -> UserError:
    return UserError(f"{why}: save the experiment, and render the saved file")
