"""The formats by file ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gdviz.engine import Trajectory
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import Experiment
from gdviz.export.csv_table import write_csv
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.whole_file import whole_file

__all__ = ["FORMATS", "Format", "export", "format_of", "write"]


@dataclass(frozen=True)
class Format:
    """A file format.

    Attributes
    ----------
    ending : str
        Without the dot.
    title : str
    picture : bool
        Whether it shows a view, so that a `FigureSpec` applies and Qt is needed.
    """

    ending: str
    title: str
    picture: bool


FORMATS = {
    known.ending: known
    for known in (
        Format("png", "PNG picture", picture=True),
        Format("svg", "SVG vector picture", picture=True),
        Format("csv", "CSV table of all steps", picture=False),
    )
}


def format_of(ending: str) -> Format:
    """Return the format for an ending such as ``"png"`` or ``".png"``.

    Raises
    ------
    UserError
        If there is none.
    """
    plain = ending.lower().removeprefix(".")
    if plain not in FORMATS:
        what = f"'.{plain}' files" if plain else "a file without an ending"
        raise UserError(
            f"gdviz cannot write {what}{did_you_mean(plain, FORMATS)} "
            f"(known: {', '.join('.' + known for known in FORMATS)})"
        )
    return FORMATS[plain]


def export(
    path: Path, experiment: Experiment, trajectories: Sequence[Trajectory], spec: FigureSpec
) -> None:
    """Write a file in the format that its ending names, whole or not at all.

    Parameters
    ----------
    path : Path
    experiment : Experiment
    trajectories : sequence of Trajectory
        What was computed of its runs, in order.
    spec : FigureSpec
        For pictures.

    Raises
    ------
    UserError
        If the ending is unknown or the file can't be written.
    """
    chosen = format_of(path.suffix)
    with whole_file(path) as file:
        write(chosen, experiment, trajectories, spec, file)


def write(
    chosen: Format,
    experiment: Experiment,
    trajectories: Sequence[Trajectory],
    spec: FigureSpec,
    file: BinaryIO,
) -> None:
    """Write to an open binary file."""
    if chosen.ending == "csv":
        write_csv(experiment, trajectories, file)
        return
    from gdviz.export.figure import write_png, write_svg  # needs Qt, which a table does not

    writers = {"png": write_png, "svg": write_svg}
    writers[chosen.ending](experiment, trajectories, spec, file)
