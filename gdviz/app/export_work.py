"""Which exports the window waits for, and how the others are handed to another gdviz."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gdviz.app.export_jobs import ExportJob
from gdviz.engine import Outcome, Trajectory
from gdviz.experiment import Run
from gdviz.experiment.document import Document
from gdviz.experiment.swarm import swarm_effort
from gdviz.export.effort import many_numbers, many_records
from gdviz.export.figure_swarm import has_swarm
from gdviz.export.formats import Format
from gdviz.export.material import ExportSpec, Material
from gdviz.optimizers import CONSTANT

__all__ = ["job_for", "takes_long"]

_MOST_PIXELS = 6_000_000
_MOST_EFFORT = 5_000_000
_WEIGHTS, _OF_SEVERAL = {"surface": 4.0, "all": 2.0}, 2.0
"""How many times as long a pixel takes as one of a contour view."""


def takes_long(chosen: Format, material: Material, spec: ExportSpec) -> bool:
    """Tell whether a window that writes a file would stand still for longer than is noticed.

    Parameters
    ----------
    chosen : Format
    material : Material
    spec : ExportSpec
    """
    if chosen.kind == "film":
        return True
    swarmed = any(has_swarm(material.experiment, view) for view in spec.figure.views)
    if chosen.kind == "figure" and swarmed and swarm_effort(material.experiment) > _MOST_EFFORT:
        return True
    if chosen.kind == "figure" and chosen.ending == "png":
        wide, high = spec.figure.pixels
        views = spec.figure.views
        weight = max(_WEIGHTS.get(view, 1.0) for view in views) if len(views) == 1 else _OF_SEVERAL
        if weight * wide * high > _MOST_PIXELS:
            return True
    if chosen.kind == "data":
        return many_numbers(chosen, material, spec.data)
    return chosen.kind == "figure" and many_records(material)


def job_for(path: Path, material: Material, spec: ExportSpec) -> ExportJob:
    """Return a file as a job for another gdviz, which computes the runs once more.

    Runs that are still being computed, or were stopped, end where they have come to.

    Raises
    ------
    UserError
        If it can't be told to another gdviz.
    """
    from gdviz.experiment.file import document_bytes
    from gdviz.export.command import command_words

    document = _as_far_as_computed(material)

    def words(source: str, out: str) -> list[str]:
        return [*command_words(source, document, spec, out), "--progress", "lines"]

    return ExportJob(path, document_bytes(document), words)


def _as_far_as_computed(material: Material) -> Document:
    document, made = material.document, material.trajectories
    runs = document.experiment.runs
    ended = tuple(_ended(run, one) for run, one in zip(runs, made, strict=False))
    return replace(document, experiment=replace(document.experiment, runs=ended))


def _ended(run: Run, made: Trajectory) -> Run:
    # A schedule depends on how many steps there are to be.
    if made.outcome[0] is not Outcome.RUNNING or run.schedule != CONSTANT:
        return run
    return replace(run, steps=max(made.last_step[0], 1))
