"""Lines that grow, kept as pixels: a step forward paints only what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QPixmap

from gdviz.views.device_grid import DeviceGrid

__all__ = ["GrowingLayers"]

Paint = Callable[[Sequence[QPainter], Sequence[int], Sequence[int]], object]


class GrowingLayers:
    """Transparent layers over one another, onto which lines are painted up to a record.

    Parameters
    ----------
    count : int
        How many layers there are, the lowest one first.
    opacities : sequence of float
        Of the lowest layers; the others are opaque.
    """

    def __init__(self, count: int, opacities: Sequence[float] = ()) -> None:
        self._count = count
        self._opacities = [*opacities, *[1.0] * (count - len(opacities))]
        self._layers: list[QPixmap] = []
        self._key: object = None
        self._painted: list[int] = []

    def forget(self) -> None:
        """Paint anew at the next time."""
        self._layers = []

    def draw(
        self, painter: QPainter, size: QSizeF, key: object, ends: list[int], paint: Paint
    ) -> None:
        """Bring the layers up to some records and copy them.

        Parameters
        ----------
        painter : QPainter
        size : QSizeF
            In logical pixels.
        key : object
            What the layers depend on, besides what `forget` is called for.
        ends : list of int
            The record up to which each line is drawn. Where a line has become shorter, all
            are painted anew.
        paint : callable
            Gets a painter for each layer, and for each line the record that has been painted
            and the one up to which it is to be.
        """
        grid = DeviceGrid.of(painter)
        behind = any(end < done for end, done in zip(ends, self._painted, strict=False))
        if not self._layers or (key, grid) != self._key or behind:
            self._layers = [grid.pixmap(size) for _ in range(self._count)]
            self._key, self._painted = (key, grid), [0] * len(ends)
        if ends != self._painted:
            painters = [QPainter(layer) for layer in self._layers]
            for inner in painters:
                grid.prepare(inner)
            paint(painters, self._painted, ends)
            for inner in painters:
                inner.end()
            self._painted = ends
        whole = painter.opacity()
        for layer, opacity in zip(self._layers, self._opacities, strict=True):
            painter.setOpacity(opacity * whole)
            grid.copy(painter, layer)
        painter.setOpacity(whole)
