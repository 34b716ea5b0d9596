"""A picture that is painted once and then copied, until something changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

__all__ = ["KeptPicture", "transparent"]


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
        ratio = painter.device().devicePixelRatioF()
        whole_key = (key, ratio)
        if self._kept is None or self._kept[0] != whole_key:
            pixmap = transparent(size, ratio)
            with QPainter(pixmap) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint(inner)
            self._kept = (whole_key, pixmap)
        painter.drawPixmap(QPointF(0.0, 0.0), self._kept[1])


def transparent(size: QSizeF, ratio: float) -> QPixmap:
    """Return a transparent pixmap of a size in logical pixels, `ratio` of its own to each."""
    pixmap = QPixmap(size.toSize() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
