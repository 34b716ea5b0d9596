"""Contour lines of a sampled field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import Field
from gdviz.landscapes import FloatArray

__all__ = ["Isoline", "contour_lines"]


@dataclass(frozen=True, eq=False)
class Isoline:
    """The connected pieces of one level, read-only.

    Attributes
    ----------
    level : float
        The loss along it.
    pieces : tuple of ndarray, each of shape (points, 2)
        Polylines of (x, y); a closed one ends where it begins.
    """

    level: float
    pieces: tuple[FloatArray, ...]


def contour_lines(field: Field, levels: Sequence[float]) -> tuple[Isoline, ...]:
    """Return the contour lines of a field; none through cells with an undefined corner."""
    import contourpy

    undefined = ~np.isfinite(field.loss)
    x, y = np.meshgrid(field.x, field.y)
    # The class itself: contourpy's factory goes through masked arrays, slow to import.
    generator = contourpy.SerialContourGenerator(
        x,
        y,
        np.where(undefined, 0.0, field.loss),
        undefined,
        corner_mask=False,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
    )
    lines = []
    for level in levels:
        pieces = tuple(np.asarray(piece) for piece in generator.lines(level))
        for piece in pieces:
            piece.flags.writeable = False
        lines.append(Isoline(float(level), pieces))
    return tuple(lines)
