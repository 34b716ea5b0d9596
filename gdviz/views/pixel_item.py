"""Drawing in a plot's own pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject

from gdviz.landscapes import FloatArray
from gdviz.views.pixel_map import PixelMap

__all__ = ["PixelItem", "round_pen"]


class PixelItem(QGraphicsObject):
    """An item that covers a plot's box and paints in its logical pixels.

    Lines, marks and letters so have the same proportions on the screen and in a
    picture of any scale, where pens measured in device pixels would come out thin.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    retain : bool
        Whether to keep what was painted as pixels, which is quick on a screen;
        otherwise everything is painted as shapes, as vector pictures want it.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool, z: float) -> None:
        super().__init__(box)
        self._box = box
        self._retain = retain
        self._rect = QRectF(0.0, 0.0, box.width(), box.height())
        self._watcher: Callable[[QRectF], object] | None = None
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigRangeChanged.connect(self._on_range_changed)
        box.sigResized.connect(self._on_resized)

    def boundingRect(self) -> QRectF:
        return self._rect  # Qt asks for it many times a frame

    @property
    def box(self) -> pg.ViewBox:
        """The plot that is painted in."""
        return self._box

    @property
    def moves(self) -> bool:
        """Whether what is drawn depends on the step, beside what is in view."""
        return False

    def keep_pixels(self) -> None:
        """Keep what is painted as pixels from now on, as on a screen."""
        self._retain = True

    @property
    def pixel_map(self) -> PixelMap:
        """The map of the plot as it stands now."""
        (x_low, x_high), (y_low, y_high) = self._box.viewRange()
        return PixelMap((x_low, x_high), (y_low, y_high), self._rect.width(), self._rect.height())

    def watch(self, watcher: Callable[[QRectF], object]) -> None:
        """Tell someone each area that has to be painted anew."""
        self._watcher = watcher

    def update(self, *area: Any) -> None:
        """Have it painted anew, or of it an area that is not empty."""
        if area and area[0].isEmpty():
            return
        super().update(*area)
        if self._watcher is not None:
            self._watcher(area[0] if area else self._rect)

    def update_around(self, points: FloatArray, margin: float) -> None:
        """Repaint no more than what lies about some points, which is quicker than all.

        Parameters
        ----------
        points : ndarray, shape (n, 2)
            In data coordinates.
        margin : float
            How far the drawing reaches around them, in pixels.
        """
        if self._rect.width() < 1.0 or self._rect.height() < 1.0:
            return
        pixels = self.pixel_map.pixels(points)
        (left, top), (right, bottom) = pixels.min(axis=0).tolist(), pixels.max(axis=0).tolist()
        around = QRectF(left, top, right - left, bottom - top)
        self.update(around.adjusted(-margin, -margin, margin, margin) & self.boundingRect())

    def paint(self, painter: QPainter, *_: Any) -> None:
        if self._rect.width() >= 1.0 and self._rect.height() >= 1.0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, self.pixel_map)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        """Paint in the box's logical pixels."""
        raise NotImplementedError

    def _on_range_changed(self, *_: object) -> None:
        self.update()

    def _on_resized(self, *_: object) -> None:
        self.prepareGeometryChange()
        self._rect = QRectF(0.0, 0.0, self._box.width(), self._box.height())
        self.update()


def round_pen(color: str | QColor, width: float) -> QPen:
    """Return a pen with round ends and joints, its width in logical pixels."""
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
