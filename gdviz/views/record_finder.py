"""Which record of which run lies under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from gdviz.landscapes import FloatArray
from gdviz.views.pixel_map import PixelMap

__all__ = ["REACH", "RecordFinder"]

REACH = 10.0
"""How far from the pointer a record may lie, in pixels."""
_TIED = 1e-3


class RecordFinder:
    """Finds the nearest of very many points; their pixels are kept until the plot moves.

    Of consecutive records within one pixel, the first one stands for all.
    """

    def __init__(self) -> None:
        self._curves: Sequence[FloatArray] = ()
        self._first = 0
        self._places: _Places | None = None

    def set_curves(self, curves: Sequence[FloatArray], first: int = 0) -> None:
        """Look for points of other curves.

        Parameters
        ----------
        curves : sequence of ndarray, shape (records, 2)
            In the plot's units. Points that are not finite are never found.
        first : int
            The curve that is found where several have the same point.
        """
        self._curves, self._first, self._places = curves, first, None

    def nearest(
        self, at: QPointF, pixel_map: PixelMap, ends: Sequence[int] | None = None
    ) -> tuple[int, int] | None:
        """Return the curve and the record that are nearest to a pixel.

        Parameters
        ----------
        at : QPointF
            In pixels.
        pixel_map : PixelMap
        ends : sequence of int, optional
            The last record of each curve that counts; all do if left out.

        Returns
        -------
        (int, int) or None
            None if there is none within `REACH`.
        """
        if not self._curves:
            return None
        if self._places is None or self._places.pixel_map != pixel_map:
            self._places = _placed(self._curves, pixel_map)
        places = self._places
        across, down = places.x - at.x(), places.y - at.y()
        near = np.flatnonzero((np.abs(across) <= REACH) & (np.abs(down) <= REACH))
        if ends is not None:
            near = near[places.record[near] <= np.asarray(ends)[places.curve[near]]]
        if not near.size:
            return None
        away = np.hypot(across[near], down[near])
        if away.min() > REACH:
            return None
        tied = near[away <= away.min() + _TIED]
        preferred = tied[places.curve[tied] == self._first]
        best = preferred[0] if preferred.size else tied[0]
        return int(places.curve[best]), int(places.record[best])


@dataclass(frozen=True)
class _Places:
    """Points of all curves, each an array (points,)."""

    pixel_map: PixelMap
    x: FloatArray
    y: FloatArray
    curve: NDArray[np.int64]
    record: NDArray[np.int64]


def _placed(curves: Sequence[FloatArray], pixel_map: PixelMap) -> _Places:
    lengths = np.array([len(curve) for curve in curves])
    begins = np.cumsum(lengths) - lengths
    pixels = pixel_map.pixels(np.concatenate(curves))
    cells = np.rint(pixels)
    kept = np.ones(len(pixels), dtype=bool)
    kept[1:] = np.any(cells[1:] != cells[:-1], axis=1)  # what isn't a number equals nothing
    kept[begins[lengths > 0]] = True
    places = np.flatnonzero(kept)
    curve = np.repeat(np.arange(len(curves)), lengths)[places]
    x, y = np.ascontiguousarray(pixels[places].T)
    return _Places(pixel_map, x, y, curve, places - begins[curve])
