"""The experiment as a file that can be opened again."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from gdviz.experiment.file import document_bytes
from gdviz.export.material import ExportSpec, Material, Told

__all__ = ["write_gdviz"]


def write_gdviz(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write the document; data files that it refers to are told relative to the file's folder."""
    name = getattr(file, "name", None)
    folder = Path(name).resolve().parent if isinstance(name, str) else None
    file.write(document_bytes(material.document, folder=folder))
