"""A picture's title, caption, and the letters of its parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsObject

from gdviz.export.figure_spec import FigureSpec
from gdviz.views.fonts import BODY, HEADING, SMALL, font

__all__ = ["Words", "WordsItem", "caption_of", "letter_of", "title_of", "wrapped"]

_SIDE, _OUTER, _INNER = 14.0, 10.0, 4.0
_CAPTION = SMALL + 1
_LARGE_FROM = 480.0
_MOST_LINES = 2
_TITLE_SHARE, _CAPTION_SHARE = 0.25, 0.35
_LEADING = 1.25


@dataclass(frozen=True)
class Words:
    """Lines of words, and the strip that they are given.

    Attributes
    ----------
    lines : tuple of str
    pixels : int
        The size of the letters.
    bold : bool
    area : QRectF
    above : float
        How far the first line is from the strip's top.
    """

    lines: tuple[str, ...]
    pixels: int
    bold: bool
    area: QRectF
    above: float

    @property
    def letters(self) -> QFont:
        """Their font."""
        return font(self.pixels, bold=self.bold)


def title_of(spec: FigureSpec) -> Words | None:
    """Return the title at the top of a picture; None for none, or if there is no room."""
    width, height = spec.size
    pixels = HEADING if width >= _LARGE_FROM else BODY
    words = _fitted(spec.title, pixels, width, _TITLE_SHARE * height, bold=True)
    if words is None:
        return None
    strip = QRectF(0.0, 0.0, width, _height(words, pixels))
    return Words(words, pixels, True, strip, _OUTER)


def caption_of(spec: FigureSpec) -> Words | None:
    """Return the caption at the bottom of a picture; None for none, or if there is no room."""
    width, height = spec.size
    words = _fitted(spec.caption, _CAPTION, width, _CAPTION_SHARE * height, bold=False)
    if words is None:
        return None
    needed = _height(words, _CAPTION)
    strip = QRectF(0.0, height - needed, width, needed)
    return Words(words, _CAPTION, False, strip, _INNER)


def letter_of(place: int, area: QRectF) -> Words:
    """Return the letter of the part at a place in the row, such as (a), at the top of its area."""
    strip = QRectF(area.x(), area.y(), area.width(), _INNER + _LEADING * BODY)
    return Words((f"({chr(ord('a') + place)})",), BODY, True, strip, _INNER)


class WordsItem(QGraphicsObject):
    """Draws words in their strip, from the left.

    Parameters
    ----------
    words : Words
    color : str
    """

    def __init__(self, words: Words, color: str) -> None:
        super().__init__()
        self._words = words
        self._color = color

    def boundingRect(self) -> QRectF:
        return self._words.area

    def paint(self, painter: QPainter, *_: Any) -> None:
        words = self._words
        painter.setClipRect(self.boundingRect())  # an SVG keeps that of the plot before
        painter.setFont(words.letters)
        painter.setPen(QColor(self._color))
        baseline = words.area.top() + words.above + QFontMetricsF(words.letters).ascent()
        for number, line in enumerate(words.lines):
            at = QPointF(words.area.left() + _SIDE, baseline + number * _LEADING * words.pixels)
            painter.drawText(at, line)


def wrapped(text: str, letters: QFont, width: float, most: int) -> tuple[str, ...]:
    """Break a text into lines that are no wider than there is room, the last one cut short.

    Parameters
    ----------
    text : str
        Its own line ends are kept.
    letters : QFont
    width : float
    most : int
        How many lines there are at most.
    """
    metrics = QFontMetricsF(letters)
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    kept = lines[:most]
    if len(lines) > most and kept:
        kept[-1] += "…"
    right = Qt.TextElideMode.ElideRight
    return tuple(metrics.elidedText(line, right, math.ceil(width)) for line in kept)


def _fitted(
    text: str, pixels: int, width: float, room: float, *, bold: bool
) -> tuple[str, ...] | None:
    most = math.floor((room - _OUTER - _INNER) / (_LEADING * pixels))
    if bold:
        most = min(most, _MOST_LINES)
    if not text.strip() or most < 1:
        return None
    return wrapped(text.strip(), font(pixels, bold=bold), width - 2.0 * _SIDE, most)


def _height(lines: tuple[str, ...], pixels: int) -> float:
    return float(math.ceil(_OUTER + _INNER + _LEADING * pixels * len(lines)))
