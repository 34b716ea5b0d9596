"""An axis with numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg

from gdviz.numbers import format_number
from gdviz.views.fonts import BODY, SMALL, font
from gdviz.views.theme import Theme

__all__ = ["NumberAxis"]

_WIDTH, _HEIGHT = 68, 42
_PLAIN_BELOW, _PLAIN_ABOVE = 1e6, 1e-4


class NumberAxis(pg.AxisItem):
    """A pyqtgraph axis of fixed size, so that plots above one another line up."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-5)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickFont=font(SMALL), tickTextOffset=6, maxTickLevel=0)
        self.label.setFont(font(BODY))
        if orientation == "left":
            self.setWidth(_WIDTH)
        else:
            self.setHeight(_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.setPen(pg.mkPen(theme.border, cosmetic=False))
        self.setTextPen(theme.muted)
        self.labelStyle = {"color": theme.text}
        self.setLabel(self.labelText)

    def mapToDevice(self, point: Any) -> Any:
        """Measure in logical pixels, which a scene has even when no window shows it."""
        return self.sceneTransform().map(point)

    def mouseClickEvent(self, event: Any) -> None:
        """Let a click beside the plot be none in it, where its place would mean something else."""
        event.ignore()

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the labels of ticks at `values`, `spacing` apart."""
        del scale
        largest = max((abs(value) for value in values), default=0.0)
        if largest >= _PLAIN_BELOW or 0.0 < largest < _PLAIN_ABOVE:
            return [format_number(value) for value in values]
        places = max(0, math.ceil(-math.log10(spacing) - 1e-9))
        return [f"{value + 0.0:.{places}f}".replace("-", "\N{MINUS SIGN}") for value in values]
