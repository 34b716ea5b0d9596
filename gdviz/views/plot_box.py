"""The mouse in a plot: click, drag, hover, zoom and pan."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal

__all__ = ["PlotBox"]

_GRIP_RADIUS = 14.0


class PlotBox(pg.ViewBox):
    """A pyqtgraph view box that tells clicks and drags in data coordinates.

    The left button pans, unless the drag begins on the grip; the wheel and the right
    button zoom.

    Signals
    -------
    clicked(float, float)
        The left button was clicked at x, y.
    grip_dragged(float, float)
        The grip is being dragged to x, y.
    grip_dropped()
        The drag has ended.
    hovered(object)
        The pointer is at (x, y), or has left: None.
    """

    clicked = Signal(float, float)
    grip_dragged = Signal(float, float)
    grip_dropped = Signal()
    hovered = Signal(object)

    def __init__(self, *, interactive: bool) -> None:
        super().__init__(enableMenu=False, enableMouse=interactive)
        self.grip: QPointF | None = None
        """Where the thing stands that can be dragged, in data coordinates."""
        self._dragging = False
        if interactive:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not event.double():
            event.accept()
            self.clicked.emit(*self._rounded(event.pos()))

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if event.isStart() and event.button() == Qt.MouseButton.LeftButton:
            # A drag along an axis comes with that axis, and in the axis's own coordinates.
            self._dragging = axis is None and self._on_grip(event.buttonDownPos())
        if not self._dragging:
            super().mouseDragEvent(event, axis=axis)
            return
        event.accept()
        self.grip_dragged.emit(*self._rounded(event.pos()))
        if event.isFinish():
            self._dragging = False
            self.grip_dropped.emit()

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self.hovered.emit(None)
            return
        on_grip = self._on_grip(event.pos())
        self.setCursor(Qt.CursorShape.SizeAllCursor if on_grip else Qt.CursorShape.CrossCursor)
        at = self.mapToView(event.pos())
        self.hovered.emit((at.x(), at.y()))

    def _rounded(self, pixel: QPointF) -> tuple[float, float]:
        """Return the data at a pixel, without digits that no pixel shows."""
        at = self.mapToView(pixel)
        wide, high = self.viewPixelSize()
        return round(at.x(), _decimals(wide)), round(at.y(), _decimals(high))

    def _on_grip(self, pixel: QPointF) -> bool:
        if self.grip is None:
            return False
        away = self.mapFromView(self.grip) - pixel
        return bool(away.x() ** 2 + away.y() ** 2 <= _GRIP_RADIUS**2)


def _decimals(resolution: float) -> int:
    """Return the decimal places that tell numbers a `resolution` apart from each other."""
    return -math.floor(math.log10(resolution)) if resolution > 0.0 else 15
