"""A field of small arrows: the gradient all over the contour view."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.engine.gradient_field import gradient_field
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.numbers import format_number
from gdviz.views.kept_item import KeptItem
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import draw_plate, plate_size
from gdviz.views.polylines import draw_dots
from gdviz.views.theme import Theme

__all__ = ["ArrowFieldItem", "field_arrows"]

_SPACING = 36.0
_LONGEST, _EQUAL = 1.5, 0.66  # in spacings
_SHORTEST = 3.0
_LINE, _CASING, _DOT = 1.6, 3.4, 1.2
_HEAD = 5.5
_MARGIN = 10.0


class ArrowFieldItem(KeptItem):
    """Draws ∇f or −∇f on a grid whose density follows the zoom, and says how long arrows are."""

    def __init__(self, box: pg.ViewBox, *, retain: bool) -> None:
        super().__init__(box, retain=retain, z=3.0)
        self._landscape: Landscape | None = None
        self._downhill = self._equal = False
        self.setVisible(False)

    def set_landscape(self, landscape: Landscape) -> None:
        """Draw another landscape's gradient."""
        self._landscape = landscape
        self.changed()

    def set_shown(self, *, shown: bool, downhill: bool = False, equal: bool = False) -> None:
        """Draw the arrows or not, of −∇f where `downhill`, and whether they tell lengths."""
        self.setVisible(shown)
        if (downhill, equal) != (self._downhill, self._equal):
            self._downhill, self._equal = downhill, equal
            self.changed()

    def paint_kept(self, painter: QPainter, pixel_map: PixelMap, theme: Theme) -> None:
        if self._landscape is None or self._landscape.dimension != 2:
            return
        across, down = np.abs(pixel_map.scale).tolist()
        spacing = (_SPACING / across, _SPACING / down)
        field = gradient_field(self._landscape, Domain.of(pixel_map.x, pixel_map.y), spacing)
        vectors = -field.gradients if self._downhill else field.gradients
        arrows, factor = field_arrows(vectors, pixel_map, equal=self._equal)
        tails = pixel_map.pixels(field.points)
        color = theme.descent if self._downhill else theme.gradient
        _draw_arrows(painter, tails, arrows, color, theme.halo)
        self._draw_legend(painter, factor, color)

    def _draw_legend(self, painter: QPainter, factor: float | None, color: str) -> None:
        """Say what an arrow's length stands for."""
        assert self._theme is not None
        name = "−∇f" if self._downhill else "∇f"
        text = f"direction of {name}"
        if factor is not None:
            text = f"arrows: {format_number(factor)} × {name}"
        size = plate_size(text)
        corner = self.boundingRect().bottomLeft() + QPointF(_MARGIN, -_MARGIN - size.height())
        draw_plate(painter, QRectF(corner, size), text, color, self._theme)


def field_arrows(
    vectors: FloatArray, pixel_map: PixelMap, *, equal: bool
) -> tuple[FloatArray, float | None]:
    """Return the arrows of a field in pixels, and how they are scaled.

    Parameters
    ----------
    vectors : ndarray, shape (n, 2)
        ∇f or −∇f.
    pixel_map : PixelMap
    equal : bool
        Whether all have the same length and tell the direction only.

    Returns
    -------
    arrows : ndarray, shape (n, 2)
        As the plot's axes show ``factor × vector``.
    factor : float or None
        The longest arrow is one and a half spacings long, rounded to one digit. None where
        lengths are equal, or where nothing has any length.
    """
    with np.errstate(all="ignore"):
        along = vectors * pixel_map.scale
        lengths = np.hypot(*along.T)
    lengths = np.where(np.isfinite(lengths), lengths, 0.0)
    longest = float(lengths.max(initial=0.0))
    if longest == 0.0:
        return np.zeros_like(along), None
    if equal:
        with np.errstate(all="ignore"):
            unit = along / lengths[:, np.newaxis]
        return np.where(lengths[:, np.newaxis] > 0.0, _EQUAL * _SPACING * unit, 0.0), None
    factor = float(f"{_LONGEST * _SPACING / longest:.0e}")
    return np.where(lengths[:, np.newaxis] > 0.0, factor * along, 0.0), factor


def _draw_arrows(
    painter: QPainter, tails: FloatArray, arrows: FloatArray, color: str, halo: str
) -> None:
    """Draw all casings beneath all arrows; a dot where an arrow is too short to be one."""
    lengths = np.hypot(*arrows.T)
    long = lengths >= _SHORTEST
    tips = (tails + arrows)[long]
    unit = arrows[long] / lengths[long, np.newaxis]
    across = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    heads = np.minimum(_HEAD, 0.6 * lengths[long])[:, np.newaxis]
    ends = [tails[long], *(tips - heads * unit + side * 0.55 * heads * across for side in (-1, 1))]
    lines = [
        QLineF(*end, *tip)
        for some in ends
        for end, tip in zip(some.tolist(), tips.tolist(), strict=True)
    ]
    casing = QColor(halo)
    casing.setAlphaF(0.7)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((casing, _CASING), (QColor(color), _LINE)):
        painter.setPen(round_pen(ink, width))
        painter.drawLines(lines)
        draw_dots(painter, tails[~long], ink, 0.5 * width + _DOT)
