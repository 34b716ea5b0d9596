"""Formulas whose digits are changed without typesetting them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPicture, QTransform

from gdviz.landscapes import FloatArray
from gdviz.ui.typeset import Drawing, Typeset, drawing_of

__all__ = ["DigitTemplate", "Typesetter"]

_DIGIT = re.compile(r"\d")
_PATH = re.compile(r'<path d="([^"]*)"[^>]*/>')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SAME = 0.02  # of a digit's height


@dataclass(frozen=True)
class _Slot:
    """Where a digit stands, and how much smaller it is than one by itself."""

    left: float
    top: float
    scale: float


@dataclass(frozen=True, eq=False)
class DigitTemplate:
    """A typeset formula without its digits.

    The letters' font gives all digits one width, so that nothing else moves.

    Attributes
    ----------
    ground : Typeset
        All but the digits.
    slots : tuple
        Where they go, in the order in which the formula is written.
    """

    ground: Typeset
    slots: tuple[_Slot, ...]

    def filled(self, digits: Sequence[QPainterPath], color: str) -> Typeset:
        """Return the formula with these digits, each as it stands at the origin."""
        picture = QPicture()
        with QPainter(picture) as painter:
            painter.drawPicture(0, 0, self.ground.picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            for slot, digit in zip(self.slots, digits, strict=True):
                left, top = slot.left - self.ground.left, slot.top + self.ground.ascent
                place = QTransform.fromTranslate(left, top)
                painter.drawPath(place.scale(slot.scale, slot.scale).map(digit))
        return Typeset(picture, QSizeF(self.ground.size), self.ground.ascent)


class Typesetter:
    """Typesets formulas of one size and keeps what serves again.

    A formula that differs from an earlier one in its digits only, as numbers do that change in
    place, takes a fraction of a millisecond.
    """

    def __init__(self) -> None:
        self._templates: dict[tuple[str, float, str], DigitTemplate | None] = {}
        self._digits: dict[float, tuple[tuple[QPainterPath, ...], FloatArray]] = {}

    def forget(self) -> None:
        """Start afresh, for other sizes or colors."""
        self._templates.clear()
        self._digits.clear()

    def typeset(self, latex: str, pixels: float, color: str) -> Typeset | None:
        """Typeset LaTeX as `gdviz.ui.typeset.typeset` does."""
        digits = [int(digit) for digit in _DIGIT.findall(latex)]
        template = self._template(_DIGIT.sub("0", latex), pixels, color) if digits else None
        if template is None or len(template.slots) != len(digits):
            drawing = drawing_of(latex, pixels, color)
            return None if drawing is None else drawing.typeset()
        outlines, _zero = self._digits[pixels]
        return template.filled([outlines[digit] for digit in digits], color)

    def _template(self, latex: str, pixels: float, color: str) -> DigitTemplate | None:
        key = (latex, pixels, color)
        if key not in self._templates:
            self._templates[key] = self._made(latex, pixels, color)
        return self._templates[key]

    def _made(self, latex: str, pixels: float, color: str) -> DigitTemplate | None:
        if pixels not in self._digits and not self._learn(pixels, color):
            return None
        _outlines, zero = self._digits[pixels]
        drawing = drawing_of(latex, pixels, color)
        if drawing is None:
            return None
        slots: list[_Slot] = []

        def without_digits(match: re.Match[str]) -> str:
            slot = _slot(_points(match[1]), zero)
            if slot is None:
                return match[0]
            slots.append(slot)
            return ""

        ground = Drawing(_PATH.sub(without_digits, drawing.svg)).typeset()
        return None if ground is None else DigitTemplate(ground, tuple(slots))

    def _learn(self, pixels: float, color: str) -> bool:
        """Take the digits' outlines from what the typesetter draws of each alone."""
        outlines, zero = [], None
        for digit in range(10):
            drawing = drawing_of(str(digit), pixels, color)
            found = None if drawing is None else _PATH.search(drawing.svg)
            if found is None:
                return False
            if zero is None:
                zero = _points(found[1])
            outlines.append(_outline(found[1]))
        assert zero is not None
        self._digits[pixels] = (tuple(outlines), zero)
        return True


def _points(path: str) -> FloatArray:
    """Return the points of an outline, shape (n, 2); those of other commands too, as they come."""
    numbers = np.array(_NUMBER.findall(path), dtype=np.float64)
    return numbers[: numbers.size // 2 * 2].reshape(-1, 2)


def _slot(points: FloatArray, zero: FloatArray) -> _Slot | None:
    """Return how the outline of a zero is moved and scaled to be this one; None if it can't be."""
    if points.shape != zero.shape:
        return None
    height = np.ptp(zero[:, 1])
    scale = float(np.ptp(points[:, 1]) / height)
    offset = points.mean(axis=0) - scale * zero.mean(axis=0)
    if np.abs(points - scale * zero - offset).max() > _SAME * height:
        return None
    return _Slot(float(offset[0]), float(offset[1]), scale)


def _outline(path: str) -> QPainterPath:
    """Return an outline of moves, lines and quadratic curves, which is all that letters are."""
    outline = QPainterPath()
    for command, rest in re.findall(r"([MLQZ])([^MLQZ]*)", path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        if command == "M":
            outline.moveTo(*numbers)
        elif command == "L":
            outline.lineTo(*numbers)
        elif command == "Q":
            outline.quadTo(*numbers)
        else:
            outline.closeSubpath()
    return outline
