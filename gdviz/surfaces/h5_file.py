"""Surfaces and runs in HDF5, as tomgoldstein/loss-landscape writes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.surfaces.surface_file import MOST_SAMPLES, SurfaceFile

__all__ = ["numbers", "opened", "read_h5"]

_UNSET = -1.0
_UNSET_ATTRIBUTE = "unmeasured"
_COORDINATES = ("xcoordinates", "ycoordinates", "x", "y")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open an HDF5 file for reading; faults of the file become user errors."""
    import h5py

    try:
        with h5py.File(path, "r") as file:
            yield file
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, UserError):
            raise
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"'{path.name}' is no whole HDF5 file: {told}") from None


def read_h5(path: Path) -> SurfaceFile:
    """Read a surface.

    Cells are written in `meshgrid` order, so row = y although the array is declared as
    (nx, ny). A cell of exactly −1 was never measured, unless the attribute ``unmeasured`` names
    another value.

    Raises
    ------
    UserError
    """
    with opened(path) as file:
        names = [name for name in file if name in _COORDINATES]
        x_name = next((name for name in ("xcoordinates", "x") if name in names), None)
        if x_name is None:
            found = ", ".join(sorted(file)[:8]) or "nothing"
            raise UserError(
                f"'{path.name}' holds no surface: there is no 'xcoordinates' (it has: {found})"
            )
        y_name = next((name for name in ("ycoordinates", "y") if name in names), None)
        x = numbers(path, file, x_name)
        y = None if y_name is None else numbers(path, file, y_name)
        count = x.size * (1 if y is None else y.size)
        metrics: dict[str, NDArray[np.float64]] = {}
        notes: list[str] = []
        for name in file:
            if name in names or not _fits(file, name, count):
                continue
            cells = numbers(path, file, name).ravel()
            unset = float(file[name].attrs.get(_UNSET_ATTRIBUTE, _UNSET))
            metrics[name] = _known(name, cells, unset, notes).reshape(
                (x.size,) if y is None else (y.size, x.size)
            )
    return SurfaceFile.of(path, x, y, metrics, tuple(notes))


def numbers(path: Path, file: Any, name: str) -> NDArray[np.float64]:  # noqa: ANN401 -- h5py
    """Return a dataset of numbers that lies in the file itself and fits into memory."""
    import h5py

    link = file.get(name, getlink=True)
    if not isinstance(link, h5py.HardLink):
        raise UserError(f"'{name}' in '{path.name}' points to another file, which is not followed")
    data = file[name]
    if not isinstance(data, h5py.Dataset) or data.dtype.kind not in "fiu":
        raise UserError(f"'{name}' in '{path.name}' holds no numbers")
    if data.is_virtual or data.external:
        raise UserError(f"'{name}' in '{path.name}' lies in another file, which is not followed")
    if data.size > MOST_SAMPLES:
        raise UserError(
            f"'{name}' in '{path.name}' has {data.size:,} values; at most {MOST_SAMPLES:,} are read"
        )
    return np.asarray(data[()], dtype=np.float64)


def _fits(file: Any, name: str, count: int) -> bool:  # noqa: ANN401 -- h5py
    """Tell whether something is a dataset of one number for each cell."""
    import h5py

    if not isinstance(file.get(name, getlink=True), h5py.HardLink):
        return False
    data = file[name]
    return isinstance(data, h5py.Dataset) and data.dtype.kind in "fiu" and data.size == count


def _known(
    name: str, cells: NDArray[np.float64], unset_value: float, notes: list[str]
) -> NDArray[np.float64]:
    unset = cells == unset_value
    if unset.any():
        notes.append(f"{name}: {int(unset.sum()):,} of {cells.size:,} cells were never measured.")
    return np.where(unset, np.nan, cells)
