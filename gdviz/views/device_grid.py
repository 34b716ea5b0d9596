"""How the logical pixels of a painter lie on the pixels of its device."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

__all__ = ["DeviceGrid"]


@dataclass(frozen=True)
class DeviceGrid:
    """Where an item's pixels fall, so that what is kept of it stays as sharp as what is painted.

    Attributes
    ----------
    ratio : float
        Of the device: its pixels per unit of its own coordinates.
    scale : float
        The painter's units in the device's coordinates: the text size of a plot.
    left, top : float
        How far the painter's origin lies right of and below a pixel of the device, below 1.
    """

    ratio: float
    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, painter: QPainter) -> DeviceGrid:
        """Return the grid of a painter, which neither turns nor shears."""
        ratio, transform = painter.device().devicePixelRatioF(), painter.worldTransform()
        scale = math.hypot(transform.m11(), transform.m12())
        left, top = ratio * transform.dx(), ratio * transform.dy()
        return cls(ratio, scale, left - math.floor(left), top - math.floor(top))

    def pixmap(self, size: QSizeF) -> QPixmap:
        """Return a transparent pixmap for an area of a size in the painter's units."""
        sharpness = self.ratio * self.scale
        width = math.ceil(size.width() * sharpness + self.left)
        height = math.ceil(size.height() * sharpness + self.top)
        pixmap = QPixmap(max(width, 1), max(height, 1))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def prepare(self, painter: QPainter) -> None:
        """Have a painter on such a pixmap paint in the units that the pixmap was made for."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.left / self.ratio, self.top / self.ratio)
        painter.scale(self.scale, self.scale)

    def copy(self, painter: QPainter, pixmap: QPixmap) -> None:
        """Copy such a pixmap to where its painter stands, pixel for pixel."""
        transform = painter.worldTransform()
        left = math.floor(self.ratio * transform.dx()) / self.ratio
        top = math.floor(self.ratio * transform.dy()) / self.ratio
        painter.save()
        painter.setWorldTransform(QTransform())
        painter.drawPixmap(QPointF(left, top), pixmap)
        painter.restore()
