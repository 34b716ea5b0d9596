"""The whole experiment file."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

from gdviz.engine import MOST_STEPS
from gdviz.errors import UserError
from gdviz.experiment.document import Document
from gdviz.experiment.experiment import Experiment, Suggestion, ViewSettings
from gdviz.experiment.file.data import (
    read_saved_surface,
    read_saved_table,
    read_saved_track,
    table_value,
    track_value,
)
from gdviz.experiment.file.json_text import parse_json
from gdviz.experiment.file.landscapes import Opened, Saved, landscape_value, read_landscape
from gdviz.experiment.file.layout import laid_out
from gdviz.experiment.file.migrations import VERSION, migrated
from gdviz.experiment.file.node import Fields, Node
from gdviz.experiment.file.runs import read_run, run_value
from gdviz.experiment.file.views import look_value, read_look, read_view, view_value
from gdviz.experiment.look import Look
from gdviz.experiment.run_list import MOST_RUNS
from gdviz.experiment.suggest import suggested_run

__all__ = [
    "FORMAT",
    "LARGEST_FILE",
    "document_bytes",
    "document_from",
    "looks_like_document",
    "read_document",
]

FORMAT = "gdviz-experiment"
LARGEST_FILE = 128_000_000
_MOST_SURFACES, _MOST_TRACKS = 100, 1_000
_BEGINNING = 4096
_FORMAT = re.compile(rb'"format"\s*:\s*"' + FORMAT.encode() + rb'"')
_KEYS = (
    "format",
    "version",
    "title",
    "landscape",
    "runs",
    "selection",
    "draft",
    "suggestion",
    "view",
    "look",
    "step",
    "table",
    "surfaces",
    "tracks",
)


def document_bytes(
    document: Document, *, folder: Path | None = None, embed: bool | None = None
) -> bytes:
    """Return an experiment's file.

    Parameters
    ----------
    document : Document
    folder : Path, optional
        Where the file will stand; paths of data files in it are relative to this folder.
    embed : bool, optional
        Whether the file holds the numbers of tables and measured surfaces itself; if left
        out, it does unless they are large and can be read again from where they came from.

    Raises
    ------
    UserError
        If the file could not be opened again: too many runs, too much data.
    """
    experiment = document.experiment
    if len(experiment.runs) > MOST_RUNS:
        raise UserError(
            f"an experiment's file holds at most {MOST_RUNS:,} runs, got {len(experiment.runs):,}"
        )
    saved = Saved(folder, embed, experiment.table)
    value = _document_value(document, saved)
    if experiment.table is not None:
        value["table"] = table_value(experiment.table, folder, embed)
    if saved.surfaces:
        value["surfaces"] = saved.surface_values()
    if experiment.tracks:
        value["tracks"] = [track_value(track) for track in experiment.tracks]
    data = laid_out(value).encode()
    if len(data) > LARGEST_FILE:
        raise UserError(
            f"the experiment is too large to be saved: {len(data) / 1e6:,.0f} MB, at most "
            f"{LARGEST_FILE / 1e6:,.0f} MB"
        )
    return data


def read_document(path: Path) -> Document:
    """Read an experiment's file.

    Raises
    ------
    UserError
        If it can't be read, or is no experiment; with the line and the key that are wrong.
    """
    return document_from(_bytes_of(path), path.name, path.parent)


def document_from(data: bytes, name: str, folder: Path | None) -> Document:
    """Return the experiment that a file's bytes hold.

    Parameters
    ----------
    data : bytes
    name : str
        What the file is called in a refusal.
    folder : Path or None
        Where the file stands.

    Raises
    ------
    UserError
        As `read_document`.
    """
    if len(data) > LARGEST_FILE:
        raise UserError(_too_large(name, len(data)))
    text = _text(data, name)
    file = Node(parse_json(text, name), "", text, name)
    found = file.mapping()
    if "format" not in found or found["format"].plain() != FORMAT:
        file.refuse(f'this is no experiment of gdviz: it begins {{"format": "{FORMAT}"')
    fields = migrated(file).fields(_KEYS)
    return _read_document(fields, folder)


def looks_like_document(path: Path | str) -> bool:
    """Tell by its content whether a file holds an experiment."""
    where = Path(path)
    try:
        if not where.is_file():
            return False
        with where.open("rb") as file:
            return _FORMAT.search(file.read(_BEGINNING)) is not None
    except (OSError, ValueError):
        return False


def _document_value(document: Document, saved: Saved) -> dict[str, Any]:
    experiment = document.experiment
    suggestion = experiment.suggestion
    suggested: dict[str, Any] = {"run": run_value(suggestion.run)}
    landscape = landscape_value(experiment.landscape, saved)
    if suggestion.landscape != experiment.landscape:
        suggested["landscape"] = landscape_value(suggestion.landscape, saved)
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": experiment.title,
        "landscape": landscape,
        "runs": [run_value(run) for run in experiment.runs],
        "selection": [int(row) for row in experiment.selection if row < len(experiment.runs)],
        "draft": run_value(experiment.draft),
        "suggestion": suggested,
        "view": view_value(experiment.view),
        "look": look_value(document.look),
        "step": None if document.step is None else int(document.step),
    }


def _read_document(fields: Fields, folder: Path | None) -> Document:
    table, surfaces, tracks = (fields.get(key) for key in ("table", "surfaces", "tracks"))
    opened = Opened(
        None if table is None else read_saved_table(table, folder),
        ()
        if surfaces is None
        else tuple(
            read_saved_surface(n, folder) for n in surfaces.items(_MOST_SURFACES, "surfaces")
        ),
    )
    landscape = read_landscape(fields["landscape"], opened)
    runs = tuple(read_run(n, landscape) for n in fields["runs"].items(MOST_RUNS, "runs"))
    draft, suggestion, view = (fields.get(key) for key in ("draft", "suggestion", "view"))
    first = runs[0] if runs else None
    suggested = (
        Suggestion(landscape, first or suggested_run(landscape))
        if suggestion is None
        else _read_suggestion(suggestion, landscape, opened)
    )
    step = fields.get("step")
    experiment = Experiment(
        title=fields.read("title", Node.text, landscape.expression),
        landscape=landscape,
        draft=first or suggested.run if draft is None else read_run(draft, landscape),
        runs=runs,
        view=ViewSettings(landscape.domain) if view is None else read_view(view, landscape),
        suggestion=suggested,
        table=opened.table,
        tracks=()
        if tracks is None
        else tuple(
            read_saved_track(n, landscape.dimension) for n in tracks.items(_MOST_TRACKS, "tracks")
        ),
        selection=fields.read(
            "selection", lambda n: _read_selection(n, len(runs)), (0,) if runs else ()
        ),
    )
    return Document(
        experiment,
        fields.read("look", read_look, Look()),
        None if step is None else step.whole(0, MOST_STEPS),
    )


def _read_suggestion(node: Node, landscape: Any, opened: Opened) -> Suggestion:  # noqa: ANN401
    fields = node.fields(("landscape", "run"))
    own = fields.get("landscape")
    began = landscape if own is None else read_landscape(own, opened)
    if own is not None and began.parameters != landscape.parameters:
        own.refuse(f"its parameters must be those of the landscape: {landscape.parameters}")
    return Suggestion(began, read_run(fields["run"], began))


def _read_selection(node: Node, runs: int) -> tuple[int, ...]:
    rows = [entry.whole(0) for entry in node.items(MOST_RUNS, "selected runs")]
    for place, row in enumerate(rows):
        if row >= runs:
            node.refuse(f"run {row} is selected, but there are {runs} runs, counted from 0")
        if row in rows[:place]:
            node.refuse(f"run {row} is selected twice")
    return tuple(rows)


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UserError(f"'{path}' is a folder; name a file")
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"'{path}' is no ordinary file")
        if found.st_size > LARGEST_FILE:
            raise UserError(_too_large(path.name, found.st_size))
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UserError(f"there is no file '{path}'") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"'{path}' can't be read: {reason.lower()}") from None


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{name}, line {line}: this is no UTF-8") from None


def _too_large(name: str, size: int) -> str:
    return (
        f"'{name}' is too large for an experiment: {size / 1e6:,.0f} MB, at most "
        f"{LARGEST_FILE / 1e6:,.0f} MB"
    )
