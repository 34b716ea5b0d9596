"""A table whose rows are moved by dragging."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QTableView

__all__ = ["MovableRows"]

_EDGE = 16
_SCROLL_EVERY = 40


class MovableRows(QTableView):
    """Shows a line where a dragged row would be let go; Esc takes it back.

    It moves nothing itself. Only the left button drags, and without a modifier key, which
    would select. A subclass says by `movable` how many rows there are to move.

    Signals
    -------
    row_dropped(int, int)
        The row that was dragged, and the gap in which it was let go: 0 above the first row.
    """

    row_dropped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._line_color = QColor()
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._row = -1
        self._gap: int | None = None
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll)

    @property
    def movable(self) -> int:
        """How many rows, from the first one, can be moved."""
        return self.model().rowCount()

    @property
    def gap(self) -> int | None:
        """Where the dragged row would be let go; None while nothing is dragged."""
        return self._gap

    def set_line_color(self, color: QColor) -> None:
        """Draw the line between rows in another color."""
        self._line_color = color

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        row = self.indexAt(at).row()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton and plain and 0 <= row < self.movable:
            self._pressed, self._row = at, row
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        far = QGuiApplication.styleHints().startDragDistance()
        if self._gap is None and (at - self._pressed).manhattanLength() < far:
            return
        self._at = at
        self._aim(at)
        near_edge = at.y() < _EDGE or at.y() > self.viewport().height() - _EDGE
        if near_edge and not self._scroller.isActive():
            self._scroller.start()
        elif not near_edge:
            self._scroller.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gap, row = self._gap, self._row
        if gap is None:
            self._pressed = None
            super().mouseReleaseEvent(event)
            return
        self.cancel_drag()
        self.row_dropped.emit(row, gap)

    def event(self, event: QEvent) -> bool:
        # While a row is dragged, Esc is not the window's.
        if self._gap is not None and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and event.type() is QEvent.Type.KeyPress:
                self.cancel_drag()
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        with QPainter(self.viewport()) as painter:
            painter.setPen(QPen(self._line_color, 2))
            y = max(self._gap_at(self._gap), 1)
            painter.drawLine(2, y, self.viewport().width() - 2, y)

    @Slot()
    def cancel_drag(self) -> None:
        """Let go of what is dragged, and move nothing."""
        self._scroller.stop()
        self._pressed = self._gap = None
        self.viewport().update()

    def _aim(self, at: QPoint) -> None:
        row = self.rowAt(max(0, min(at.y(), self.viewport().height() - 1)))
        if row < 0:
            self._gap = self.movable
        else:
            lower = at.y() > self.rowViewportPosition(row) + self.rowHeight(row) // 2
            self._gap = min(row + lower, self.movable)
        self.viewport().update()

    def _gap_at(self, gap: int) -> int:
        if gap == 0:
            return self.rowViewportPosition(0)
        return self.rowViewportPosition(gap - 1) + self.rowHeight(gap - 1)

    @Slot()
    def _scroll(self) -> None:
        """Scroll on while the pointer is held at an edge."""
        at = self._at
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (-1 if at.y() < _EDGE else 1) * self.rowHeight(0) // 2)
        self._aim(at)
