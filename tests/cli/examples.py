"""The examples of help and README: found, given their files, and run at small size."""

from __future__ import annotations

import shlex
from pathlib import Path

import h5py
import numpy as np

from gdviz.experiment import open_document
from gdviz.experiment.file import document_bytes
from gdviz.export.formats import FORMATS

SMALL = "240x180"


def write_files_of_the_examples(folder: Path) -> None:
    """Write the files that examples read."""
    (folder / "table.csv").write_text("height,weight\n170,65\n180,82\n165,58\n", "utf-8")
    axis = np.linspace(-1.0, 1.0, 5)
    with h5py.File(folder / "surface.h5", "w") as file:
        file["xcoordinates"] = file["ycoordinates"] = axis
        file["train_loss"] = file["test_loss"] = axis[:, None] ** 2 + axis**2 + 1.0
    with h5py.File(folder / "run_proj_cos.h5", "w") as file:
        file["proj_xcoord"], file["proj_ycoord"] = axis, -axis
    (folder / "mine.gdviz").write_bytes(document_bytes(open_document("valley")))


def written(words: list[str]) -> Path | None:
    """Return the file that a command writes."""
    return Path(words[words.index("-o") + 1]) if "-o" in words else None


def small(line: str) -> list[str]:
    """Return an example's words after ``gdviz``, such that it is done quickly."""
    words = shlex.split(line)[1:]
    out = written(words)
    if words[0] != "render" or out is None:
        return words
    chosen = FORMATS[out.suffix.removeprefix(".")]
    if chosen.picture:
        for option in ("--size", "--preset", "--dpi", "--scale"):
            if option in words:
                place = words.index(option)
                del words[place : place + 2]
        words += ["--size", SMALL]
    if chosen.kind == "film":
        words += ["--fps", "2"]
    return words
