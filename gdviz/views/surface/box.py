"""The mouse over a surface: orbit, pan, zoom, click, hover."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal

__all__ = ["SurfaceBox"]

_ZOOM_PER_NOTCH = 1.15


class SurfaceBox(pg.ViewBox):
    """A pyqtgraph view box whose data are its own pixels, y upward.

    Signals
    -------
    orbited(float, float)
        The left button has been dragged so many pixels to the right and up.
    panned(float, float)
        The same with another button, or with the Shift key down.
    released()
        The drag has ended.
    zoomed(float, object)
        The wheel was turned: the factor, and the pixel (QPointF) under the pointer.
    clicked(object), shift_clicked(object)
        The left button was clicked at this pixel, without and with the Shift key.
    double_clicked(object)
        It was clicked twice there; the first of the two was told as a click.
    hovered(object)
        The pointer is at this pixel, or has left: None.
    """

    orbited = Signal(float, float)
    panned = Signal(float, float)
    released = Signal()
    zoomed = Signal(float, object)
    clicked = Signal(object)
    shift_clicked = Signal(object)
    double_clicked = Signal(object)
    hovered = Signal(object)

    def __init__(self, *, interactive: bool) -> None:
        super().__init__(enableMenu=False, enableMouse=False)
        self._interactive = interactive
        self._pans = False
        self.disableAutoRange()
        self.sigResized.connect(self._on_resized)
        if interactive:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseClickEvent(self, event: Any) -> None:
        if not self._interactive or event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        at = QPointF(event.pos())
        if event.double():
            self.double_clicked.emit(at)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.shift_clicked.emit(at)
        else:
            self.clicked.emit(at)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        del axis
        if not self._interactive:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._pans = shift or event.button() != Qt.MouseButton.LeftButton
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        moved = event.pos() - event.lastPos()
        (self.panned if self._pans else self.orbited).emit(moved.x(), -moved.y())
        if event.isFinish():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.released.emit()

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        del axis
        if not self._interactive:
            event.ignore()
            return
        event.accept()
        self.zoomed.emit(_ZOOM_PER_NOTCH ** (event.delta() / 120.0), QPointF(event.pos()))

    def hoverEvent(self, event: Any) -> None:
        if self._interactive:
            self.hovered.emit(None if event.isExit() else QPointF(event.pos()))

    def _on_resized(self, *_: object) -> None:
        wide, high = max(self.width(), 1.0), max(self.height(), 1.0)
        self.setRange(xRange=(0.0, wide), yRange=(0.0, high), padding=0.0, disableAutoRange=True)
