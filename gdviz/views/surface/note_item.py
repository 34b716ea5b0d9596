"""What a surface view says of itself."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gdviz.numbers import format_number
from gdviz.views.fonts import SMALL, font
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.surface.stage import Stage
from gdviz.views.theme import Theme

__all__ = ["NoteItem"]

_WITHOUT = "No OpenGL here: drawn without it, more slowly"
_MARGIN = 6.0


class NoteItem(PixelItem):
    """Writes into a corner why the view is slow or cut off, where it is."""

    def __init__(self, box: pg.ViewBox, stage: Stage) -> None:
        super().__init__(box, retain=False, z=30.0)
        self._stage = stage
        self._theme: Theme | None = None

    @property
    def text(self) -> str:
        """What is written; empty if there is nothing to say."""
        mesh = self._stage.mesh
        if mesh is None:
            return ""
        cut = f"cut off at loss {format_number(mesh.heights.high)}" if mesh.heights.cut else ""
        parts = [_WITHOUT if self._stage.without_opengl else "", cut]
        return " · ".join(part for part in parts if part)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        text = self.text
        if self._theme is None or not text:
            return
        letters = font(SMALL)
        painter.setFont(letters)
        painter.setPen(QColor(self._theme.muted))
        room = pixel_map.width - 2.0 * _MARGIN
        height = QFontMetricsF(letters).height()
        if height + 2.0 > pixel_map.height:
            return
        place = QRectF(_MARGIN, 2.0, room, height)
        shown = QFontMetricsF(letters).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, shown)
