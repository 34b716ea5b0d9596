"""Words on a plate, which are read on any ground."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gdviz.views.fonts import BODY, font
from gdviz.views.theme import Theme

__all__ = [
    "clear_of",
    "draw_plate",
    "draw_plate_ground",
    "fits",
    "fitting",
    "plate_size",
    "within",
]

_PADDING, _HEIGHT = 6.0, 22.0
_OPACITY = 0.85
_ROUNDING = 4.0
_BETWEEN = 2.0


def plate_size(text: str, *, bold: bool = True) -> QSizeF:
    """Return the size of the plate that bears a text."""
    advance = QFontMetricsF(font(BODY, bold=bold)).horizontalAdvance(text)
    return QSizeF(advance + 2.0 * _PADDING, _HEIGHT)


def within(corner: QPointF, size: QSizeF, bounds: QRectF, margin: float = 6.0) -> QRectF:
    """Return a rectangle at a corner, moved as far as it takes to lie within bounds."""
    left = min(max(corner.x(), bounds.left() + margin), bounds.right() - size.width() - margin)
    top = min(max(corner.y(), bounds.top() + margin), bounds.bottom() - size.height() - margin)
    return QRectF(QPointF(left, top), size)


def fits(size: QSizeF, bounds: QRectF) -> bool:
    """Tell whether there is room for a plate within bounds."""
    return size.width() <= bounds.width() and size.height() <= bounds.height()


def fitting(texts: Sequence[str], room: float) -> str:
    """Return the first of some wordings whose plate is no wider than there is room, or the last."""
    return next((text for text in texts if plate_size(text).width() <= room), texts[-1])


def clear_of(plate: QRectF, taken: Sequence[QRectF], bounds: QRectF) -> QRectF:
    """Return a plate moved up or down, no farther than it takes to lie beside others.

    Where there is no such place within the bounds, it stays.
    """
    tops = [plate.top()]
    for other in taken:
        tops += [other.top() - plate.height() - _BETWEEN, other.bottom() + _BETWEEN]
    for top in sorted(tops, key=lambda top: abs(top - plate.top())):
        moved = QRectF(QPointF(plate.left(), top), plate.size())
        inside = bounds.top() <= top and moved.bottom() <= bounds.bottom()
        if inside and not any(moved.intersects(other) for other in taken):
            return moved
    return plate


def draw_plate_ground(
    painter: QPainter, plate: QRectF, theme: Theme, *, edged: bool = False
) -> None:
    """Draw a plate without words, `edged` where the ground has its own color."""
    background = QColor(theme.panel)
    background.setAlphaF(_OPACITY)
    painter.setPen(QPen(QColor(theme.border), 1.0) if edged else Qt.PenStyle.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(plate, _ROUNDING, _ROUNDING)


def draw_plate(painter: QPainter, plate: QRectF, text: str, color: str, theme: Theme) -> None:
    """Draw a plate with a bold text in its middle."""
    draw_plate_ground(painter, plate, theme)
    painter.setFont(font(BODY, bold=True))
    painter.setPen(QColor(color))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
