"""The gradient at the current point, split into its partial derivatives."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gdviz.numbers import format_number
from gdviz.views.mark_item import arrow_tip
from gdviz.views.marks import draw_arrow
from gdviz.views.pixel_item import round_pen
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plates import clear_of, draw_plate, plate_size, within
from gdviz.views.run_item import RunItem
from gdviz.views.theme import Theme

__all__ = ["PartialsItem"]

_REACH = 260.0  # how far labels lie from the point at most
_AWAY = 8.0


class PartialsItem(RunItem):
    """Draws ∂f/∂x and ∂f/∂y as the sides of the rectangle whose diagonal is ∇f."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=19.0)
        self._names: tuple[str, ...] = ()
        self._steepest = 0.0
        self._shown = False

    @property
    def moves(self) -> bool:
        return self._shown

    def set_parameters(self, names: tuple[str, ...]) -> None:
        """Name the derivatives after these parameters."""
        self._names = names
        self.update()

    def set_steepest(self, norm: float) -> None:
        """Tell which gradient norm gets the longest arrow."""
        self._steepest = norm
        self.update()

    def set_shown(self, *, shown: bool) -> None:
        """Draw them, or not."""
        if shown != self._shown:
            self._shown = shown
            self.update()

    def set_step(self, step: int) -> None:
        before, self._step = self._step, step
        if not self._shown or not self._traces:
            return
        trace = self._traces[self._selected]
        records = [trace.record_at(before), trace.record_at(step)]
        if records[0] != records[1]:
            for record in records:
                self.update_around(trace.params[record : record + 1], _REACH)

    def draw(self, painter: QPainter, pixel_map: PixelMap) -> None:
        theme = self._theme
        if not self._shown or theme is None or not self._traces or len(self._names) != 2:
            return
        trace = self._traces[self._selected]
        record = trace.record_at(self._step)
        point, gradient = trace.params[record], trace.gradient[record]
        if point.size != 2:
            return
        at = pixel_map.pixel(*point.tolist())
        tip = arrow_tip(at, gradient, pixel_map, self._steepest) or at
        corners = (QPointF(tip.x(), at.y()), QPointF(at.x(), tip.y()))
        for corner, color in zip(corners, theme.partials, strict=True):
            pen = round_pen(color, 1.4)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(tip, corner)
        for corner, color in zip(corners, theme.partials, strict=True):
            draw_arrow(painter, at, corner, color, theme.halo)
        self._draw_labels(painter, at, tip, gradient.tolist(), theme)

    def _draw_labels(
        self, painter: QPainter, at: QPointF, tip: QPointF, slopes: list[float], theme: Theme
    ) -> None:
        """Write each derivative beyond its arrow, on the side away from the gradient's."""
        right, up = np.sign(tip.x() - at.x()) or 1.0, np.sign(at.y() - tip.y()) or 1.0
        texts = [
            f"∂f/∂{name} = {format_number(slope)}"
            for name, slope in zip(self._names, slopes, strict=True)
        ]
        beside, beyond = (plate_size(text) for text in texts)
        places = (
            QPointF(
                tip.x() + right * _AWAY - (beside.width() if right < 0.0 else 0.0),
                at.y() + (up * _AWAY if up > 0.0 else -_AWAY - beside.height()),
            ),
            QPointF(
                at.x() - right * _AWAY - (beyond.width() if right > 0.0 else 0.0),
                tip.y() - (beyond.height() if up > 0.0 else 0.0) - up * 2.0,
            ),
        )
        taken: list[QRectF] = []
        for text, place, color in zip(texts, places, theme.partials, strict=True):
            plate = within(place, plate_size(text), self.boundingRect())
            plate = clear_of(plate, taken, self.boundingRect())
            taken.append(plate)
            draw_plate(painter, plate, text, color, theme)
