"""A training run that was recorded elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.surfaces.h5_file import numbers, opened
from gdviz.surfaces.kinds import container_of
from gdviz.tables import Table, read_table

__all__ = ["MOST_POINTS", "Track", "read_track"]

MOST_POINTS = 100_000
_PROJECTED = ("proj_xcoord", "proj_ycoord")
_COUNTERS = ("step", "steps", "epoch", "epochs", "iteration", "iter", "index", "i", "k", "run")


@dataclass(frozen=True)
class Track:
    """The points of a recorded run.

    Attributes
    ----------
    name : str
        The file's name.
    points : ndarray, shape (k, d)
        Finite; read-only.
    path : Path or None
        Where it was read from.
    """

    name: str
    points: NDArray[np.float64] = field(compare=False, repr=False)
    path: Path | None = field(default=None, compare=False, repr=False)
    digest: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.points.flags.writeable = False
        object.__setattr__(self, "digest", hash(self.points.tobytes()))


def read_track(path: Path | str) -> Track:
    """Read a recorded run.

    ``_proj_cos.h5`` holds its points as `proj_xcoord` and `proj_ycoord`; a table holds them
    in its columns x and y, or in the first two that don't count steps; ``.npy`` has shape
    (points, 2).

    Parameters
    ----------
    path : Path or str

    Raises
    ------
    UserError
        If it can't be read, or holds no run.
    """
    where = Path(path)
    kind = container_of(where)
    if kind == "h5":
        with opened(where) as file:
            if not all(name in file for name in _PROJECTED):
                raise UserError(f"'{where.name}' holds no recorded run: there is no 'proj_xcoord'")
            points = np.stack([numbers(where, file, name).ravel() for name in _PROJECTED], axis=1)
    elif kind == "text":
        points = _of_table(read_table(where))
    elif kind == "npy":
        from gdviz.surfaces.numpy_files import read_npy_points

        points = read_npy_points(where)
    else:
        raise UserError(f"a recorded run is read from .h5, .csv or .npy, not from '{where.name}'")
    if not 2 <= len(points) <= MOST_POINTS:
        raise UserError(
            f"'{where.name}' has {len(points):,} points; a run has from 2 to {MOST_POINTS:,}"
        )
    bad = np.flatnonzero(~np.isfinite(points).all(axis=1))
    if bad.size:
        raise UserError(f"point {bad[0] + 1} of '{where.name}' is not finite")
    return Track(where.name, np.array(points), where)


def _of_table(table: Table) -> NDArray[np.float64]:
    numeric = [column for column in table.columns if column.kind in ("number", "constant")]
    named = {column.name.strip().lower(): column for column in numeric}
    chosen = [named[name] for name in ("x", "y") if name in named]
    if len(chosen) < 2:
        chosen = [column for column in numeric if column.name.lower() not in _COUNTERS][:2]
    if len(chosen) < 2:
        raise UserError(f"'{table.name}' needs two columns of numbers: a recorded run's x and y")
    return np.stack([column.values for column in chosen], axis=1)
