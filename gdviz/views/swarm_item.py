"""A swarm on the contour view: dots, or how densely it lies."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.engine.swarm import SwarmPicture
from gdviz.engine.swarm.picture import CORE, RIM, dot_radii
from gdviz.landscapes import FloatArray
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon

__all__ = ["SwarmItem", "density_colors", "dot_colors"]

_CORE, _RIM = "#ffffff", "#101318"
_RIM_OPACITY = 0.62
_MAP, _FROM = "magma", 0.5
_LEAST_OPACITY = 0.7


class SwarmItem(PixelItem):
    """Draws a swarm's picture; while another part is in view already, the old one in its place.

    The same colors are used in both themes, since they lie on the same field.
    """

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=6.0)
        self._picture: SwarmPicture | None = None
        self._image = QImage()

    @property
    def moves(self) -> bool:
        return self._picture is not None

    @property
    def picture(self) -> SwarmPicture | None:
        """What is drawn."""
        return self._picture

    def set_picture(self, picture: SwarmPicture | None) -> None:
        """Draw another picture, or none."""
        if picture is self._picture:
            return
        self._picture = picture
        self._image = QImage() if picture is None else _image(picture)
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        picture = self._picture
        if picture is None:
            return
        if picture.params is not None:
            _draw_dots(painter, pixel_map, picture.params)
            return
        x, y = picture.domain
        target = pixel_map.rectangle(x, y)
        fits = (x, y) == (pixel_map.x, pixel_map.y)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not fits)
        painter.drawImage(target, self._image, QRectF(self._image.rect()))


def _image(picture: SwarmPicture) -> QImage:
    rows, columns = picture.levels.shape
    image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(image.bits(), dtype=np.uint32).reshape(rows, columns)
    np.take(dot_colors() if picture.dots else density_colors(), picture.levels, out=pixels)
    return image


def _draw_dots(painter: QPainter, pixel_map: PixelMap, params: FloatArray) -> None:
    pixels = pixel_map.pixels(params.T)
    core_radius, margin = dot_radii(params.shape[1])
    inside = (pixels >= -margin) & (pixels <= (pixel_map.width + margin, pixel_map.height + margin))
    points = polygon(pixels[inside.all(axis=1)])
    rim = QColor(_RIM)
    rim.setAlphaF(_RIM_OPACITY)
    for color, width in ((rim, 2.0 * margin), (QColor(_CORE), 2.0 * core_radius)):
        painter.setPen(round_pen(color, width))
        painter.drawPoints(points)


@cache
def dot_colors() -> NDArray[np.uint32]:
    """Return a premultiplied color for each level of dots, shape (256,)."""
    levels = np.arange(256.0)
    rim = np.clip(levels / RIM, 0.0, 1.0) * _RIM_OPACITY
    core = np.clip((levels - RIM) / (CORE - RIM), 0.0, 1.0)
    beneath, color = rim * (1.0 - core), QColor(_RIM)
    red, green, blue = (
        core + part * beneath for part in (color.redF(), color.greenF(), color.blueF())
    )
    return _packed(red, green, blue, core + beneath)


@cache
def density_colors() -> NDArray[np.uint32]:
    """Return a premultiplied color for each level of density, shape (256,); 0 is clear."""
    colors = pg.colormap.get(_MAP).getLookupTable(_FROM, 1.0, 255, alpha=False) / 255.0
    alpha = np.linspace(_LEAST_OPACITY, 1.0, 255) ** 0.8
    red, green, blue = (np.concatenate([[0.0], part * alpha]) for part in colors.T)
    return _packed(red, green, blue, np.concatenate([[0.0], alpha]))


def _packed(
    red: FloatArray, green: FloatArray, blue: FloatArray, alpha: FloatArray
) -> NDArray[np.uint32]:
    parts = [np.round(part * 255.0).astype(np.uint32) for part in (alpha, red, green, blue)]
    return np.asarray((parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3])
