"""Where the words of a picture are, as they are painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPolygonF

from gdviz.export.word_painter import baseline


@dataclass(frozen=True)
class Word:
    """A word and its ink in the picture, as it is turned; and what of it may be seen."""

    text: str
    ink: QPolygonF
    clip: QRectF


class NotingPainter(QPainter):
    """Notes each text that is painted by it."""

    def __init__(self, device):
        super().__init__(device)
        self.words = []

    def drawText(self, *args):
        metrics = QFontMetricsF(self.font())
        if isinstance(args[0], QRectF):
            area, flags, text = args
            at = baseline(area, int(flags), text, metrics)
        else:
            at, text = args
        ink = metrics.tightBoundingRect(text).translated(at)
        turned = self.combinedTransform().map(QPolygonF(ink))
        clip = QRectF(0.0, 0.0, 1e9, 1e9)
        if self.hasClipping():
            clip = self.combinedTransform().mapRect(self.clipBoundingRect())
        if text.strip():
            self.words.append(Word(text, turned, clip))


def words_of(figure, size):
    """Return the words of a figure in logical pixels."""
    image = QImage(round(size[0]), round(size[1]), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with NotingPainter(image) as painter:
        figure.paint(painter, QRectF(0.0, 0.0, *size))
        return list(painter.words)


def problems(words, size):
    """Yield what is wrong: words that are cut off, or that lie on others."""
    page = QRectF(-0.5, -0.5, size[0] + 1.0, size[1] + 1.0)
    for word in words:
        around = word.ink.boundingRect()
        if not page.contains(around):
            yield f"'{word.text}' leaves the page: {around}"
        if not word.clip.adjusted(-1.0, -1.0, 1.0, 1.0).contains(around):
            yield f"'{word.text}' is cut off at {word.clip}: {around}"
    for number, word in enumerate(words):
        for other in words[number + 1 :]:
            if word.ink.intersects(other.ink):
                yield f"'{word.text}' lies on '{other.text}'"
