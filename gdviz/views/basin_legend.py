"""Which color is which place in a basin map, and how much of the view each one takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from gdviz.engine.basins import (
    DIVERGED,
    NOWHERE,
    UNDEFINED,
    BasinDifference,
    BasinMap,
    Comparison,
)
from gdviz.numbers import format_number, format_point
from gdviz.views.basin_colors import basin_color, code_color, comparison_color, step_range
from gdviz.views.fonts import SMALL, font
from gdviz.views.theme import Theme

__all__ = ["BasinLegend"]

_WIDTH, _LEFT, _CHIP, _LINE, _OFFSET = 178.0, 10.0, 12.0, 18.0, 6.0
_BAR = 10.0
_ENOUGH = 430.0
_CODES = ((NOWHERE, "still on its way"), (DIVERGED, "diverges"), (UNDEFINED, "ends at a gap"))

Row = tuple[QColor, str, str]


class BasinLegend(pg.GraphicsWidget):
    """A list of colors at the right of the plot; it takes no room while there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._found: BasinMap | BasinDifference | None = None
        self._shaded = False
        self._theme: Theme | None = None
        self._room = 0.0
        self._lasting: bool | None = None
        self._fit()

    def set_found(self, found: BasinMap | BasinDifference | None, *, shaded: bool) -> None:
        """Tell of another map."""
        self._found = found
        self._shaded = shaded and isinstance(found, BasinMap)
        self._fit()
        self.update()

    def set_lasting(self, *, shown: bool) -> None:
        """Take the room also while there is nothing, as pictures want it; or never take any."""
        self._lasting = shown
        self._fit()

    def set_room(self, width: float) -> None:
        """Tell how wide the plot is: in a narrow one all of it is the map's."""
        if width != self._room:
            self._room = width
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def _fit(self) -> None:
        wanted = self._found is not None if self._lasting is None else self._lasting
        width = _WIDTH if wanted and self._room >= _ENOUGH else 0.0
        if width == self.maximumWidth() and self.isVisible() == (width > 0.0):
            return
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        self.setVisible(width > 0.0)

    def paint(self, painter: QPainter, *_: Any) -> None:
        found, theme = self._found, self._theme
        if found is None or theme is None:
            return
        room = self.boundingRect()
        painter.setClipRect(room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = font(SMALL)
        painter.setFont(letters)
        metrics = QFontMetricsF(letters)
        top = room.top()
        beneath = 2.0 * _LINE + _BAR if self._shaded and isinstance(found, BasinMap) else 0.0
        lines = max(int((room.height() - beneath) // _LINE), 1)
        rows = _rows(found, theme)
        if len(rows) > lines:
            left = len(rows) - lines + 1
            rows = [*rows[: lines - 1], (QColor(0, 0, 0, 0), f"and {left:,} more", "")]
        for color, words, share in rows:
            self._draw_row(painter, QRectF(0.0, top, room.width(), _LINE), (color, words, share))
            top += _LINE
        if self._shaded and isinstance(found, BasinMap) and room.bottom() - top >= beneath:
            self._draw_shades(painter, top + 0.5 * _LINE, found, theme, metrics)

    def _draw_row(self, painter: QPainter, place: QRectF, row: Row) -> None:
        assert self._theme is not None
        color, words, share = row
        chip = QRectF(_LEFT, place.top() + 0.5 * (_LINE - _CHIP), _CHIP, _CHIP)
        if color.alpha():
            painter.fillRect(chip, color)
            painter.setPen(QPen(QColor(self._theme.border), 1.0))
            painter.drawRect(chip)
        beside = place.adjusted(chip.right() + _OFFSET, 0.0, 0.0, 0.0)
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(share) + _OFFSET
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._theme.text))
        text = beside.adjusted(0.0, 0.0, -width, 0.0)
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | middle, elided)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | middle, share)

    def _draw_shades(
        self,
        painter: QPainter,
        top: float,
        found: BasinMap,
        theme: Theme,
        metrics: QFontMetricsF,
    ) -> None:
        low, high = step_range(found)
        bar = QRectF(_LEFT, top, self.boundingRect().width() - _LEFT, _BAR)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        gray = QColor("#8b93a1")
        gradient.setColorAt(0.0, gray.lighter(150))
        gradient.setColorAt(1.0, gray.darker(260))
        painter.fillRect(bar, gradient)
        painter.setPen(QColor(theme.muted))
        words = QRectF(bar.left(), bar.bottom() + 2.0, bar.width(), metrics.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, f"{low:,}")
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, f"{high:,} steps")
        painter.drawPoint(QPointF(bar.left(), bar.bottom()))


def _rows(found: BasinMap | BasinDifference, theme: Theme) -> list[Row]:
    if isinstance(found, BasinDifference):
        return [
            (comparison_color(kind, theme), kind.title, _percent(found.share_of(kind)))
            for kind in Comparison
            if found.share_of(kind) > 0.0
        ]
    rows: list[Row] = []
    shares = np.array(found.shares)
    for place in np.argsort(-shares, kind="stable").tolist():
        rest = found.rests[place]
        if shares[place] > 0.0:
            words = "flat ground" if rest.kind == "flat" else format_point(rest.point)
            told = f"{words}: {format_number(rest.loss)}"
            rows.append((basin_color(place, theme), told, _percent(shares[place])))
    for code, words in _CODES:
        share = found.share_of(code)
        if share > 0.0:
            rows.append((code_color(code, theme), words, _percent(share)))
    return rows


def _percent(share: float) -> str:
    if share < 0.001:
        return "<0.1 %"
    return f"{100.0 * share:.1f} %" if share < 0.1 else f"{100.0 * share:.0f} %"
