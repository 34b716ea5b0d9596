"""Surfaces in NumPy's own files, read without running any code."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.surfaces.surface_file import MOST_SAMPLES, SurfaceFile

__all__ = ["npy_shape", "read_npy", "read_npy_points", "read_npz"]

_SAVE = "save plain numbers: numpy.savez('surface.npz', x=…, y=…, loss=…)"
_MOST_MEMBERS = 200
_RUNS = frozenset({"run.npy", "step.npy", "params.npy", "loss.npy", "outcome.npy"})
_FAULTS = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    RuntimeError,  # encrypted, or packed in a way that Python doesn't know
    zipfile.BadZipFile,
    SyntaxError,
    MemoryError,
)


def read_npz(path: Path) -> SurfaceFile:
    """Read ``x``, ``y`` and any metrics from a ``.npz``.

    The names ``xcoordinates`` and ``ycoordinates`` serve as well; without coordinates,
    cells are counted from 0.
    """
    arrays: dict[str, NDArray[np.float64]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if {member.filename for member in members} >= _RUNS:
                raise UserError(
                    f"'{path.name}' holds trajectories, not a surface; export the field, or the "
                    "experiment, to open it again"
                )
            if len(members) > _MOST_MEMBERS:
                raise UserError(f"'{path.name}' holds {len(members):,} arrays: too many")
            for member in members:
                if member.filename.endswith(".npy"):
                    name = member.filename.removesuffix(".npy")
                    with archive.open(member) as file:
                        found = _array(path, file, name)  # type: ignore[arg-type]
                    if found is not None:
                        arrays[name] = found
    except _FAULTS as error:
        _refuse(path, error)
    x = arrays.pop("xcoordinates", None) if "xcoordinates" in arrays else arrays.pop("x", None)
    y = arrays.pop("ycoordinates", None) if "ycoordinates" in arrays else arrays.pop("y", None)
    x, y = _as_axes(x, y)
    return _surface(path, x, y, arrays)


def read_npy(path: Path) -> SurfaceFile:
    """Read a plain array.

    Of shape (n, n), axis 0 is the first direction, as `random_plane` of the package
    loss-landscapes returns it. Of shape (4, 1, n, n), it holds loss, accuracy, x and y,
    with x along its rows.
    """
    try:
        with path.open("rb") as file:
            array = _array(path, file, path.stem)
    except _FAULTS as error:
        _refuse(path, error)
    if array is None:
        raise UserError(f"'{path.name}' holds no numbers")
    if array.ndim == 4 and array.shape[:2] == (4, 1):
        loss, accuracy, x, y = array[:, 0]
        metrics = {"loss": loss.T, "accuracy": accuracy.T}
        return SurfaceFile.of(path, x[:, 0], y[0], metrics)
    if array.ndim == 1:
        return _surface(path, None, None, {"loss": array})
    if array.ndim == 2:
        note = "Coordinates are counted from 0; the array's first axis is x."
        return _surface(path, None, None, {"loss": array.T}, (note,))
    raise UserError(
        f"'{path.name}' has shape {array.shape}; a surface has shape (n, m), a curve (n,), "
        f"loss with coordinates (4, 1, n, n); or {_SAVE}"
    )


def read_npy_points(path: Path) -> NDArray[np.float64]:
    """Read points of shape (k, d)."""
    try:
        with path.open("rb") as file:
            array = _array(path, file, path.stem)
    except _FAULTS as error:
        _refuse(path, error)
    if array is None or array.ndim != 2 or array.shape[1] not in (1, 2):
        raise UserError(f"'{path.name}' holds no recorded run: that has shape (points, 2)")
    return array


def npy_shape(path: Path) -> tuple[int, ...]:
    """Return the shape that a ``.npy`` declares."""
    try:
        with path.open("rb") as file:
            return _header(path, file)[0]
    except _FAULTS as error:
        _refuse(path, error)


def _surface(
    path: Path,
    x: NDArray[np.float64] | None,
    y: NDArray[np.float64] | None,
    arrays: dict[str, NDArray[np.float64]],
    notes: tuple[str, ...] = (),
) -> SurfaceFile:
    shapes = [array.shape for array in arrays.values() if array.ndim in (1, 2) and array.size > 1]
    if not shapes:
        raise UserError(f"'{path.name}' holds no measured loss; {_SAVE}")
    shape = max(shapes, key=len)
    if x is not None:
        wanted = (x.size,) if y is None else (y.size, x.size)
        shape = wanted if wanted in shapes else shape
    metrics = {name: array for name, array in arrays.items() if array.shape == shape}
    if x is None:
        x = np.arange(shape[-1], dtype=np.float64)
    if y is None and len(shape) == 2:
        y = np.arange(shape[0], dtype=np.float64)
    return SurfaceFile.of(path, x, y, metrics, notes)


def _as_axes(x: Any, y: Any) -> tuple[Any, Any]:  # noqa: ANN401 -- arrays or None
    """Return axes from coordinates that may be given for every cell, as meshgrid makes them."""
    if x is not None and y is not None and x.ndim == y.ndim == 2:
        if np.all(x == x[:1]) and np.all(y == y[:, :1]):
            return x[0], y[:, 0]
        raise UserError("x and y are given for every cell, but make no grid with row = y")
    return x, y


def _array(path: Path, file: BinaryIO, name: str) -> NDArray[np.float64] | None:
    """Read one array; None if it holds text."""
    shape, dtype = _header(path, file)
    if dtype.hasobject:
        raise UserError(
            f"'{name}' in '{path.name}' holds Python objects, which can run code when they are "
            f"opened; {_SAVE}"
        )
    count = int(np.prod(shape, dtype=np.float64)) if shape else 1
    if count > MOST_SAMPLES:
        raise UserError(
            f"'{name}' in '{path.name}' declares {count:,} values; up to {MOST_SAMPLES:,} are read"
        )
    if dtype.kind not in "fiub":
        return None
    file.seek(0)
    return np.asarray(np.lib.format.read_array(file, allow_pickle=False), dtype=np.float64)


def _header(path: Path, file: BinaryIO) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = npy.read_magic(file)
    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    if version not in readers:
        raise UserError(f"'{path.name}' is written in a version of .npy that is not known")
    shape, _fortran, dtype = readers[version](file)
    return shape, dtype


def _refuse(path: Path, error: BaseException) -> NoReturn:
    if isinstance(error, UserError):
        raise error
    told = str(error).splitlines()[0] if str(error) else type(error).__name__
    raise UserError(f"'{path.name}' is no whole NumPy file: {told}") from None
