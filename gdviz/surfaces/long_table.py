"""Surfaces in tables with a row for each cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.surfaces.surface_file import MOST_SAMPLES, SurfaceFile
from gdviz.tables import Table

__all__ = ["grid_share", "surface_of_table"]

_LEAST_LINES = 2


def grid_share(table: Table) -> float:
    """Return which share of the grid over the first two columns has a row; 0 for no grid."""
    x, y = (column.values for column in table.columns[:2])
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return 0.0
    across, up = np.unique(x).size, np.unique(y).size
    if min(across, up) < _LEAST_LINES or across * up > MOST_SAMPLES:
        return 0.0
    cells = np.unique(np.stack([x, y]), axis=1).shape[1]
    return float(cells / (across * up)) if cells == table.rows else 0.0


def surface_of_table(table: Table) -> SurfaceFile:
    """Return the surface of a table ``x, y, loss, …`` in any order of its rows.

    Columns without a name are taken for losses. Infinite values count as measured.

    Raises
    ------
    UserError
        If there are too few columns, or its rows make no grid.
    """
    assert table.path is not None
    if len(table.columns) < 2:
        raise UserError(f"'{table.name}' needs the columns x, y and loss")
    if len(table.columns) == 2:
        x, loss = table.columns[0].values, table.columns[1].measured
        order = np.argsort(x, kind="stable")
        return SurfaceFile.of(table.path, x[order], None, {_name(table, 1): loss[order]})
    x, y = (column.values for column in table.columns[:2])
    share = grid_share(table)
    if share <= 0.0:
        raise UserError(
            f"the rows of '{table.name}' make no grid over '{table.columns[0].name}' and "
            f"'{table.columns[1].name}': each pair may occur once"
        )
    along_x, at_x = np.unique(x, return_inverse=True)
    along_y, at_y = np.unique(y, return_inverse=True)
    metrics: dict[str, NDArray[np.float64]] = {}
    notes: list[str] = []
    for number, column in enumerate(table.columns[2:], start=2):
        if column.kind in ("text", "empty"):
            continue
        name = _name(table, number)
        cells = np.full((along_y.size, along_x.size), np.nan)
        cells[at_y, at_x] = column.measured
        metrics[name] = cells
        if column.not_numbers:
            notes.append(f"{name}: {column.not_numbers:,} cells are not finite.")
    absent = along_x.size * along_y.size - table.rows
    if absent:
        notes.insert(0, f"{absent:,} of {along_x.size * along_y.size:,} cells were never measured.")
    return SurfaceFile.of(table.path, along_x, along_y, metrics, tuple(notes))


def _name(table: Table, number: int) -> str:
    return table.columns[number].name
