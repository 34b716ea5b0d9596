"""Contour lines of a sampled field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdviz.engine.field import Field
from gdviz.landscapes import FloatArray

__all__ = ["Isoline", "LevelLines", "Region", "contour_lines"]

_CELLS_AWAY = 2.0

Region = tuple[FloatArray, ...]
"""An outline and those of its holes, each closed, of shape (points, 2)."""


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


class LevelLines:
    """Finds level lines of one field, one after the other.

    Parameters
    ----------
    field : Field
    """

    def __init__(self, field: Field) -> None:
        import contourpy

        undefined = ~np.isfinite(field.loss)
        x, y = np.meshgrid(field.x, field.y)
        # The class itself: contourpy's factory goes through masked arrays, slow to import.
        self._generator = contourpy.SerialContourGenerator(
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
        self._cell = np.array([field.x[1] - field.x[0], field.y[1] - field.y[0]])

    def at(self, level: float) -> Isoline:
        """Return the line of a level; none through cells with an undefined corner."""
        pieces = tuple(np.asarray(piece) for piece in self._generator.lines(level))
        for piece in pieces:
            piece.flags.writeable = False
        return Isoline(float(level), pieces)

    def above(self, level: float) -> tuple[Region, ...]:
        """Return the regions with losses of a level and more; at −∞, all that is defined."""
        found: Any = self._generator.filled(level, np.inf)
        points, offsets = found
        return tuple(
            tuple(np.split(np.asarray(outline), np.asarray(ends[1:-1], dtype=np.int64)))
            for outline, ends in zip(points, offsets, strict=True)
        )

    def through(self, point: FloatArray, level: float) -> FloatArray | None:
        """Return the piece of a level's line that goes through a point, shape (points, 2).

        Parameters
        ----------
        point : ndarray, shape (2,)
        level : float
            The loss there.

        Returns
        -------
        ndarray or None
            None where the field has no line of that level within two of its cells of the
            point: the point is outside, or so near to a minimum that its line falls between
            the samples.
        """
        if not (np.isfinite(level) and np.isfinite(point).all()):
            return None
        best, least = None, _CELLS_AWAY
        for piece in self.at(level).pieces:
            away = _distance((piece - point) / self._cell)
            if away < least:
                best, least = piece, away
        return best


def contour_lines(field: Field, levels: Sequence[float]) -> tuple[Isoline, ...]:
    """Return the contour lines of a field; none through cells with an undefined corner."""
    finder = LevelLines(field)
    return tuple(finder.at(level) for level in levels)


def _distance(line: FloatArray) -> float:
    """Return how far a polyline (n, 2) passes from the origin."""
    along = np.diff(line, axis=0)
    lengths = np.einsum("ij,ij->i", along, along)
    with np.errstate(all="ignore"):
        shares = np.where(lengths > 0.0, -np.einsum("ij,ij->i", line[:-1], along) / lengths, 0.0)
    nearest = line[:-1] + np.clip(shares, 0.0, 1.0)[:, np.newaxis] * along
    return float(np.hypot(*nearest.T).min(initial=np.inf))
