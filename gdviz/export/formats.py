"""The formats by file ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Literal, cast

from gdviz.errors import UserError, did_you_mean
from gdviz.export.material import ExportSpec, Material, Told, Writer
from gdviz.whole_file import whole_file

__all__ = ["FORMATS", "Format", "Kind", "export", "format_of", "write"]

Kind = Literal["figure", "film", "data", "script", "experiment"]


@dataclass(frozen=True)
class Format:
    """A file format.

    Attributes
    ----------
    ending : str
        Without the dot.
    title : str
    kind : str
        ``"figure"`` and ``"film"`` show views, so that Qt is needed; ``"data"`` holds numbers,
        ``"script"`` a program, ``"experiment"`` what can be opened again.
    home : str
        Where its `Writer` is, as ``"module:function"``; loaded when something is written.
    """

    ending: str
    title: str
    kind: Kind
    home: str

    @property
    def picture(self) -> bool:
        """Whether it shows views."""
        return self.kind in ("figure", "film")

    def writer(self) -> Writer:
        """Return what writes it."""
        module, _, name = self.home.partition(":")
        return cast("Writer", getattr(import_module(module), name))


FORMATS = {
    known.ending: known
    for known in (
        Format("png", "PNG picture", "figure", "gdviz.export.picture_files:write_png"),
        Format("svg", "SVG vector picture", "figure", "gdviz.export.picture_files:write_svg"),
        Format("pdf", "PDF document", "figure", "gdviz.export.pdf_file:write_pdf"),
        Format("gif", "GIF film", "film", "gdviz.export.film:write_gif"),
        Format("mp4", "MP4 film, H.264", "film", "gdviz.export.film:write_mp4"),
        Format("webp", "WebP film", "film", "gdviz.export.film:write_webp"),
        Format("apng", "Animated PNG film", "film", "gdviz.export.film:write_apng"),
        Format("csv", "CSV table of all steps", "data", "gdviz.export.csv_table:write_csv"),
        Format(
            "gdviz",
            "Experiment, to be opened again",
            "experiment",
            "gdviz.export.experiment_file:write_gdviz",
        ),
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
    path: Path, material: Material, spec: ExportSpec, told: Callable[[float], object] | None = None
) -> None:
    """Write a file in the format that its ending names, whole or not at all.

    Parameters
    ----------
    path : Path
    material : Material
    spec : ExportSpec
    told : callable, optional
        As `Told`.

    Raises
    ------
    UserError
        If the ending is unknown or the file can't be written.
    """
    chosen = format_of(path.suffix)
    with whole_file(path) as file:
        write(chosen, material, spec, file, told)


def write(
    chosen: Format,
    material: Material,
    spec: ExportSpec,
    file: BinaryIO,
    told: Told | None = None,
) -> None:
    """Write to an open binary file."""
    chosen.writer()(material, spec, file, told or (lambda _share: None))
