"""Trajectories as JSON: what each run was asked for, how it ended, and all its steps."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np

from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.plane_files import PLANE_CONTENTS, write_plane
from gdviz.export.run_records import RunRecords, about_landscape, records_of
from gdviz.export.strict_json import JsonFile, json_text, number_list

__all__ = ["RUNS_FORMAT", "RUNS_VERSION", "columns_of", "write_json"]

RUNS_FORMAT, RUNS_VERSION = "gdviz-runs", 1


def write_json(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write all records of all runs, or what else is asked for; see `gdviz.export.strict_json`."""
    if spec.data.content == "field":
        from gdviz.export.field_files import write_field_json

        write_field_json(material, spec, file, told)
        return
    if spec.data.content in PLANE_CONTENTS:
        write_plane("json", material, spec, file, told)
        return
    experiment = material.experiment
    out = JsonFile(file)
    head = {"format": RUNS_FORMAT, "version": RUNS_VERSION, **about_landscape(experiment)}
    out.write(json_text(head)[:-1], ', "runs": [')
    names = experiment.landscape.parameters
    total = len(experiment.runs) + len(experiment.tracks)
    for run in records_of(material):
        out.write(",\n" if run.number > 1 else "\n", json_text(run.about())[:-1], ', "records": {')
        columns = columns_of(run, names)
        for place, (name, values) in enumerate(columns.items(), start=1):
            out.write(",\n  " if place > 1 else "\n  ", json_text(name), ": ", number_list(values))
            told((run.number - 1 + place / len(columns)) / max(total, run.number))
        out.write("}}")
    out.write("\n]}\n")


def columns_of(run: RunRecords, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Return the records of a run by the names of the table's columns."""
    slopes = [f"gradient_{name}" for name in names]
    return {
        "step": run.step,
        **dict(zip(names, run.params.T, strict=True)),
        "loss": run.loss,
        **dict(zip(slopes, run.gradient.T, strict=True)),
        "gradient_norm": run.gradient_norm,
    }
