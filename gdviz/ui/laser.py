"""A red light over the plots, with the numbers where it stands."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRadialGradient,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QStyle, QWidget

from gdviz.ui.text_scale import letters, scaled
from gdviz.views.fonts import HEADING
from gdviz.views.theme import LIGHT, Theme

__all__ = ["LASER_RED", "Laser"]

LASER_RED = "#ff1a1a"
_DOT, _GLOW, _ECHO = 6.0, 18.0, 9.0
_FADES_IN, _EVERY_MS, _MOST = 0.35, 16, 64
_AWAY, _PADDING = 20, 10


class Laser(QWidget):
    """A dot with a glow and a fading trail, beside it a plate, and rings where it is elsewhere.

    It lies over other widgets and lets the mouse through. No more is repainted than what has
    changed, and nothing while the mouse rests.

    Parameters
    ----------
    parent : QWidget
        Which it covers.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = LIGHT
        self._spot: QPointF | None = None
        self._trail: list[tuple[float, QPointF]] = []
        self._lines: tuple[str, ...] = ()
        self._echoes: tuple[QPointF, ...] = ()
        self._painted = QRegion()
        self._fading = QTimer(self)
        self._fading.setInterval(_EVERY_MS)
        self._fading.timeout.connect(self._fade)
        parent.installEventFilter(self)
        self.hide()

    @property
    def spot(self) -> QPointF | None:
        """Where the light is, in the parent's pixels; None if it is nowhere."""
        return self._spot

    @property
    def lines(self) -> tuple[str, ...]:
        """What the plate tells."""
        return self._lines

    @property
    def echoes(self) -> tuple[QPointF, ...]:
        """Where the same point is in other plots."""
        return self._echoes

    def set_theme(self, theme: Theme) -> None:
        """Change the colors of the plate."""
        self._theme = theme
        self.update()

    def shine(self, spot: QPointF | None) -> None:
        """Move the light; None turns it off."""
        moving = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        if spot is None or not moving:
            self._trail.clear()
        elif self._spot is not None:
            self._trail = [*self._trail[1 - _MOST :], (time.perf_counter(), self._spot)]
            self._fading.start()
        self._spot = spot
        if spot is None:
            self._lines, self._echoes = (), ()
        self._repaint()

    def tell(self, lines: Sequence[str], echoes: Sequence[QPointF] = ()) -> None:
        """Write on the plate, and ring the same point in other plots."""
        self._lines, self._echoes = tuple(lines), tuple(echoes)
        self._repaint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        self._fading.stop()
        self.shine(None)
        super().hideEvent(event)

    def plate(self) -> QRect:
        """Return where the plate is; nowhere if it is empty."""
        if self._spot is None or not self._lines:
            return QRect()
        metrics = QFontMetrics(letters(self, HEADING, bold=True))
        padding = scaled(self, _PADDING)
        width = max(metrics.horizontalAdvance(line) for line in self._lines) + 2 * padding
        size = QSize(width, metrics.height() * len(self._lines) + 2 * padding)
        away, spot = scaled(self, _AWAY), self._spot.toPoint()
        left = (
            spot.x() + away if spot.x() + away + width <= self.width() else spot.x() - away - width
        )
        top = spot.y() - away - size.height()
        top = top if top >= 0 else spot.y() + away
        most = QPoint(self.width() - size.width(), self.height() - size.height())
        return QRect(QPoint(max(min(left, most.x()), 0), max(min(top, most.y()), 0)), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._spot is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_echoes(painter)
            self._paint_trail(painter)
            self._paint_dot(painter, self._spot)
            self._paint_plate(painter)

    def _paint_trail(self, painter: QPainter) -> None:
        now = time.perf_counter()
        places = [*self._trail, (now, self._spot or QPointF())]
        for (then, begin), (_later, end) in pairwise(places):
            left = 1.0 - (now - then) / _FADES_IN
            if left > 0.0:
                color = QColor(LASER_RED)
                color.setAlphaF(0.6 * left)
                pen = QPen(color, 2.0 * scaled(self, _DOT) * left)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(begin, end)

    def _paint_dot(self, painter: QPainter, spot: QPointF) -> None:
        glow = scaled(self, _GLOW)
        light = QRadialGradient(spot, glow)
        for place, alpha in ((0.0, 0.7), (0.4, 0.45), (1.0, 0.0)):
            color = QColor(LASER_RED)
            color.setAlphaF(alpha)
            light.setColorAt(place, color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        painter.drawEllipse(spot, glow, glow)
        painter.setPen(QPen(QColor("#ffffff"), 0.25 * scaled(self, _DOT)))
        painter.setBrush(QColor(LASER_RED))
        painter.drawEllipse(spot, scaled(self, _DOT), scaled(self, _DOT))

    def _paint_echoes(self, painter: QPainter) -> None:
        radius = scaled(self, _ECHO)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for echo in self._echoes:
            for color, width in (("#ffffff", 5.0), (LASER_RED, 2.5)):
                painter.setPen(QPen(QColor(color), scaled(self, width)))
                painter.drawEllipse(echo, radius, radius)

    def _paint_plate(self, painter: QPainter) -> None:
        place = self.plate()
        if place.isEmpty():
            return
        painter.setPen(QPen(QColor(self._theme.border), 1.0))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(letters(self, HEADING, bold=True))
        inner = place.adjusted(scaled(self, _PADDING), scaled(self, _PADDING), 0, 0)
        painter.drawText(inner, 0, "\n".join(self._lines))

    def _repaint(self) -> None:
        """Repaint what there is and what there was, and not what lies between."""
        glow = scaled(self, _GLOW) + 2
        now = QRegion()
        places = [] if self._spot is None else [self._spot, *self._echoes]
        for place in (*places, *(spot for _then, spot in self._trail)):
            now |= QRectF(place, place).adjusted(-glow, -glow, glow, glow).toAlignedRect()
        if places:
            now |= self.plate().adjusted(-1, -1, 1, 1)
        self.update(self._painted | now)
        self._painted = now

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    @Slot()
    def _fade(self) -> None:
        now = time.perf_counter()
        self._trail = [(then, spot) for then, spot in self._trail if now - then < _FADES_IN]
        if not self._trail:
            self._fading.stop()
        self._repaint()
