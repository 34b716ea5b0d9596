"""What items have in common whose drawing seldom changes."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QPainter

from gdviz.views.kept_picture import KeptPicture
from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import Theme

__all__ = ["KeptItem"]


class KeptItem(PixelItem):
    """Is painted once and then copied, on a screen; off it, painted as shapes."""

    def __init__(self, box: pg.ViewBox, *, retain: bool, z: float) -> None:
        super().__init__(box, retain=retain, z=z)
        self._theme: Theme | None = None
        self._picture = KeptPicture()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.changed()

    def changed(self) -> None:
        """Have it painted anew."""
        self._picture.forget()
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if theme is None:
            return
        if self._retain:
            size = self.boundingRect().size()
            self._picture.draw(
                painter, size, pixel_map, lambda on: self.paint_kept(on, pixel_map, theme)
            )
        else:
            self.paint_kept(painter, pixel_map, theme)

    def paint_kept(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        """Paint all of it; a subclass says how."""
        raise NotImplementedError
