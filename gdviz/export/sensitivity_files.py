"""How sharp it is around the current point, as CSV, JSON and NPZ."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any, BinaryIO

import numpy as np

from gdviz.engine.sensitivity import Sensitivity, sensitivity, sensitivity_rows
from gdviz.errors import UserError
from gdviz.export.material import ExportSpec, Material
from gdviz.export.npz_arrays import NpzFile
from gdviz.export.run_records import about_landscape
from gdviz.export.strict_json import JsonFile, json_text
from gdviz.landscapes import FloatArray

__all__ = ["write_sensitivity"]

_FORMAT, _VERSION = "gdviz-sensitivity", 1


def write_sensitivity(ending: str, material: Material, spec: ExportSpec, file: BinaryIO) -> None:
    """Measure around the current run's point at the step that is shown, and write what is found.

    Without runs, around the first known minimum.

    Raises
    ------
    UserError
        If there is neither a run nor a known minimum.
    """
    experiment = material.experiment
    point, step = _looked_at(material, spec.figure.step)
    found = sensitivity(experiment.landscape, point, experiment.plane.sensitivity.radius)
    about = {
        "format": _FORMAT,
        "version": _VERSION,
        **about_landscape(experiment),
        "step": step,
    }
    _WRITERS[ending](found, about, file)


def _looked_at(material: Material, step: int | None) -> tuple[FloatArray, int | None]:
    """Return the point, and the step of the current run at which it is."""
    experiment = material.experiment
    wanted = experiment.current_row
    if wanted is None:
        if not experiment.landscape.minima:
            raise UserError(
                "there is no run around whose point the landscape could be measured; add a start"
            )
        return np.array(experiment.landscape.minima[0]), None
    for trajectory in material.trajectories:
        if wanted < trajectory.rows:
            last = trajectory.last_step[wanted]
            record = trajectory.record_at(last if step is None else min(step, last))
            return trajectory.params[record, wanted], int(trajectory.steps[record])
        wanted -= trajectory.rows
    raise UserError("the current run is not computed")


def _write_csv(found: Sensitivity, about: dict[str, Any], file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "value", "meaning"])
    for row in sensitivity_rows(found):
        writer.writerow([row.name, _cell(row.value), row.meaning])
    text.detach()


def _cell(value: float | bool | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else repr(value)


def _write_json(found: Sensitivity, about: dict[str, Any], file: BinaryIO) -> None:
    trust = found.trust
    JsonFile(file).write(
        json_text(
            {
                **about,
                "values": {row.name: row.value for row in sensitivity_rows(found)},
                "meanings": {row.name: row.meaning for row in sensitivity_rows(found)},
                "hessian": found.hessian.tolist(),
                "trust_outline": None if trust is None else trust.outline.tolist(),
                "profiles": [
                    {
                        "curvature": one.curvature,
                        "direction": one.direction.tolist(),
                        "distance": one.distances.tolist(),
                        "loss": one.loss.tolist(),
                        "model": one.model.tolist(),
                    }
                    for one in found.profiles
                ],
            }
        ),
        "\n",
    )


def _write_npz(found: Sensitivity, about: dict[str, Any], file: BinaryIO) -> None:
    archive = NpzFile(file)
    values = {row.name: row.value for row in sensitivity_rows(found)}
    archive.add("about", json_text({**about, "values": values}))
    for name in ("point", "gradient", "hessian", "eigenvalues", "directions", "radii"):
        archive.add(name, getattr(found, name).astype("<f8"))
    archive.add("loss", np.array(found.loss, dtype="<f8"))
    for name, extreme in (("highest", found.highest), ("lowest", found.lowest)):
        if extreme is not None:
            archive.add(name, extreme.point.astype("<f8"))
            archive.add(f"{name}_loss", np.array(extreme.loss, dtype="<f8"))
    if found.trust is not None:
        archive.add("trust_outline", found.trust.outline.astype("<f8"))
    for number, profile in enumerate(found.profiles, start=1):
        archive.add(f"profile_{number}_distance", profile.distances.astype("<f8"))
        archive.add(f"profile_{number}_loss", profile.loss.astype("<f8"))
        archive.add(f"profile_{number}_model", profile.model.astype("<f8"))
    archive.close()


_WRITERS: dict[str, Callable[[Sensitivity, dict[str, Any], BinaryIO], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "npz": _write_npz,
}
