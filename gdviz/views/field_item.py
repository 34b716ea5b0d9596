"""The landscape as colors and labeled contour lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from gdviz.engine import ContourMap, level_labels
from gdviz.landscapes import FloatArray
from gdviz.views.band_painting import draw_bands
from gdviz.views.contour_labels import Label, place_labels, without
from gdviz.views.fonts import SMALL, font
from gdviz.views.kept_picture import KeptPicture
from gdviz.views.pixel_item import PixelItem, round_pen
from gdviz.views.pixel_map import PixelMap, polygon
from gdviz.views.theme import Theme

__all__ = ["FieldItem", "palette", "shaded"]

_LINE_OPACITY = 0.55


class FieldItem(PixelItem):
    """Draws a contour map; while a newer one is computed, the old one, in its place."""

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=-10.0)
        self._map: ContourMap | None = None
        self._image: QImage | None = None
        self._theme: Theme | None = None
        self._picture = KeptPicture()
        self._taken: Callable[[PixelMap], FloatArray] | None = None
        self._filled = False

    def set_map(self, contour_map: ContourMap | None) -> None:
        """Show a contour map, or nothing."""
        self._map = contour_map
        self._picture.forget()
        self._shade()

    def set_taken(self, taken: Callable[[PixelMap], FloatArray]) -> None:
        """Keep labels off what a function returns: pixels, shape (n, 2)."""
        self._taken = taken
        self._picture.forget()
        self.update()

    def set_filled(self, filled: bool) -> None:
        """Draw colors as filled contours rather than as one image."""
        self._filled = filled
        self._picture.forget()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._picture.forget()
        self._shade()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        if self._map is None or self._theme is None:
            return
        if not self._retain:
            self._draw_shapes(painter, pixel_map)
            return
        size = self.boundingRect().size()
        self._picture.draw(
            painter, size, pixel_map, lambda inner: self._draw_shapes(inner, pixel_map)
        )

    def _shade(self) -> None:
        if self._map is None or self._theme is None:
            self._image = None
        else:
            self._image = shaded(self._map, self._theme.colormap)
        self.update()

    def _draw_shapes(self, painter: QPainter, pixel_map: PixelMap) -> None:
        assert self._map is not None
        assert self._theme is not None
        if self._filled:
            draw_bands(painter, pixel_map, self._map, palette(self._theme.colormap))
        else:
            self._draw_image(painter, pixel_map)
        self._draw_lines(painter, pixel_map)

    def _draw_image(self, painter: QPainter, pixel_map: PixelMap) -> None:
        assert self._map is not None
        assert self._image is not None
        field = self._map.field
        half_x = 0.5 * (field.x[1] - field.x[0])
        half_y = 0.5 * (field.y[1] - field.y[0])
        (x_low, x_high), (y_low, y_high) = field.domain
        target = pixel_map.rectangle(
            (x_low - half_x, x_high + half_x), (y_low - half_y, y_high + half_y)
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image)

    def _draw_lines(self, painter: QPainter, pixel_map: PixelMap) -> None:
        assert self._map is not None
        assert self._theme is not None
        lines = [
            [pixel_map.pixels(piece) for piece in isoline.pieces] for isoline in self._map.lines
        ]
        texts = level_labels([isoline.level for isoline in self._map.lines])
        letters = font(SMALL)
        metrics = QFontMetricsF(letters)
        widths = [metrics.horizontalAdvance(text) + 8.0 for text in texts]
        taken = None if self._taken is None else self._taken(pixel_map)
        labels = place_labels(lines, widths, (pixel_map.width, pixel_map.height), taken)
        color = QColor(self._theme.contour)
        color.setAlphaF(_LINE_OPACITY)
        painter.setPen(round_pen(color, 1.0))
        for number, pieces in enumerate(lines):
            for index, piece in enumerate(pieces):
                here = [label for label in labels if (label.line, label.piece) == (number, index)]
                for part in without(piece, here):
                    painter.drawPolyline(polygon(part))
        painter.setFont(letters)
        painter.setPen(QColor(self._theme.contour_text))
        for label in labels:
            _draw_text(painter, label, texts[label.line])


def shaded(contour_map: ContourMap, colormap: str) -> QImage:
    """Return the field as an image, the top row last in y; undefined cells are clear."""
    shade = contour_map.scale.shade(contour_map.field.loss)[::-1]
    index = np.nan_to_num(shade * 255.0).astype(np.uint8)
    pixels = palette(colormap)[index]
    pixels[np.isnan(shade)] = 0
    rows, columns = index.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
    return image.copy()


@cache
def palette(colormap: str) -> np.ndarray:
    """Return 256 opaque colors as 0xAARRGGBB, shape (256,)."""
    colors = pg.colormap.get(colormap).getLookupTable(0.0, 1.0, 256, alpha=False)
    red, green, blue = colors.astype(np.uint32).T
    return np.asarray(np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue, dtype=np.uint32)


def _draw_text(painter: QPainter, label: Label, text: str) -> None:
    painter.save()
    painter.translate(label.x, label.y)
    painter.rotate(label.angle)
    painter.drawText(QRectF(-60.0, -10.0, 120.0, 20.0), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
