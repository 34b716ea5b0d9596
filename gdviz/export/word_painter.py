"""Painters that write words in another way than Qt's own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath

__all__ = ["OutlinePainter", "PlainPainter", "baseline"]

_MIDDLE, _RIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
_CENTER, _BOTTOM = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom


class OutlinePainter(QPainter):
    """Draws words as shapes, so that no font is needed to see them.

    Items that are painted by it get this very object, so that what they call is what is
    written here.
    """

    def drawText(self, *args: Any) -> None:  # type: ignore[override]
        """Draw a line of text at a point, or in a rectangle with flags."""
        if isinstance(args[0], QRectF):
            area, flags, text = args
            at = baseline(area, int(flags), text, QFontMetricsF(self.font()))
        else:
            at, text = args
        path = QPainterPath()
        path.addText(at, self.font(), text)
        self.fillPath(path, self.pen().brush())


class PlainPainter(QPainter):
    """Draws words without the font's variants, such as digits of one width.

    Of those a PDF doesn't say which letters they are, so that no reader would find them.
    """

    def drawText(self, *args: Any) -> None:  # type: ignore[override]
        """Draw a line of text at a point, or in a rectangle with flags."""
        font = QFont(self.font())
        font.clearFeatures()
        font.setFeature(QFont.Tag("calt"), 0)
        kept = self.font()
        self.setFont(font)
        super().drawText(*args)
        self.setFont(kept)


def baseline(area: QRectF, flags: int, text: str, metrics: QFontMetricsF) -> QPointF:
    """Return where a line of text begins that is aligned in a rectangle."""
    width, height = metrics.horizontalAdvance(text), metrics.height()
    left, top = area.left(), area.top()
    if flags & _MIDDLE.value:
        left += 0.5 * (area.width() - width)
    elif flags & _RIGHT.value:
        left += area.width() - width
    if flags & _CENTER.value:
        top += 0.5 * (area.height() - height)
    elif flags & _BOTTOM.value:
        top += area.height() - height
    return QPointF(left, top + metrics.ascent())
