"""The mouse in a plot: click, drag, hover, zoom and pan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal

__all__ = ["PlotBox"]

_GRIP_RADIUS = 14.0
_LINE_RADIUS = 7.0

Place = tuple[float, float]


class PlotBox(pg.ViewBox):
    """A pyqtgraph view box that tells clicks and drags in data coordinates.

    The left button pans, unless the drag begins on a grip or on the line; the wheel and the
    right button zoom.

    Signals
    -------
    clicked(float, float)
        The left button was clicked at x, y.
    shift_clicked(float, float)
        The same, while the Shift key was down.
    double_clicked()
        The left button was clicked twice; the first of the two was told as a click.
    grip_dragged(object, object)
        The grip that was at the first place (x, y) when the mouse was pressed is being dragged
        to the second one. The first place stays the same during one drag, whatever becomes of
        `grips` meanwhile.
    grip_dropped()
        The drag of a grip has ended.
    line_dragged(float)
        The line is being dragged to x.
    line_dropped()
        The drag of the line has ended.
    hovered(object)
        The pointer is at (x, y), or has left: None.
    brushed(object)
        While brushing: the left button is down at (x, y).
    brush_lifted()
        While brushing: it was let go.

    Attributes
    ----------
    brushing : bool
        Whether the left button brushes rather than clicks, drags and pans.
    grips : sequence of (float, float)
        Where the things stand that can be dragged, in data coordinates. Where several are
        equally near, the first one is dragged.
    line : float or None
        Where a vertical line stands that can be dragged.
    draggable : bool
        Whether any place can be dragged, as a grip that comes to it.
    """

    clicked = Signal(float, float)
    shift_clicked = Signal(float, float)
    double_clicked = Signal()
    grip_dragged = Signal(object, object)
    grip_dropped = Signal()
    line_dragged = Signal(float)
    line_dropped = Signal()
    hovered = Signal(object)
    brushed = Signal(object)
    brush_lifted = Signal()

    def __init__(self, *, interactive: bool) -> None:
        super().__init__(enableMenu=False, enableMouse=interactive)
        self.brushing = False
        self.grips: Sequence[Place] = ()
        self.line: float | None = None
        self.draggable = False
        self._dragged_grip: Place | None = None
        self._line_is_dragged = False
        if interactive:
            self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def dragging(self) -> bool:
        """Whether a grip or the line is being dragged."""
        return self._dragged_grip is not None or self._line_is_dragged

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        if self.brushing:
            self.brushed.emit(self._rounded(event.pos()))
            self.brush_lifted.emit()
        elif event.double():
            self.double_clicked.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.shift_clicked.emit(*self._rounded(event.pos()))
        else:
            self.clicked.emit(*self._rounded(event.pos()))

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if self.brushing and axis is None and event.button() == Qt.MouseButton.LeftButton:
            self._brush(event)
            return
        if event.isStart() and event.button() == Qt.MouseButton.LeftButton:
            # A drag along an axis comes with that axis, and in the axis's own coordinates.
            begun = event.buttonDownPos() if axis is None else None
            self._dragged_grip = self._grip_at(begun)
            if self.draggable and begun is not None:
                self._dragged_grip = self._rounded(begun)
            self._line_is_dragged = self._dragged_grip is None and self._on_line(begun)
        if self._dragged_grip is not None:
            event.accept()
            self.grip_dragged.emit(self._dragged_grip, self._rounded(event.pos()))
        elif self._line_is_dragged:
            event.accept()
            self.line_dragged.emit(self.mapToView(event.pos()).x())
        else:
            super().mouseDragEvent(event, axis=axis)
            return
        if event.isFinish():
            if self._line_is_dragged:
                self._line_is_dragged = False
                self.line_dropped.emit()
            if self._dragged_grip is not None:
                self._dragged_grip = None
                self.grip_dropped.emit()

    def _brush(self, event: Any) -> None:
        event.accept()
        if event.isStart():
            self.brushed.emit(self._rounded(event.buttonDownPos()))
        self.brushed.emit(self._rounded(event.pos()))
        if event.isFinish():
            self.brush_lifted.emit()

    def hoverEvent(self, event: Any) -> None:
        if event.isExit():
            self.hovered.emit(None)
            return
        if self.brushing:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._grip_at(event.pos()) is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif self._on_line(event.pos()):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)
        at = self.mapToView(event.pos())
        self.hovered.emit((at.x(), at.y()))

    def _rounded(self, pixel: QPointF) -> Place:
        """Return the data at a pixel, without digits that no pixel shows."""
        at = self.mapToView(pixel)
        wide, high = self.viewPixelSize()
        return round(at.x(), _decimals(wide)), round(at.y(), _decimals(high))

    def _grip_at(self, pixel: QPointF | None) -> Place | None:
        if pixel is None or not self.grips:
            return None
        (left, right), (bottom, top) = self.viewRange()
        across, up = self.width() / (right - left), self.height() / (top - bottom)
        at = self.mapToView(pixel)
        best, least = None, _GRIP_RADIUS
        for x, y in self.grips:
            away = math.hypot((x - at.x()) * across, (y - at.y()) * up)
            if away < least:
                best, least = (x, y), away
        return best

    def _on_line(self, pixel: QPointF | None) -> bool:
        if pixel is None or self.line is None:
            return False
        (left, right), _ = self.viewRange()
        away = (self.mapToView(pixel).x() - self.line) * self.width() / (right - left)
        return bool(abs(away) <= _LINE_RADIUS)


def _decimals(resolution: float) -> int:
    """Return the decimal places that tell numbers a `resolution` apart from each other."""
    return -math.floor(math.log10(resolution)) if resolution > 0.0 else 15
