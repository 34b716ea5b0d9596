"""What is drawn over a sweep: bound, best runs, the hyperparameters in use, the pointer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.engine.sweep import SweepBounds, SweepMap
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number
from gdviz.views.marks import draw_current, draw_ghost, draw_minimum, draw_next
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.plates import clear_of, draw_plate, plate_size, within
from gdviz.views.sweep_item import at_curve, dashed
from gdviz.views.sweep_scale import place_of
from gdviz.views.sweep_words import ending_of, short_values, values_of
from gdviz.views.theme import Theme

__all__ = ["SweepMarkItem"]

_STAR = 11.0
_DASHES, _DOTS = [5.0, 3.0], [1.2, 2.4]
_BESIDE = 8.0


@dataclass(frozen=True)
class _Saying:
    """Wordings, the longest first, the corner where they belong, and the line they are about."""

    words: tuple[str, ...]
    corner: QPointF
    color: str
    beside: float


@dataclass(frozen=True)
class _Ink:
    """With what a picture is painted, where words stand already, and what is still to be said."""

    painter: QPainter
    pixel_map: PixelMap
    theme: Theme
    plates: list[QRectF]
    words: list[_Saying]


class SweepMarkItem(PixelItem):
    """Draws marks and words over a sweep.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=5.0)
        self._map: SweepMap | None = None
        self._curve: FloatArray | None = None
        self._current: tuple[float, ...] | None = None
        self._color = 0
        self._hovered: tuple[int, ...] | None = None
        self._theme: Theme | None = None

    @property
    def moves(self) -> bool:
        return True

    def set_map(self, sweep: SweepMap | None, curve: FloatArray) -> None:
        """Mark another sweep, or nothing; the curve is that of a single hyperparameter."""
        self._map, self._curve, self._hovered = sweep, curve, None
        self.update()

    def set_current(self, values: tuple[float, ...] | None, color: int) -> None:
        """Mark the hyperparameters in use, one for each axis, in the run's color; or none."""
        if (values, color) != (self._current, self._color):
            self._current, self._color = values, color
            self.update()

    def set_hovered(self, place: tuple[int, ...] | None) -> None:
        """Tell of a run, or of none."""
        if place != self._hovered:
            self._hovered = place
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._map is None or self._theme is None:
            return
        ink = _Ink(painter, pixel_map, self._theme, [], [])
        hovered = self._hovered is not None
        if hovered:
            self._tell_hovered(ink, self._map)
        bounds = self._map.bounds
        if self._current is not None:
            self._draw_current(ink, self._map, self._current, told=not hovered)
        if bounds is not None:
            self._draw_bound(ink, self._map, bounds)
            self._draw_theory(ink, self._map, bounds)
        self._draw_best(ink, self._map)
        for saying in ink.words:  # above all lines
            self._write(ink, saying)

    # --- each mark ---

    def _at(self, ink: _Ink, sweep: SweepMap, values: tuple[float, ...]) -> QPointF:
        """Return the pixel of some hyperparameters; on the curve where there is one."""
        x = place_of(sweep.axes[0], values[0])
        if len(sweep.axes) == 2:
            return ink.pixel_map.pixel(x, place_of(sweep.axes[1], values[1]))
        height = None if self._curve is None else at_curve(self._curve, x)
        foot = ink.pixel_map.pixel(x, 0.0 if height is None else height)
        bounds = self.boundingRect()
        if height is None or foot.y() < bounds.top():
            return QPointF(foot.x(), bounds.top() + _STAR)
        return foot

    def _draw_bound(self, ink: _Ink, sweep: SweepMap, bounds: SweepBounds) -> None:
        if not len(bounds.bound):
            return
        room, theme = self.boundingRect(), ink.theme
        why = "" if bounds.exact else " at the minimum"
        if len(sweep.axes) == 1:
            (value,) = bounds.bound[0].tolist()
            x = ink.pixel_map.pixel(place_of(sweep.axes[0], value), 0.0).x()
            ends = QPointF(x, room.top()), QPointF(x, room.bottom())
            dashed(ink.painter, *ends, theme.gradient, theme.panel, _DASHES)
            number = format_number(value)
            formula = bounds.formula if sweep.axes[0].name == "learning_rate" else "bound"
            words = (f"bound {formula} = {number}{why}", f"{formula} = {number}", f"≤ {number}")
            self._say(ink, words, QPointF(x + _BESIDE, room.top() + 4.0), theme.gradient, beside=x)
            return
        points = [
            (place_of(sweep.axes[0], x), place_of(sweep.axes[1], y))
            for x, y in bounds.bound.tolist()
        ]
        pixels = ink.pixel_map.pixels(np.array(points))
        line = polygon(pixels)
        ink.painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (("#000000", 4.2), ("#ffffff", 2.0)):
            ink.painter.setPen(round_pen(color, width))
            ink.painter.drawPolyline(line)
        middle = QPointF(*pixels[len(points) // 2].tolist())
        words = (f"{bounds.formula}{why}", bounds.formula, "bound")
        corner = QPointF(middle.x() + _BESIDE, middle.y() - 11.0)
        self._say(ink, words, corner, theme.text, beside=middle.x())

    def _draw_theory(self, ink: _Ink, sweep: SweepMap, bounds: SweepBounds) -> None:
        """Mark what is quickest in theory."""
        if bounds.best is None or not bounds.exact:
            return
        theme, room = ink.theme, self.boundingRect()
        at = self._at(ink, sweep, bounds.best)
        told = short_values(sweep.axes, bounds.best)
        if len(sweep.axes) == 1:
            ends = QPointF(at.x(), room.top()), QPointF(at.x(), room.bottom())
            dashed(ink.painter, *ends, theme.descent, theme.panel, _DOTS)
            number = format_number(bounds.best[0])
            words = (f"best in theory {bounds.best_formula} = {number}", f"best {number}")
            corner = QPointF(at.x() - _BESIDE - plate_size(words[0]).width(), room.top() + 30.0)
            self._say(ink, words, corner, theme.descent, beside=at.x())
        elif room.contains(at):
            draw_next(ink.painter, at, theme.descent, theme)
            words = (f"best in theory: {told}", told)
            corner = QPointF(at.x() + _BESIDE, at.y() + _BESIDE)
            self._say(ink, words, corner, theme.descent, beside=at.x())

    def _draw_best(self, ink: _Ink, sweep: SweepMap) -> None:
        place = sweep.best
        if place is None:
            return
        values = sweep.at(place)
        at, room = self._at(ink, sweep, values), self.boundingRect()
        if not room.adjusted(-1.0, -1.0, 1.0, 1.0).contains(at):
            return
        at.setY(min(at.y(), room.bottom() - _STAR))
        draw_minimum(ink.painter, at, ink.theme)
        ink.plates.append(QRectF(at.x() - _STAR, at.y() - _STAR, 2.0 * _STAR, 2.0 * _STAR))
        told, what = short_values(sweep.axes, values), "lowest"
        if sweep.measure == "steps":
            what = f"{int(sweep.step[place]):,} steps"
        corner = QPointF(at.x() + _BESIDE + 4.0, at.y() - 30.0)
        self._say(ink, (f"{what} at {told}", told), corner, ink.theme.text, beside=at.x())

    def _draw_current(
        self, ink: _Ink, sweep: SweepMap, values: tuple[float, ...], *, told: bool
    ) -> None:
        """Draw the handle that can be dragged, and its numbers."""
        theme, room = ink.theme, self.boundingRect()
        if len(values) != len(sweep.axes):
            return
        at = self._at(ink, sweep, values)
        lines = [(QPointF(at.x(), room.top()), QPointF(at.x(), room.bottom()))]
        if len(sweep.axes) == 2:
            lines.append((QPointF(room.left(), at.y()), QPointF(room.right(), at.y())))
        for start, end in lines:
            color = QColor(theme.accent if len(sweep.axes) == 1 else "#ffffff")
            color.setAlphaF(1.0 if len(sweep.axes) == 1 else 0.75)
            ink.painter.setPen(round_pen(color, 1.8 if len(sweep.axes) == 1 else 1.2))
            ink.painter.drawLine(start, end)
        draw_current(ink.painter, at, theme.run(self._color), theme, 1.4)
        ink.plates.append(QRectF(at.x() - _STAR, at.y() - _STAR, 2.0 * _STAR, 2.0 * _STAR))
        if not told or not room.adjusted(-1.0, -1.0, 1.0, 1.0).contains(at):
            return
        corner = QPointF(at.x() + _BESIDE + 4.0, at.y() + _BESIDE)
        words = (short_values(sweep.axes, values),)
        self._say(ink, words, corner, theme.accent, beside=at.x())

    def _tell_hovered(self, ink: _Ink, sweep: SweepMap) -> None:
        """Tell of the run under the pointer."""
        assert self._hovered is not None
        values = sweep.at(self._hovered)
        at, theme = self._at(ink, sweep, values), ink.theme
        draw_ghost(ink.painter, at, theme.text, theme)
        ending = ending_of(sweep, self._hovered)
        whole = f"{values_of(sweep.axes, values)}: {ending}"
        words = (whole, f"{short_values(sweep.axes, values)}: {ending}", ending)
        corner = QPointF(at.x() + _BESIDE + 6.0, at.y() - 32.0)
        self._say(ink, words, corner, theme.text, beside=at.x())

    def _say(
        self, ink: _Ink, words: tuple[str, ...], corner: QPointF, color: str, *, beside: float
    ) -> None:
        """Have something written above all lines."""
        ink.words.append(_Saying(words, corner, color, beside))

    def _write(self, ink: _Ink, saying: _Saying) -> None:
        """Write the longest wording for which there is room, beside a line; or none."""
        room = self.boundingRect()
        for text in saying.words:
            size, corner = plate_size(text), saying.corner
            if size.width() > room.width() - 4.0:
                continue
            if corner.x() + size.width() > room.right() - 2.0:
                corner = QPointF(saying.beside - _BESIDE - size.width(), corner.y())
            plate = clear_of(within(corner, size, room, 2.0), ink.plates, room)
            if not any(plate.intersects(other) for other in ink.plates):
                ink.plates.append(plate)
                draw_plate(ink.painter, plate, text, saying.color, ink.theme)
                return
