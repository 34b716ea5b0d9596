"""The whole experiment file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gdviz.engine import MOST_STEPS
from gdviz.errors import UserError
from gdviz.experiment.document import Document
from gdviz.experiment.experiment import Experiment, Suggestion, ViewSettings
from gdviz.experiment.file.contents import FORMAT, LARGEST_FILE, bytes_of, text_of
from gdviz.experiment.file.json_text import parse_json
from gdviz.experiment.file.landscapes import Opened, Saved, landscape_value, read_landscape
from gdviz.experiment.file.layout import laid_out
from gdviz.experiment.file.migrations import VERSION, migrated
from gdviz.experiment.file.node import LONGEST_TEXT, Fields, Node
from gdviz.experiment.file.plane import plane_value, read_plane
from gdviz.experiment.file.runs import read_run, run_value
from gdviz.experiment.file.saved_surfaces import read_saved_surface, read_saved_track, track_value
from gdviz.experiment.file.saved_tables import Told, read_saved_table, table_value
from gdviz.experiment.file.views import look_value, read_look, read_view, view_value
from gdviz.experiment.look import Look
from gdviz.experiment.run_list import MOST_RUNS
from gdviz.experiment.suggest import suggested_run
from gdviz.experiment.whole_plane import WholePlane
from gdviz.landscapes import Landscape

__all__ = ["document_bytes", "document_from", "read_document"]

_MOST_SURFACES, _MOST_TRACKS = 100, 1_000
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
    "plane",
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
    _check_sizes(experiment)
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


def read_document(path: Path, told: Told | None = None) -> Document:
    """Read an experiment's file.

    Parameters
    ----------
    path : Path
    told : callable, optional
        As `document_from`.

    Raises
    ------
    UserError
        If it can't be read, or is no experiment; with the line and the key that are wrong.
    """
    return document_from(bytes_of(path), path.name, path.resolve().parent, told)


def document_from(
    data: bytes, name: str, folder: Path | None, told: Told | None = None
) -> Document:
    """Return the experiment that a file's bytes hold.

    Parameters
    ----------
    data : bytes
    name : str
        What the file is called in a refusal.
    folder : Path or None
        Where the file stands.
    told : callable, optional
        Is told how much is read of a table's file that the experiment refers to, from 0 to 1;
        what it raises ends the reading.

    Raises
    ------
    UserError
        As `read_document`.
    """
    text = text_of(data, name)
    file = Node(parse_json(text, name), "", text, name)
    found = file.mapping()
    if "format" not in found or found["format"].plain() != FORMAT:
        file.refuse(f'this is no experiment of gdviz: it begins {{"format": "{FORMAT}"')
    fields = migrated(file).fields(_KEYS)
    return _read_document(fields, folder, told)


def _check_sizes(experiment: Experiment) -> None:
    """Refuse what would be refused when the file is read."""
    for what, there, most in (
        ("runs", experiment.runs, MOST_RUNS),
        ("recorded runs", experiment.tracks, _MOST_TRACKS),
    ):
        if len(there) > most:
            raise UserError(
                f"an experiment's file holds at most {most:,} {what}, got {len(there):,}"
            )
    if max(map(len, (experiment.title, *(run.name for run in experiment.runs)))) > LONGEST_TEXT:
        raise UserError(f"titles and names of runs have at most {LONGEST_TEXT:,} characters")


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
        "plane": plane_value(experiment.plane, experiment.landscape),
        "look": look_value(document.look),
        "step": None if document.step is None else int(document.step),
    }


def _read_document(fields: Fields, folder: Path | None, told: Told | None) -> Document:
    table, surfaces, tracks = (fields.get(key) for key in ("table", "surfaces", "tracks"))
    opened = Opened(
        None if table is None else read_saved_table(table, folder, told),
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
        plane=fields.read("plane", lambda n: read_plane(n, landscape), WholePlane()),
    )
    return Document(
        experiment,
        fields.read("look", read_look, Look()),
        None if step is None else step.whole(0, MOST_STEPS),
    )


def _read_suggestion(node: Node, landscape: Landscape, opened: Opened) -> Suggestion:
    fields = node.fields(("landscape", "run"))
    own = fields.get("landscape")
    began = landscape if own is None else read_landscape(own, opened)
    return Suggestion(began, read_run(fields["run"], began))


def _read_selection(node: Node, runs: int) -> tuple[int, ...]:
    rows = [entry.whole(0) for entry in node.items(MOST_RUNS, "selected runs")]
    for place, row in enumerate(rows):
        if row >= runs:
            known = f"from 0 to {runs - 1}" if runs else "none, as there are no runs"
            node.refuse(f"there is no run {row} to be selected; places are {known}")
        if row in rows[:place]:
            node.refuse(f"run {row} is selected twice")
    return tuple(rows)
