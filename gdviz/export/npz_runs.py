"""Trajectories as NumPy arrays: one below the other, as in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

import numpy as np

from gdviz.export.json_runs import RUNS_FORMAT, RUNS_VERSION
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.npz_arrays import NpzFile
from gdviz.export.plane_files import PLANE_CONTENTS, write_plane
from gdviz.export.run_records import RunRecords, about_landscape, records_of
from gdviz.export.strict_json import json_text

__all__ = ["write_npz"]

_FLOAT, _WHOLE = np.dtype("<f8"), np.dtype("<i8")


def write_npz(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write all records of all runs, or what else is asked for, as plain arrays.

    The records of all runs stand one below the other, so that runs may differ in length:
    ``loss[run == 2]`` are the losses of the second one.
    """
    if spec.data.content == "field":
        from gdviz.export.field_files import write_field_npz

        write_field_npz(material, spec, file, told)
        return
    if spec.data.content in PLANE_CONTENTS:
        write_plane("npz", material, spec, file, told)
        return
    archive = NpzFile(file)
    _add_runs(archive, material, told)
    archive.close()


def _add_runs(archive: NpzFile, material: Material, told: Told) -> None:
    experiment = material.experiment
    runs = list(records_of(material))
    dimension = experiment.landscape.dimension
    head = {"format": RUNS_FORMAT, "version": RUNS_VERSION, **about_landscape(experiment)}
    archive.add("about", json_text(head))
    archive.add("parameters", list(experiment.landscape.parameters))
    for name, text in (
        ("label", lambda run: run.label),
        ("optimizer", lambda run: run.optimizer),
        ("hyperparameters", lambda run: json_text(run.hyperparameters)),
        ("schedule", lambda run: json_text(run.schedule)),
        ("noise", lambda run: json_text(run.noise)),
        ("outcome", lambda run: run.outcome),
        ("sentence", lambda run: run.sentence),
        ("thinned", lambda run: run.thinned),
    ):
        _add_texts(archive, name, runs, text)
    starts = np.array([run.start for run in runs], dtype=_FLOAT).reshape(len(runs), dimension)
    archive.add("start", starts)
    counts = np.array([run.step.size for run in runs], dtype=_WHOLE)
    archive.add("steps", np.array([run.steps for run in runs], dtype=_WHOLE))
    archive.add("outcome_step", np.array([run.outcome_step for run in runs], dtype=_WHOLE))
    archive.add("last_step", np.array([run.last_step for run in runs], dtype=_WHOLE))
    archive.add("first", np.cumsum(counts) - counts)
    archive.add("records", counts)
    total = int(counts.sum())
    numbered = (np.full(run.step.size, run.number) for run in runs)
    archive.add_parts("run", (total,), _WHOLE, numbered)
    archive.add_parts("step", (total,), _WHOLE, (run.step for run in runs))
    told(0.1)
    archive.add_parts("params", (total, dimension), _FLOAT, (run.params for run in runs))
    told(0.4)
    archive.add_parts("loss", (total,), _FLOAT, (run.loss for run in runs))
    archive.add_parts("gradient", (total, dimension), _FLOAT, (run.gradient for run in runs))
    told(0.8)
    archive.add_parts("gradient_norm", (total,), _FLOAT, (run.gradient_norm for run in runs))
    told(1.0)


def _add_texts(
    archive: NpzFile, name: str, runs: Sequence[RunRecords], text: Callable[[RunRecords], str]
) -> None:
    texts = [text(run) for run in runs]
    archive.add(name, np.array(texts, dtype=np.str_))
