"""Marks along the lines of runs, which tell them apart in print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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

    They are the same at every step, as far as the line has reached them.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    lines : sequence of Line
    theme : Theme
    reached : callable, optional
        Returns the record up to which each line is drawn; all of it if left out.
    """

    def __init__(
        self,
        box: pg.ViewBox,
        lines: Sequence[Line],
        theme: Theme,
        reached: Callable[[], Sequence[int]] | None = None,
    ) -> None:
        super().__init__(box, retain=False, z=12.0)
        self._lines = lines
        self._theme = theme
        self._reached = reached
        self._drawn: Sequence[int] = ()

    @property
    def moves(self) -> bool:
        return self._reached is not None

    def follow(self) -> None:
        """Draw the marks that lines have reached now."""
        if self._reached is not None and self._reached() != self._drawn:
            self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        ends = [len(points) - 1 for points, _ in self._lines]
        if self._reached is not None:
            ends = self._drawn = [*self._reached()]
        for number, ((points, look), end) in enumerate(zip(self._lines, ends, strict=True)):
            share = (number + 0.5) / len(self._lines)
            for at in way_marks(pixel_map.pixels(points), share, end).tolist():
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
        The point up to which the line is drawn; the last one if left out.
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
    last = len(known) - 1 if end is None else int(np.count_nonzero(finite[: end + 1])) - 1
    apart &= np.hypot(*(known[chosen] - known[last]).T) >= _FREE
    apart &= chosen <= last
    return np.asarray(known[chosen[apart]])
