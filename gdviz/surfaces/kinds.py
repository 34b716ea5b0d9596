"""Telling by its content what a file holds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from gdviz.errors import UserError
from gdviz.tables import Table, read_table
from gdviz.tables.detect import LARGEST_FILE, beginning

__all__ = ["Container", "container_of", "looks_like_surface", "looks_like_track"]

Container = Literal["h5", "npz", "npy", "json", "text"]

_LARGEST_GRID_TABLE = 64_000_000
_PICKLE_ENDINGS = (".p", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".joblib")


def container_of(path: Path) -> Container:
    """Return how a file is packed, by its first bytes.

    Raises
    ------
    UserError
        If it can't be read, or could run code when it is opened.
    """
    start = beginning(path)
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        return "h5"
    if start.startswith(b"\x93NUMPY"):
        return "npy"
    if start.startswith(b"PK\x03\x04"):
        if b"data.pkl" in start[:4096] or path.suffix.lower() in _PICKLE_ENDINGS:
            _refuse_pickle(path)
        return "npz"
    if start[:1] == b"\x80" or path.suffix.lower() in _PICKLE_ENDINGS:
        _refuse_pickle(path)
    if start.lstrip()[:1] in (b"{", b"["):
        return "json"
    if path.stat().st_size > LARGEST_FILE:
        raise UserError(f"'{path.name}' is too large")
    return "text"


def looks_like_surface(path: Path) -> bool:
    """Tell whether a file holds a measured surface rather than a table."""
    kind = container_of(path)
    if kind != "text":
        return True
    if path.stat().st_size > _LARGEST_GRID_TABLE:
        return False
    try:
        table = read_table(path)
    except UserError:
        return False
    return is_grid(table)


def looks_like_track(path: Path) -> bool:
    """Tell whether a file holds a recorded run."""
    kind = container_of(path)
    if kind == "h5":
        from gdviz.surfaces.h5_file import opened

        with opened(path) as file:
            return "proj_xcoord" in file
    if kind == "npy":
        from gdviz.surfaces.numpy_files import npy_shape

        shape = npy_shape(path)
        return len(shape) == 2 and shape[1] in (1, 2) and shape[0] > 2
    if kind == "text" and "proj" in path.stem.lower():
        return True
    return kind == "text" and any(
        word in path.stem.lower() for word in ("track", "trajectory", "path", "checkpoints")
    )


def is_grid(table: Table) -> bool:
    """Tell whether a table has a row for each cell of a grid over its first two columns."""
    from gdviz.surfaces.long_table import grid_share

    if len(table.columns) < 3 or any(column.kind == "text" for column in table.columns[:3]):
        return False
    return grid_share(table) > 0.5


def _refuse_pickle(path: Path) -> None:
    raise UserError(
        f"'{path.name}' is a pickle, which can run code when it is opened; load it where it was "
        "made and save plain numbers: numpy.savez('surface.npz', x=…, y=…, loss=…)"
    )
