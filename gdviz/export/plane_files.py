"""What is computed from everywhere at once as CSV, JSON and NPZ."""

from __future__ import annotations

from typing import BinaryIO

from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.sheet import Sheet, write_sheet

__all__ = ["PLANE_CONTENTS", "write_plane"]

PLANE_CONTENTS = ("swarm", "basins", "sweep", "sensitivity")
_COMPUTED = 0.8


def write_plane(
    ending: str, material: Material, spec: ExportSpec, file: BinaryIO, told: Told
) -> None:
    """Compute and write what the spec says.

    Parameters
    ----------
    ending : str
        ``"csv"``, ``"json"`` or ``"npz"``.
    material, spec, file, told
        As of a `gdviz.export.material.Writer`.

    Raises
    ------
    UserError
        If there is nothing to compute, as a sweep without a run.
    """
    if spec.data.content == "sensitivity":
        from gdviz.export.sensitivity_files import write_sensitivity

        write_sensitivity(ending, material, spec, file)
        told(1.0)
        return
    sheet = _sheet(material, spec, lambda share: told(_COMPUTED * share))
    write_sheet(sheet, ending, file, lambda share: told(_COMPUTED + (1.0 - _COMPUTED) * share))


def _sheet(material: Material, spec: ExportSpec, told: Told) -> Sheet:
    experiment = material.experiment
    if spec.data.content == "swarm":
        from gdviz.export.swarm_sheet import swarm_sheet

        return swarm_sheet(experiment, spec.figure.step, told)
    if spec.data.content == "basins":
        from gdviz.export.basins_sheet import basins_sheet

        return basins_sheet(experiment, spec.data.samples, told)
    from gdviz.export.sweep_sheet import sweep_sheet

    return sweep_sheet(experiment, spec.data.samples, told)
