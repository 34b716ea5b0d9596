"""Surfaces in JSON: lists of rows of cells with x, y and z."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.surfaces.surface_file import MOST_SAMPLES, SurfaceFile

__all__ = ["read_json"]

_LARGEST = 256_000_000
_LAYOUT = '{"loss": [[{"x": …, "y": …, "z": …}, …], …]} or {"x": […], "y": […], "loss": [[…], …]}'

_FIELD = "export the field, or the experiment, to open it again"


def read_json(path: Path) -> SurfaceFile:
    """Read a surface.

    Raises
    ------
    UserError
        If it is not written as one of the layouts known.
    """
    if path.stat().st_size > _LARGEST:
        raise UserError(
            f"'{path.name}' has more than {_LARGEST // 1_000_000} MB: too much for JSON"
        )
    try:
        content = json.loads(path.read_bytes())
    except RecursionError:
        raise UserError(f"'{path.name}' is nested too deep") from None
    except json.JSONDecodeError as error:
        raise UserError(
            f"'{path.name}' is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        ) from None
    except (UnicodeDecodeError, ValueError) as error:
        raise UserError(f"'{path.name}' is no JSON: {error}") from None
    if not isinstance(content, dict):
        raise UserError(f"'{path.name}' holds no surface; write {_LAYOUT}")
    if content.get("format") == "gdviz-runs":
        raise UserError(f"'{path.name}' holds trajectories, not a surface; {_FIELD}")
    if isinstance(content.get("x"), list):
        return _of_arrays(path, content)
    return _of_cells(path, content)


def _of_arrays(path: Path, content: dict[str, Any]) -> SurfaceFile:
    x = _array(path, "x", content["x"])
    y = _array(path, "y", content["y"]) if isinstance(content.get("y"), list) else None
    metrics = {
        name: _array(path, name, values)
        for name, values in content.items()
        if name not in ("x", "y") and isinstance(values, list)
    }
    return SurfaceFile.of(path, x, y, metrics)


def _of_cells(path: Path, content: dict[str, Any]) -> SurfaceFile:
    metrics: dict[str, NDArray[np.float64]] = {}
    x: NDArray[np.float64] | None = None
    y: NDArray[np.float64] | None = None
    for name, rows in content.items():
        if not (isinstance(rows, list) and rows and isinstance(rows[0], list)):
            continue
        cells = [cell for row in rows if isinstance(row, list) for cell in row]
        if len(cells) > MOST_SAMPLES:
            raise UserError(f"'{name}' in '{path.name}' has more than {MOST_SAMPLES:,} cells")
        if not all(isinstance(cell, dict) and {"x", "y", "z"} <= cell.keys() for cell in cells):
            raise UserError(f"'{name}' in '{path.name}' has cells without x, y and z; {_LAYOUT}")
        points = _array(path, name, [[cell["x"], cell["y"], cell["z"]] for cell in cells])
        x, at_x = np.unique(points[:, 0], return_inverse=True)
        y, at_y = np.unique(points[:, 1], return_inverse=True)
        if x.size * y.size > MOST_SAMPLES:
            raise UserError(f"'{name}' in '{path.name}' has cells that make no grid")
        metrics[name] = np.full((y.size, x.size), np.nan)
        metrics[name][at_y, at_x] = points[:, 2]
    if x is None or y is None:
        raise UserError(f"'{path.name}' holds no surface; write {_LAYOUT}")
    return SurfaceFile.of(path, x, y, metrics)


def _array(path: Path, name: str, values: object) -> NDArray[np.float64]:
    """Return nested lists as an array; null is a cell that was never measured."""
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise UserError(
            f"'{name}' in '{path.name}' is no array of numbers with rows of one length"
        ) from None
    if array.size > MOST_SAMPLES:
        raise UserError(f"'{name}' in '{path.name}' has more than {MOST_SAMPLES:,} values")
    return array
