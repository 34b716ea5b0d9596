"""A measured surface: a grid of parameters, and what was measured on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.errors import UserError

__all__ = ["MOST_SAMPLES", "SurfaceFile"]

MOST_SAMPLES = 4_000_000


@dataclass(frozen=True)
class SurfaceFile:
    """A measured surface; equal to another if name and digest are.

    Attributes
    ----------
    name : str
        The file's name.
    path : Path or None
    x : ndarray, shape (nx,)
        The first parameter, ascending; read-only.
    y : ndarray, shape (ny,), or None
        The second one; None for a curve.
    metrics : mapping of str to ndarray, shape (ny, nx) or (nx,)
        By name; row = y, column = x. NaN where nothing was measured; infinite where the
        measurement is.
    notes : tuple of str
        What was noticed in reading, in plain sentences.
    digest : str
    """

    name: str
    path: Path | None = field(compare=False)
    x: NDArray[np.float64] = field(compare=False, repr=False)
    y: NDArray[np.float64] | None = field(compare=False, repr=False)
    metrics: Mapping[str, NDArray[np.float64]] = field(compare=False, repr=False)
    notes: tuple[str, ...] = field(compare=False)
    digest: str

    @classmethod
    def of(
        cls,
        path: Path,
        x: ArrayLike,
        y: ArrayLike | None,
        metrics: Mapping[str, ArrayLike],
        notes: tuple[str, ...] = (),
    ) -> Self:
        """Check and make a surface.

        Coordinates are sorted, and the metrics with them.

        Raises
        ------
        UserError
            If shapes don't fit, coordinates repeat or are not finite, or there is nothing
            to show.
        """
        axes = [_axis(path, name, values) for name, values in (("x", x), ("y", y))]
        (along_x, order_x), (along_y, order_y) = axes
        assert along_x is not None
        shape = (along_x.size,) if along_y is None else (along_y.size, along_x.size)
        if not metrics:
            raise UserError(f"'{path.name}' holds coordinates, but no loss measured at them")
        known: dict[str, NDArray[np.float64]] = {}
        for name, values in metrics.items():
            array = np.array(values, dtype=np.float64)
            if array.shape != shape:
                raise UserError(
                    f"'{name}' in '{path.name}' has shape {array.shape}, but the coordinates "
                    f"make {shape} (rows = y, columns = x)"
                )
            array = array[..., order_x]
            known[name] = array if order_y is None else array[order_y]
            known[name].flags.writeable = False
        digest = hashlib.sha256()
        for part in (along_x, along_y, *known.values()):
            digest.update(b"" if part is None else np.ascontiguousarray(part).tobytes())
        return cls(
            path.name, path, along_x, along_y, MappingProxyType(known), notes, digest.hexdigest()
        )

    @property
    def dimension(self) -> int:
        """The number of parameters: 2, or 1 for a curve."""
        return 1 if self.y is None else 2


def _axis(path: Path, name: str, values: Any) -> tuple[Any, Any]:  # noqa: ANN401 -- or None
    """Return sorted coordinates and how they are sorted; None twice if there are none."""
    if values is None:
        return None, None
    axis = np.array(values, dtype=np.float64)
    if axis.ndim != 1 or axis.size < 2:
        raise UserError(
            f"the {name} coordinates in '{path.name}' must be a list of at least two numbers, "
            f"got shape {axis.shape}"
        )
    bad = np.flatnonzero(~np.isfinite(axis))
    if bad.size:
        raise UserError(
            f"the {name} coordinates in '{path.name}' are not finite at place {bad[0] + 1}"
        )
    order = np.argsort(axis, kind="stable")
    axis = axis[order]
    same = np.flatnonzero(np.diff(axis) <= 0.0)
    if same.size:
        raise UserError(
            f"the {name} coordinates in '{path.name}' hold {axis[same[0]]:g} more than once"
        )
    axis.flags.writeable = False
    return axis, order
