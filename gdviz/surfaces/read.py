"""Reading a measured surface, whatever it is packed in."""

from __future__ import annotations

from pathlib import Path

from gdviz.surfaces.h5_file import read_h5
from gdviz.surfaces.json_file import read_json
from gdviz.surfaces.kinds import container_of
from gdviz.surfaces.long_table import surface_of_table
from gdviz.surfaces.numpy_files import read_npy, read_npz
from gdviz.surfaces.surface_file import SurfaceFile
from gdviz.tables import read_table

__all__ = ["read_surface"]


def read_surface(path: Path | str) -> SurfaceFile:
    """Read a surface from ``.h5``, ``.npz``, ``.npy``, ``.csv`` or ``.json``.

    The kind is told by content.

    Parameters
    ----------
    path : Path or str

    Raises
    ------
    UserError
        If it can't be read or holds no surface, or could run code.
    """
    where = Path(path)
    kind = container_of(where)
    if kind == "text":
        return surface_of_table(read_table(where))
    readers = {"h5": read_h5, "npz": read_npz, "npy": read_npy, "json": read_json}
    return readers[kind](where)
