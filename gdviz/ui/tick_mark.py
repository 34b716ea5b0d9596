"""An open circle that becomes a tick."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gdviz.views.theme import LIGHT, Theme

__all__ = ["TickMark"]

_SIZE = 16
_TICK = ((4.2, 8.3), (7.0, 11.0), (11.8, 5.4))


class TickMark(QWidget):
    """Shows whether something has been done."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._done = False
        self.setFixedSize(QSize(_SIZE, _SIZE))

    @property
    def done(self) -> bool:
        """Whether it is a tick."""
        return self._done

    def show_done(self, done: bool) -> None:
        """Be a tick, or an open circle."""
        if done != self._done:
            self._done = done
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            circle = QRectF(1.0, 1.0, _SIZE - 2.0, _SIZE - 2.0)
            if not self._done:
                painter.setPen(QPen(QColor(self._theme.muted), 1.5))
                painter.drawEllipse(circle)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.partials[1]))
            painter.drawEllipse(circle)
            pen = QPen(QColor(self._theme.panel), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(*place) for place in _TICK]))
