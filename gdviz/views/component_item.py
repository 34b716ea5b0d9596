"""The parts of the selected run's step, as arrows from its current point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number
from gdviz.views.fonts import BODY, font
from gdviz.views.marks import draw_arrow
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate_ground
from gdviz.views.theme import Theme
from gdviz.views.trace import Trace, selected_of

__all__ = ["ComponentArrow", "ComponentItem", "magnification"]

_SHORTEST, _LONGEST = 60.0, 110.0
_NICE = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_MARGIN = 12.0
_ROW, _KEY, _PADDING = 20.0, 22.0, 8.0


@dataclass(frozen=True)
class ComponentArrow:
    """A part of a step.

    Attributes
    ----------
    title : str
        A few words for the legend.
    role : str
        Its meaning, which decides its color: see `Theme.role`.
    displacement : (float, float)
        In parameters: what would be added to the point if this were the whole step.
    """

    title: str
    role: str
    displacement: tuple[float, float]


class ComponentItem(PixelItem):
    """Draws arrows in one common magnification, and a legend that tells it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=18.0)
        self._components: tuple[ComponentArrow, ...] = ()
        self._trace: Trace | None = None
        self._step = 0
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return bool(self._components)

    def set_components(self, components: Sequence[ComponentArrow]) -> None:
        """Draw these parts of a step."""
        if self._components or components:
            self._components = tuple(components)
            self.update()

    def set_traces(self, traces: Sequence[Trace]) -> None:
        """Follow the selected one of other runs."""
        self._trace = selected_of(traces)
        self._changed()

    def set_step(self, step: int) -> None:
        """Draw from the current point at another step."""
        if step != self._step:
            self._step = step
            self._changed()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._changed()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme, trace = self._theme, self._trace
        if theme is None or trace is None or not self._components:
            return
        point = trace.params[trace.record_at(self._step)]
        if point.size != 2:
            return
        at = pixel_map.pixel(*point.tolist())
        with np.errstate(all="ignore"):
            arrows = np.array([part.displacement for part in self._components]) * pixel_map.scale
        factor = magnification(arrows)
        bounds = self.boundingRect()
        if bounds.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN).contains(at):
            for part, arrow in reversed(list(zip(self._components, arrows, strict=True))):
                if np.isfinite(arrow).all():
                    tip = at + QPointF(*(factor * arrow).tolist())
                    draw_arrow(painter, at, tip, theme.role(part.role), theme.halo)
        self._draw_legend(painter, at, factor, theme)

    def _draw_legend(self, painter: QPainter, at: QPointF, factor: float, theme: Theme) -> None:
        letters = font(BODY)
        metrics = QFontMetricsF(letters)
        scale = "" if factor == 1.0 else f"arrows ×{_power(factor)}"
        widths = [_KEY + metrics.horizontalAdvance(part.title) for part in self._components]
        widths.append(metrics.horizontalAdvance(scale))
        rows = len(self._components) + bool(scale)
        size = QSizeF(max(widths) + 2.0 * _PADDING, rows * _ROW + _PADDING)
        plate = _corner(size, self.boundingRect(), at)
        draw_plate_ground(painter, plate, theme)
        painter.setFont(letters)
        left, top = plate.left() + _PADDING, plate.top() + 0.5 * _PADDING
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for part in self._components:
            middle = QPointF(left, top + 0.5 * _ROW)
            painter.setPen(round_pen(theme.role(part.role), 3.0))
            painter.drawLine(middle, middle + QPointF(_KEY - 8.0, 0.0))
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(left + _KEY, top, size.width(), _ROW), side, part.title)
            top += _ROW
        if scale:
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(left, top, size.width(), _ROW), side, scale)

    def _changed(self) -> None:
        if self._components:
            self.update()


def magnification(arrows: FloatArray) -> float:
    """Return by how much arrows are drawn longer than they are.

    Parameters
    ----------
    arrows : ndarray, shape (n, 2)
        In pixels. Those that are not finite don't count.

    Returns
    -------
    float
        1 if the longest one has 60 to 110 pixels or none has any length; otherwise a number of
        one or two digits that makes it so.
    """
    lengths = [math.hypot(*arrow) for arrow in arrows.tolist()]
    longest = max((length for length in lengths if math.isfinite(length)), default=0.0)
    if longest == 0.0 or _SHORTEST <= longest <= _LONGEST:
        return 1.0
    wanted = (_SHORTEST if longest < _SHORTEST else _LONGEST) / longest
    if not math.isfinite(wanted) or wanted == 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(wanted))
    steps = [nice * power for nice in _NICE]
    if longest < _SHORTEST:
        return next((step for step in steps if step * longest >= _SHORTEST), steps[-1])
    return next((step for step in reversed(steps) if step * longest <= _LONGEST), steps[0])


def _power(factor: float) -> str:
    return format_number(factor).removeprefix("1×")


def _corner(size: QSizeF, bounds: QRectF, avoided: QPointF) -> QRectF:
    """Return a legend's place: the upper right corner, or the left one if a point is near it."""
    gap = 10.0
    right = QPointF(bounds.right() - size.width() - gap, bounds.top() + gap)
    plate = QRectF(right, size)
    if plate.adjusted(-_LONGEST, 0.0, 0.0, _LONGEST).contains(avoided):
        return QRectF(QPointF(bounds.left() + gap, bounds.top() + gap), size)
    return plate
