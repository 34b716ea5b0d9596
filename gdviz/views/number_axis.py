"""An axis with numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

import pyqtgraph as pg
from PySide6.QtGui import QPainter

from gdviz.numbers import format_number
from gdviz.views.fonts import BODY, SMALL, font
from gdviz.views.log_ticks import log_labels, log_ticks
from gdviz.views.theme import Theme

__all__ = ["AxisPainter", "NumberAxis", "tick_labels"]

_WIDTH, _HEIGHT = 68, 42
_PLAIN_BELOW, _PLAIN_ABOVE = 1e6, 1e-4
_LABEL_ROOM = {"left": 34.0, "bottom": 64.0}


class AxisPainter(Protocol):
    """What paints an axis in a picture, where words must not collide at any size."""

    theme: Theme

    def paint(self, painter: QPainter) -> None:
        """Paint the axis with its numbers and its name."""

    def set_named(self, named: bool) -> None:
        """Write the axis's name, or not."""

    def wanted_width(self) -> float:
        """Return how much room its numbers and its name take."""


class NumberAxis(pg.AxisItem):
    """A pyqtgraph axis of fixed size, so that plots above one another line up.

    Attributes
    ----------
    pictured : AxisPainter or None
        What paints it instead.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-5)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickFont=font(SMALL), tickTextOffset=6, maxTickLevel=0, maxTextLevel=0)
        self.label.setFont(font(BODY))
        self._logarithmic = False
        self.pictured: AxisPainter | None = None
        if orientation == "left":
            self.setWidth(_WIDTH)
        else:
            self.setHeight(_HEIGHT)

    def showLabel(self, show: bool = True) -> None:
        """Show the name, unless it is painted with the rest of a picture."""
        super().showLabel(show and self.pictured is None)

    def paint(self, painter: QPainter, *others: Any) -> None:
        if self.pictured is None:
            super().paint(painter, *others)
        else:
            self.pictured.paint(painter)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        if self.pictured is not None:
            self.pictured.theme = theme
        self.setPen(pg.mkPen(theme.border, cosmetic=False))
        self.setTextPen(theme.muted)
        self.labelStyle = {"color": theme.text}
        self.setLabel(self.labelText)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Take the plot's numbers for common logarithms, and write what they are those of."""
        if logarithmic != self._logarithmic:
            self._logarithmic = logarithmic
            self.picture = None
            self.update()

    def tick_places(self, low: float, high: float) -> tuple[list[float], list[float]]:
        """Return where labeled ticks are and where others, between two of the plot's numbers."""
        size = self.width() if self.orientation == "bottom" else self.height()
        levels = [values for _, values in self.tickValues(low, high, size)]
        labeled = list(levels[0]) if levels else []
        others = levels[1] if len(levels) > 1 else []
        return labeled, list(others)

    def mapToDevice(self, point: Any) -> Any:
        """Measure in logical pixels, which a scene has even when no window shows it."""
        return self.sceneTransform().map(point)

    def mouseClickEvent(self, event: Any) -> None:
        """Let a click beside the plot be none in it, where its place would mean something else."""
        event.ignore()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:  # noqa: N803 -- theirs
        """Return ``(spacing, values)`` of labeled ticks, and then of others."""
        if not self._logarithmic:
            return super().tickValues(minVal, maxVal, size)
        low, high = sorted((minVal, maxVal))
        labeled, others = log_ticks(low, high, int(size / _LABEL_ROOM[self.orientation]))
        return [(1.0, labeled), (0.1, others)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of ticks at `values`, `spacing` apart."""
        del scale
        if self._logarithmic:
            return log_labels(values) if len(values) else []
        return tick_labels(values, spacing)


def tick_labels(values: Sequence[float], spacing: float) -> list[str]:
    """Return how numbers are written that are `spacing` apart: all with as many decimals."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= _PLAIN_BELOW or 0.0 < largest < _PLAIN_ABOVE:
        return [format_number(value) for value in values]
    places = max(0, math.ceil(-math.log10(spacing) - 1e-9))
    return [f"{value + 0.0:.{places}f}".replace("-", "\N{MINUS SIGN}") for value in values]
