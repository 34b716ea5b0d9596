"""How sharp it is around the current point of one parameter, on the loss curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.views.marks import draw_worst
from gdviz.views.measured_item import MeasuredItem
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import clear_of, draw_plate, plate_size, within
from gdviz.views.sensitivity_item import highest_words, trust_label
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["CurveSensitivityItem"]

_LINE, _EDGE, _FILL, _TRUST_FILL = 1.8, 1.4, 0.10, 0.14
_ASIDE = 12.0
_HEAD = 6.0


class CurveSensitivityItem(MeasuredItem):
    """Draws the ball as a band, its worst point on the curve, and where the model is right."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, retain=False, z=3.0)
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.update()

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        found, theme = self._found, self._theme
        if found is None or theme is None or found.point.size != 1:
            return
        plates: list[QRectF] = []
        if self._trust and found.trust is not None:
            low, high = found.trust.outline[:, 0].tolist()
            if not found.trust.everywhere:
                self._draw_band(painter, pixel_map, (low, high), theme.curvature, dashed=True)
            plates.append(
                self._name_band(painter, pixel_map, (low, high), theme, trust_label(found))
            )
        if self._ball:
            at, radius = float(found.point[0]), float(found.radii[0])
            self._draw_band(
                painter, pixel_map, (at - radius, at + radius), theme.text, dashed=False
            )
            self._draw_highest(painter, pixel_map, found, theme, plates)

    def _draw_band(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        ends: tuple[float, float],
        color: str,
        *,
        dashed: bool,
    ) -> None:
        left, right = (pixel_map.pixel(end, 0.0).x() for end in ends)
        bounds = self.boundingRect()
        fill = QColor(color)
        fill.setAlphaF(_TRUST_FILL if dashed else _FILL)
        band = QRectF(left, bounds.top(), right - left, bounds.height())
        painter.fillRect(band & bounds, fill)
        pen = round_pen(color, _EDGE if dashed else _LINE)
        if dashed:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        for x in (left, right):
            if bounds.left() <= x <= bounds.right():
                painter.drawLine(QLineF(x, bounds.top(), x, bounds.bottom()))

    def _name_band(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        ends: tuple[float, float],
        theme: Theme,
        text: str,
    ) -> QRectF:
        bounds, size = self.boundingRect(), plate_size(text)
        seen = [
            min(max(pixel_map.pixel(end, 0.0).x(), bounds.left()), bounds.right()) for end in ends
        ]
        corner = QPointF(0.5 * (seen[0] + seen[1] - size.width()), bounds.top() + _HEAD)
        plate = within(corner, size, bounds)
        draw_plate(painter, plate, text, theme.curvature, theme)
        return plate

    def _draw_highest(
        self,
        painter: QPainter,
        pixel_map: PixelMap,
        found: Sensitivity,
        theme: Theme,
        taken: Sequence[QRectF],
    ) -> None:
        highest, bounds = found.highest, self.boundingRect()
        if highest is None:
            return
        loss = highest.loss if math.isfinite(highest.loss) else found.loss
        at = pixel_map.pixel(float(highest.point[0]), loss)
        if not highest.unbounded:
            draw_worst(painter, at, theme.warning, theme.halo)
        text = highest_words(found)
        size = plate_size(text)
        # Outside of the band, where neither the slope nor its word is.
        outward = highest.point[0] >= found.point[0]
        left = at.x() + _ASIDE if outward else at.x() - _ASIDE - size.width()
        corner = QPointF(left, at.y() - size.height() / 2.0)
        plate = clear_of(within(corner, size, bounds), taken, bounds)
        draw_plate(painter, plate, text, theme.warning, theme)
