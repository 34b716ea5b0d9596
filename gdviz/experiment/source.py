"""From what a user names to what gdviz opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.document import Document
from gdviz.experiment.experiment import Experiment
from gdviz.formulas import FormulaError, parse
from gdviz.landscapes import PRESETS, Landscape, preset
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.tables import Dialect, Table

__all__ = [
    "SOURCE_KINDS",
    "Reading",
    "TableWish",
    "open_document",
    "open_experiment",
    "open_landscape",
]

SOURCE_KINDS = ("preset", "formula", "table", "surface", "experiment")
_ENDINGS = frozenset(
    [
        ".csv",
        ".tsv",
        ".txt",
        ".h5",
        ".hdf5",
        ".npz",
        ".npy",
        ".json",
        ".p",
        ".pkl",
        ".pt",
        ".pth",
        ".gdviz",
        ".yaml",
        ".yml",
    ]
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,}")
_PATH = re.compile(r"[\w.~-]*[/\\\\][\w./\\\\ ~-]*")
_LONGEST_PATH = 4096


@dataclass(frozen=True)
class TableWish:
    """What a user asks of a table; None where what suits the table is taken.

    Attributes
    ----------
    feature, label : str or None
        Names of columns.
    model, loss : str or None
        As `FitChoice` has them.
    bias, standardize : bool or None
    dialect : Dialect or None
        How the file is read.
    """

    feature: str | None = None
    label: str | None = None
    model: str | None = None
    loss: str | None = None
    bias: bool | None = None
    standardize: bool | None = None
    dialect: Dialect | None = None


@dataclass(frozen=True)
class Reading:
    """How a source is to be read.

    Attributes
    ----------
    kind : str or None
        One of `SOURCE_KINDS`; None to tell it by content.
    table : TableWish
    metric : str or None
        Which metric of a surface.
    knobs : tuple of (str, float)
        Values for a formula's sliders.
    """

    kind: str | None = None
    table: TableWish = TableWish()
    metric: str | None = None
    knobs: tuple[tuple[str, float], ...] = ()


def open_experiment(
    source: str,
    reading: Reading | None = None,
    progress: Callable[[float], object] | None = None,
) -> Experiment:
    """Return the experiment that a source stands for.

    Parameters
    ----------
    source : str
        The name of a preset such as ``"valley"``; a formula; or a path to a table, to a
        sampled surface or to a saved experiment.
    reading : Reading, optional
    progress : callable, optional
        Is told how much of a file is read, from 0 to 1; what it raises ends the reading.

    Raises
    ------
    UserError
        If there is no such source, or it can't be understood.
    """
    return open_document(source, reading, progress).experiment


def open_document(
    source: str,
    reading: Reading | None = None,
    progress: Callable[[float], object] | None = None,
) -> Document:
    """Return the document that a source stands for; takes and raises what `open_experiment` does.

    A saved experiment has its look and the step at which its playhead stood; what else there is
    has a plain look, and the playhead at the end.
    """
    wanted = reading or Reading()
    kind = wanted.kind or _kind_of(source)
    if kind == "experiment":
        from gdviz.experiment.file import read_document

        return read_document(Path(source), progress)
    return Document(_opened(source, kind, wanted, progress))


def _opened(
    source: str,
    kind: str,
    wanted: Reading,
    progress: Callable[[float], object] | None,
) -> Experiment:
    """Return the experiment on what a source of a kind stands for."""
    if kind == "preset":
        experiment = Experiment.of(preset(source))
    elif kind == "formula":
        experiment = _of_formula(source, wanted)
    elif kind == "table":
        experiment = _of_table(Path(source), wanted.table, progress)
    elif kind == "surface":
        experiment = _of_surface(Path(source), wanted.metric)
    else:
        raise UserError(
            f"'{kind}' is no kind of source{did_you_mean(kind, SOURCE_KINDS)} "
            f"(known: {', '.join(SOURCE_KINDS)})"
        )
    return experiment


def open_landscape(source: str, **knobs: float) -> Landscape:
    """Return the landscape that a source stands for.

    Parameters
    ----------
    source : str
        As `open_experiment` takes it.
    **knobs : float
        Values for a formula's sliders: ``landscape("a x^2", a=3)``.
    """
    reading = Reading(knobs=tuple((name, float(value)) for name, value in knobs.items()))
    return open_experiment(source, reading).landscape


def _kind_of(source: str) -> str:
    """Tell a preset's name, a path and a formula apart."""
    if any(source == known.name for known in PRESETS):
        return "preset"
    if not source.strip():
        raise UserError(f"'{source}' names no landscape (see 'gdviz list landscapes')")
    path = Path(source)
    if "\0" not in source and len(source) < _LONGEST_PATH and path.exists():
        return _kind_of_file(path)
    if path.suffix.lower() in _ENDINGS:
        raise UserError(f"there is no file '{source}'")
    try:
        parse(source)
    except FormulaError:
        if _PATH.fullmatch(source):
            raise UserError(f"there is no file '{source}', and it is no formula") from None
        if _WORD.fullmatch(source.strip()):
            return "preset"  # whose refusal names the nearest one
    return "formula"


def _kind_of_file(path: Path) -> str:
    from gdviz.experiment.file import looks_like_document
    from gdviz.surfaces import looks_like_surface

    if path.is_dir():
        raise UserError(f"'{path}' is a folder; name a file")
    if path.suffix.lower() == ".gdviz" or looks_like_document(path):
        return "experiment"
    return "surface" if looks_like_surface(path) else "table"


def _of_formula(text: str, wanted: Reading) -> Experiment:
    from gdviz.landscapes.formula import FormulaLandscape

    try:
        landscape = FormulaLandscape.of(text, dict(wanted.knobs))
    except FormulaError as error:
        where = f"character {error.position + 1} of the formula '{text.strip()}'"
        raise UserError(f"{error} (at {where})") from None
    return Experiment.on(landscape, landscape.expression)


def _of_table(
    path: Path, wish: TableWish, progress: Callable[[float], object] | None
) -> Experiment:
    from gdviz.experiment.file.references import read_with_stamp
    from gdviz.landscapes.fit import fit_landscape
    from gdviz.tables import read_table

    table = read_with_stamp(path, lambda where: read_table(where, wish.dialect, progress))
    landscape = fit_landscape(table, _choice(table, wish))
    return Experiment.on(landscape, path.name, table=table)


def _choice(table: Table, wish: TableWish) -> FitChoice:
    """Return what is wished of a table, and what suits it where nothing is."""
    from gdviz.landscapes.fit import suggest_choice

    asked = {
        name: value
        for name in ("model", "loss", "bias", "standardize")
        if (value := getattr(wish, name)) is not None
    }
    if asked.get("model") == "logistic":
        asked.setdefault("loss", "log")
    elif asked.get("loss") == "log":
        asked.setdefault("model", "logistic")
    elif "loss" in asked:
        asked.setdefault("model", "linear")
    elif asked.get("model") == "linear":
        asked.setdefault("loss", "mse")
    return replace(suggest_choice(table, wish.feature, wish.label), **asked)


def _of_surface(path: Path, metric: str | None) -> Experiment:
    from gdviz.experiment.file.references import read_with_stamp
    from gdviz.landscapes.sampled import SampledLandscape
    from gdviz.surfaces import read_surface

    landscape = SampledLandscape.of(read_with_stamp(path, read_surface), metric)
    return Experiment.on(landscape, path.name)
