"""One line that says what is shown, in large letters."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame

from gdviz.ui.text_scale import letters, scaled
from gdviz.views.fonts import HEADING
from gdviz.views.theme import LIGHT, Theme

__all__ = ["Caption"]

_GAP, _SIDE = 24, 12
_WIDEST_STEP, _WIDEST_LOSS = "step 8,888 / 8,888", "loss −8.888×10⁻⁸⁸"
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Caption(QFrame):
    """Tells landscape, run, step and loss, each in a place of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("What is shown")
        self._theme = LIGHT
        self._landscape = self._run = self._step = self._loss = ""

    @property
    def text(self) -> str:
        """All that it tells, joined by spaces."""
        parts = (self._landscape, self._run, self._step, self._loss)
        return "  ".join(part for part in parts if part)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def show_parts(self, landscape: str, run: str, step: str, loss: str) -> None:
        """Tell something else."""
        told = (landscape, run, step, loss)
        if told != (self._landscape, self._run, self._step, self._loss):
            self._landscape, self._run, self._step, self._loss = told
            self.setAccessibleDescription(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self._digits).height() + scaled(self, 12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _digits(self) -> QFont:
        return letters(self, 1.25 * HEADING, bold=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        area = self.rect().adjusted(scaled(self, _SIDE), 0, -scaled(self, _SIDE), 0)
        gap = scaled(self, _GAP)
        with QPainter(self) as painter:
            painter.setFont(self._digits)
            painter.setPen(QColor(self._theme.text))
            metrics = painter.fontMetrics()
            for text, widest in ((self._loss, _WIDEST_LOSS), (self._step, _WIDEST_STEP)):
                width = max(metrics.horizontalAdvance(words) for words in (text, widest))
                place = QRect(area.right() - width, area.top(), width + 1, area.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | _MIDDLE, text)
                area.setRight(area.right() - width - gap)
            named, plain = letters(self, HEADING, bold=True), letters(self, HEADING)
            width = min(QFontMetrics(named).horizontalAdvance(self._landscape), area.width() // 2)
            _write(
                painter, QRect(area.topLeft(), QSize(width, area.height())), named, self._landscape
            )
            painter.setPen(QColor(self._theme.muted))
            _write(painter, area.adjusted(width + gap, 0, 0, 0), plain, self._run)


def _write(painter: QPainter, area: QRect, written: QFont, text: str) -> None:
    painter.setFont(written)
    width = max(area.width(), 0) + 2  # what is measured in whole pixels may lack one
    shown = QFontMetrics(written).elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(area.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignLeft | _MIDDLE, shown)
