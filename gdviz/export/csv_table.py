"""Trajectories as a table: one row for each run and step; or the loss on a grid."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.plane_files import PLANE_CONTENTS, write_plane
from gdviz.export.run_records import RunRecords, records_of

__all__ = ["header", "write_csv"]

_AT_ONCE = 4096


def header(parameters: Sequence[str]) -> list[str]:
    """Return the column names for a landscape's parameters."""
    slopes = [f"gradient_{name}" for name in parameters]
    return ["run", "optimizer", "step", *parameters, "loss", *slopes, "gradient_norm"]


def write_csv(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write all records of all runs, or what else is asked for; floats read back bit for bit.

    The file gets UTF-8 with line feeds; runs are numbered from 1.
    """
    if spec.data.content == "field":
        from gdviz.export.field_files import write_field_csv

        write_field_csv(material, spec, file, told)
        return
    if spec.data.content in PLANE_CONTENTS:
        write_plane("csv", material, spec, file, told)
        return
    experiment = material.experiment
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header(experiment.landscape.parameters))
    total = len(experiment.runs) + len(experiment.tracks)
    for run in records_of(material):
        for first in range(0, run.step.size, _AT_ONCE):
            writer.writerows(_rows(run, slice(first, first + _AT_ONCE)))
            done = min((first + _AT_ONCE) / run.step.size, 1.0)
            told((run.number - 1 + done) / max(total, run.number))
    text.detach()


def _rows(run: RunRecords, some: slice) -> Iterator[list[object]]:
    records = zip(
        run.step[some].tolist(),
        run.params[some].tolist(),
        run.loss[some].tolist(),
        run.gradient[some].tolist(),
        run.gradient_norm[some].tolist(),
        strict=True,
    )
    for step, params, loss, gradient, norm in records:
        numbers = map(repr, [*params, loss, *gradient, norm])
        yield [run.number, run.optimizer, step, *numbers]
