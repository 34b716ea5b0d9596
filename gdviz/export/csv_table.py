"""Trajectories as a table: one row for each run and step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from gdviz.engine import Trajectory
from gdviz.experiment import Experiment
from gdviz.export.material import ExportSpec, Material, Told

__all__ = ["header", "write_csv"]


def header(parameters: Sequence[str]) -> list[str]:
    """Return the column names for a landscape's parameters."""
    slopes = [f"gradient_{name}" for name in parameters]
    return ["run", "optimizer", "step", *parameters, "loss", *slopes, "gradient_norm"]


def write_csv(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write all records of all runs, floats such that they read back bit for bit.

    The file gets UTF-8 with line feeds; runs are numbered from 1.
    """
    experiment, trajectories = material.experiment, material.trajectories
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header(experiment.landscape.parameters))
    for row in _rows(experiment, trajectories):
        writer.writerow(row)
    text.detach()


def _rows(experiment: Experiment, trajectories: Sequence[Trajectory]) -> Iterator[list[object]]:
    names = [run.optimizer.key for run in experiment.runs]
    names += ["recorded"] * len(experiment.tracks)
    number = 0
    for trajectory in trajectories:
        norms = trajectory.gradient_norm
        for run in range(trajectory.params.shape[1]):
            name = names[number]
            number += 1
            end = trajectory.record_at(trajectory.last_step[run]) + 1
            records = zip(
                trajectory.steps[:end].tolist(),
                trajectory.params[:end, run].tolist(),
                trajectory.loss[:end, run].tolist(),
                trajectory.gradient[:end, run].tolist(),
                norms[:end, run].tolist(),
                strict=True,
            )
            for step, params, loss, gradient, norm in records:
                yield [number, name, step, *map(repr, [*params, loss, *gradient, norm])]
