"""What the items of a surface view have in common."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QPainter

from gdviz.views.pixel_item import PixelItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme

__all__ = ["SurfaceItem"]


class SurfaceItem(PixelItem):
    """An item that draws something of the surface that a stage shows, in logical pixels.

    Parameters
    ----------
    box : pyqtgraph.ViewBox
    stage : Stage
    retain : bool
    z : float
    """

    def __init__(self, box: pg.ViewBox, stage: Stage, *, retain: bool, z: float) -> None:
        super().__init__(box, retain=retain, z=z)
        self._stage = stage
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._theme is None:
            return
        scale = painter.worldTransform().m11()  # of a picture; 1 on a screen
        ratio = round(painter.device().devicePixelRatioF() * max(scale, 0.1), 3)
        sight = self._stage.sight(pixel_map.width, pixel_map.height, ratio)
        if sight is not None:
            self.draw_on(painter, sight, self._theme)

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        """Paint over the picture of a surface."""
        raise NotImplementedError
