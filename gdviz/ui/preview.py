"""What is going to be written, before it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdviz.ui.text_scale import letters
from gdviz.ui.tips import explain
from gdviz.views.fonts import SMALL
from gdviz.views.theme import LIGHT, Theme

__all__ = ["Preview"]

_MARGIN = 12
_SQUARE = 8
_SQUARES_ALPHA = 0.5
_ROUNDING = 8.0


class Preview(QWidget):
    """A picture or the first lines of a text, on a card.

    A transparent picture lies on a checkerboard.

    Signals
    -------
    resized()
        A picture of another size would fit now.
    """

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._image: QImage | None = None
        self._text = ""
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setAccessibleName("Preview")
        explain(self, "What the file is going to show, drawn by what writes it.")

    @property
    def image(self) -> QImage | None:
        """The picture that is shown, in pixels of the screen."""
        return self._image

    @property
    def text(self) -> str:
        """The lines or the words that are shown."""
        return self._text or self._words

    def set_theme(self, theme: Theme) -> None:
        """Change the colors around the picture."""
        self._theme = theme
        self.update()

    def pixels_for(self, picture: tuple[int, int]) -> tuple[int, int]:
        """Return how many pixels of the screen a picture can have here.

        Parameters
        ----------
        picture : (int, int)
            Its own pixels; it is never shown larger than it is.
        """
        ratio = self.devicePixelRatioF()
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        width, height = picture
        shrunk = min(ratio * room.width() / width, ratio * room.height() / height, 1.0)
        return max(round(shrunk * width), 1), max(round(shrunk * height), 1)

    def show_image(self, image: QImage) -> None:
        """Show a picture that is as large as `pixels_for` says."""
        self._image, self._text, self._words = image, "", ""
        self.update()

    def show_text(self, text: str) -> None:
        """Show the first lines of a text."""
        self._image, self._text, self._words = None, text, ""
        self.update()

    def show_words(self, words: str) -> None:
        """Say something in the place of a picture."""
        self._image, self._text, self._words = None, "", words
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QPainterPath()
            card.addRoundedRect(QRectF(self.rect()), _ROUNDING, _ROUNDING)
            painter.fillPath(card, QColor(self._theme.field))
            inner = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            if self._image is not None:
                self._paint_image(painter, QRectF(inner), self._image)
            elif self._text:
                self._paint_text(painter, QRectF(inner))
            else:
                painter.setPen(QColor(self._theme.muted))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(inner, flags, self._words)

    def _paint_image(self, painter: QPainter, room: QRectF, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        width, height = image.width() / ratio, image.height() / ratio
        # What was drawn for another size fills the room until it is drawn again.
        factor = min(room.width() / width, room.height() / height, 1.0)
        width, height = factor * width, factor * height
        left = round(ratio * (room.center().x() - 0.5 * width)) / ratio
        top = round(ratio * (room.center().y() - 0.5 * height)) / ratio
        place = QRectF(left, top, width, height)
        self._paint_squares(painter, place)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_squares(self, painter: QPainter, place: QRectF) -> None:
        painter.save()
        painter.setClipRect(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        one, other = QColor(self._theme.panel), QColor(self._theme.pressed)
        other.setAlphaF(_SQUARES_ALPHA)
        painter.fillRect(place, one)
        for row in range(int(place.height()) // _SQUARE + 1):
            for column in range(row % 2, int(place.width()) // _SQUARE + 1, 2):
                corner = place.left() + column * _SQUARE, place.top() + row * _SQUARE
                painter.fillRect(QRectF(*corner, _SQUARE, _SQUARE), other)
        painter.restore()

    def _paint_text(self, painter: QPainter, room: QRectF) -> None:
        painter.setFont(letters(self, SMALL))
        painter.setPen(QColor(self._theme.text))
        metrics = painter.fontMetrics()
        lines = self._text.splitlines()[: int(room.height()) // metrics.lineSpacing()]
        top = room.top()
        for line in lines:
            shown = metrics.elidedText(
                line.expandtabs(4), Qt.TextElideMode.ElideRight, int(room.width())
            )
            place = QRectF(room.left(), top, room.width(), metrics.lineSpacing())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, shown)
            top += metrics.lineSpacing()
