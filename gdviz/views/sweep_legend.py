"""Which color is what in a sweep of two hyperparameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from gdviz.engine.sweep import SweepMap
from gdviz.views.fonts import SMALL, font
from gdviz.views.sweep_item import failed_color, missing_color
from gdviz.views.sweep_scale import Measured
from gdviz.views.theme import Theme

__all__ = ["SweepLegend"]

_WIDTH, _BAR, _OFFSET, _TICK = 104.0, 12.0, 6.0, 3.0
_LEFT, _CHIP, _LINE, _GAP = 10.0, 12.0, 18.0, 10.0
_STOPS = 64
_ENOUGH = 130.0


class SweepLegend(pg.GraphicsWidget):
    """A bar of colors with numbers at the right of the plot, and what has no number beneath it."""

    def __init__(self) -> None:
        super().__init__()
        self._map: SweepMap | None = None
        self._measured: Measured | None = None
        self._theme: Theme | None = None
        self._show(0.0)

    def set_map(self, sweep: SweepMap | None, found: Measured | None) -> None:
        """Tell of another sweep; it takes no room where there is one hyperparameter."""
        shown = sweep is not None and len(sweep.axes) == 2
        self._map, self._measured = (sweep, found) if shown else (None, None)
        self._show(_WIDTH if shown else 0.0)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def _show(self, width: float) -> None:
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        self.setVisible(width > 0.0)

    def paint(self, painter: QPainter, *_: Any) -> None:
        sweep, found, theme = self._map, self._measured, self._theme
        if sweep is None or found is None or theme is None:
            return
        painter.setClipRect(self.boundingRect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.boundingRect()
        letters = font(SMALL)
        metrics = QFontMetricsF(letters)
        painter.setFont(letters)
        chips = [("diverged", failed_color(theme))] if bool(np.any(sweep.failed)) else []
        if bool(np.any(found.missing)):
            chips.append(("not converged", missing_color(theme)))
        name = QRectF(_LEFT, room.top(), room.width() - _LEFT, _LINE)
        painter.setPen(QColor(theme.text))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, side, found.label)
        if room.height() < _ENOUGH:
            chips = []
        beneath = _LINE * len(chips) + _GAP * bool(chips)
        bar = QRectF(_LEFT, name.bottom() + 6.0, _BAR, room.height() - _LINE - 12.0 - beneath)
        if bar.height() > _LINE:
            self._draw_bar(painter, bar, found, theme, metrics)
        top = room.bottom() - _LINE * len(chips)
        for words, color in chips:
            chip = QRectF(_LEFT, top + 0.5 * (_LINE - _CHIP), _CHIP, _CHIP)
            painter.fillRect(chip, QColor(color))
            painter.setPen(QPen(QColor(theme.border), 1.0))
            painter.drawRect(chip)
            painter.setPen(QColor(theme.muted))
            place = QRectF(chip.right() + _OFFSET, top, room.right() - chip.right(), _LINE)
            painter.drawText(place, side, words)
            top += _LINE

    def _draw_bar(
        self,
        painter: QPainter,
        bar: QRectF,
        found: Measured,
        theme: Theme,
        metrics: QFontMetricsF,
    ) -> None:
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        table = pg.colormap.get(theme.colormap).getLookupTable(0.0, 1.0, _STOPS + 1, alpha=False)
        for number, (red, green, blue) in enumerate(table.tolist()):
            gradient.setColorAt(number / _STOPS, QColor(red, green, blue))
        painter.fillRect(bar, gradient)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for share, text in found.ticks(bar.height()):
            at = bar.bottom() - share * bar.height()
            painter.setPen(QPen(QColor(theme.muted), 1.0))
            painter.drawLine(QPointF(bar.right(), at), QPointF(bar.right() + _TICK, at))
            height = metrics.height()
            place = QRectF(bar.right() + _OFFSET, at - 0.5 * height, _WIDTH, height)
            painter.drawText(place, side, text)
