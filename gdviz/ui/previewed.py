"""What a preview is made from."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.export.formats import Format
from gdviz.export.material import ExportSpec, Material

__all__ = ["Previewed"]


@dataclass(frozen=True)
class Previewed:
    """What is going to be written.

    Attributes
    ----------
    format : Format
    material : Material
    spec : ExportSpec
    """

    format: Format
    material: Material
    spec: ExportSpec
