"""Marks along the lines of runs, which tell them apart in print."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from gdviz.landscapes import FloatArray
from gdviz.views.mark_shapes import mark_path
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import Theme
from gdviz.views.trace import RunLook

__all__ = ["WayMarkItem", "way_marks"]

_SPACING, _MOST, _FREE = 96.0, 8, 20.0
_RADIUS, _HALO = 3.6, 1.2

Line = tuple[FloatArray, RunLook]
"""A run's points in the plot's units, shape (n, 2), and its look."""


class WayMarkItem(PixelItem):
    """Draws small marks on some of the records of each run, in its shape.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    lines : sequence of (ndarray, RunLook)
    theme : Theme
    grows : bool
        Whether `set_ends` tells how much of each line there is.
    """

    def __init__(
        self, box: pg.ViewBox, lines: Sequence[Line], theme: Theme, *, grows: bool = False
    ) -> None:
        super().__init__(box, retain=False, z=12.0)
        self.grows = grows
        self._lines = lines
        self._ends = [len(points) for points, _ in lines]
        self._theme = theme

    @property
    def moves(self) -> bool:
        return self.grows

    def set_ends(self, ends: Sequence[int]) -> None:
        """Draw marks on so many of each line's points; they stay where they are."""
        if list(ends) != self._ends:
            self._ends = list(ends)
            self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        for number, (points, look) in enumerate(self._lines):
            share = (number + 0.5) / len(self._lines)
            pixels, end = pixel_map.pixels(points), self._ends[number]
            for at in way_marks(pixels, share, end).tolist():
                path = mark_path(look.shape, QPointF(*at), _RADIUS)
                painter.setPen(round_pen(self._theme.halo, 2.0 * _HALO))
                painter.drawPath(path)
                painter.fillPath(path, QColor(self._theme.run(look.color)))


def way_marks(pixels: FloatArray, share: float, end: int | None = None) -> FloatArray:
    """Return some of a line's points, about evenly spaced along it and not near its ends.

    Parameters
    ----------
    pixels : ndarray, shape (n, 2)
    share : float
        How far along the line the first one is wanted, as a share of the way to the next one.
    end : int, optional
        How many of the points are drawn; all if left out. The marks on them are the same.
    """
    finite = np.asarray(np.isfinite(pixels).all(axis=1))
    known = pixels[finite]
    if len(known) < 3:
        return np.empty((0, 2))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(known, axis=0).T))])
    spacing = max(_SPACING, float(along[-1]) / _MOST)
    wanted = np.arange(share * spacing, along[-1], spacing)
    after = np.clip(np.searchsorted(along, wanted), 1, len(along) - 1)
    nearer = wanted - along[after - 1] < along[after] - wanted
    chosen = np.unique(after - nearer)
    apart = np.hypot(*(known[chosen] - known[0]).T) >= _FREE
    last = int(np.count_nonzero(finite[:end])) - 1
    apart &= np.hypot(*(known[chosen] - known[last]).T) >= _FREE
    apart &= chosen <= last
    return np.asarray(known[chosen[apart]])
