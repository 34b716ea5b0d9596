"""A picture that is painted once and then copied, until something changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QPixmap

from gdviz.views.device_grid import DeviceGrid

__all__ = ["KeptPicture"]


class KeptPicture:
    """Keeps what a function paints, as the pixels of the device that it is painted on."""

    def __init__(self) -> None:
        self._kept: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """Paint anew at the next time."""
        self._kept = None

    def draw(
        self, painter: QPainter, size: QSizeF, key: object, paint: Callable[[QPainter], object]
    ) -> None:
        """Copy the picture, after painting it if it is not there.

        Parameters
        ----------
        painter : QPainter
        size : QSizeF
            In logical pixels.
        key : object
            What the picture depends on, besides what `forget` is called for.
        paint : callable
            Paints the picture in logical pixels, from the painter's origin on.
        """
        grid = DeviceGrid.of(painter)
        whole_key = (key, grid)
        if self._kept is None or self._kept[0] != whole_key:
            pixmap = grid.pixmap(size)
            with QPainter(pixmap) as inner:
                grid.prepare(inner)
                paint(inner)
            self._kept = (whole_key, pixmap)
        grid.copy(painter, self._kept[1])
