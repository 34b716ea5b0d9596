"""Measured surfaces and recorded runs in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gdviz.errors import UserError
from gdviz.experiment.file.arrays import array_value, read_array
from gdviz.experiment.file.embedding import (
    MOST_BYTES,
    check_reference,
    stands_in_file,
    too_large,
)
from gdviz.experiment.file.node import Node
from gdviz.experiment.file.references import file_value, path_value, read_file, read_path
from gdviz.surfaces import SurfaceFile, Track, read_surface
from gdviz.surfaces.track import MOST_POINTS

__all__ = ["read_saved_surface", "read_saved_track", "surface_value", "track_value"]

_MOST_METRICS = 1_000

_SURFACE = ("name", "path", "notes", "x", "y", "metrics", "file")


def surface_value(surface: SurfaceFile, folder: Path | None, embed: bool | None) -> dict[str, Any]:  # noqa: FBT001
    """Return a measured surface as JSON: its arrays, or a reference to its file."""
    head: dict[str, Any] = {"name": surface.name}
    size = sum(metric.nbytes for metric in surface.metrics.values()) * 4 // 3
    if not stands_in_file(size, embed):
        file = file_value(surface, folder, lambda path: read_surface(path).digest == surface.digest)
        if file is not None:
            return {**head, "file": file}
        check_reference(surface.name, embed)
    if size > MOST_BYTES:
        raise UserError(too_large(surface.name, size))
    if surface.path is not None:
        head["path"] = path_value(surface.path, folder)
    return {
        **head,
        "notes": list(surface.notes),
        "x": array_value(surface.x),
        "y": None if surface.y is None else array_value(surface.y),
        "metrics": {name: array_value(metric) for name, metric in surface.metrics.items()},
    }


def read_saved_surface(node: Node, folder: Path | None) -> SurfaceFile:
    """Return a measured surface; one that is referred to is read again."""
    fields = node.fields(_SURFACE)
    name = fields["name"].text()
    if "file" in fields:
        for key in ("path", "notes", "x", "y", "metrics"):
            if key in fields:
                fields[key].refuse(f"'{key}' does not go with 'file'; leave one of them out")
        found: SurfaceFile = read_file(fields["file"], folder, read_surface)
        return replace(found, name=name) if found.name != name else found
    y, path = fields.get("y"), fields.get("path")
    metrics = fields["metrics"].mapping()
    if len(metrics) > _MOST_METRICS:
        fields["metrics"].refuse(f"a surface has at most {_MOST_METRICS:,} metrics")
    surface = node.checked(
        SurfaceFile.of,
        Path(name.replace("\0", " ") or "surface"),
        read_array(fields["x"], 1),
        None if y is None else read_array(y, 1),
        {key: read_array(metric, 1 if y is None else 2) for key, metric in metrics.items()},
        tuple(note.text(None) for note in fields["notes"].items(1_000))
        if "notes" in fields
        else (),
    )
    return replace(surface, name=name, path=None if path is None else read_path(path, folder))


def track_value(track: Track) -> dict[str, Any]:
    """Return a recorded run as JSON."""
    return {"name": track.name, "points": array_value(track.points)}


def read_saved_track(node: Node, dimension: int) -> Track:
    """Return a recorded run."""
    fields = node.fields(("name", "points"))
    points = read_array(fields["points"], 2)
    if not 1 <= len(points) <= MOST_POINTS or points.shape[1] != dimension:
        fields["points"].refuse(
            f"a recorded run has from 1 to {MOST_POINTS:,} points of {dimension} numbers, got the "
            f"shape {' × '.join(map(str, points.shape))}"
        )
    if not np.isfinite(points).all():
        fields["points"].refuse("the points of a recorded run must be finite")
    return Track(fields["name"].text(), points)
