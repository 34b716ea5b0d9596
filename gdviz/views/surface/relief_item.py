"""The surface itself in its box, with contour lines on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdviz.views.kept_picture import KeptPicture
from gdviz.views.pixel_map import polygon
from gdviz.views.surface.axes import draw_box, draw_words
from gdviz.views.surface.draped import Draped, SeenLines
from gdviz.views.surface.item import SurfaceItem
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.relief import Relief
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme

__all__ = ["ReliefItem"]

_LINE_OPACITY, _LINE = 0.5, 1.0


class ReliefItem(SurfaceItem):
    """Draws box, surface, contour lines and words; kept until one of them changes."""

    def __init__(self, box: pg.ViewBox, stage: Stage, *, retain: bool) -> None:
        super().__init__(box, stage, retain=retain, z=-10.0)
        self._names: Sequence[str] = ("", "", "loss")
        self._picture = KeptPicture()
        self._lines: tuple[SurfaceMesh, Draped] | None = None

    def set_names(self, names: Sequence[str]) -> None:
        """Name x, y and z."""
        self._names = names
        self._picture.forget()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._picture.forget()
        super().set_theme(theme)

    def draw_on(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        def paint(on: QPainter) -> None:
            draw_box(on, sight, theme)
            _draw_relief(on, sight.relief)
            self._draw_lines(on, sight, theme)
            draw_words(on, sight, self._names, theme)

        if self._retain:
            self._picture.draw(painter, self.boundingRect().size(), sight, paint)
        else:
            paint(painter)

    def _draw_lines(self, painter: QPainter, sight: Sight, theme: Theme) -> None:
        lines = SeenLines.of(sight, self._lifted(sight.mesh))
        color = QColor(theme.contour)
        color.setAlphaF(_LINE_OPACITY)
        painter.setPen(QPen(color, _LINE))
        for line in lines.strands(lines.seen).lines:
            painter.drawPolyline(polygon(line))

    def _lifted(self, mesh: SurfaceMesh) -> Draped:
        """Return the contour lines on a mesh."""
        if self._lines is None or self._lines[0] is not mesh:
            contour_map = self._stage.map
            isolines = contour_map.lines if contour_map is not None else ()
            pieces = [
                piece
                for isoline in isolines
                if isoline.level < mesh.heights.high
                for piece in isoline.pieces
            ]
            lengths = [len(piece) for piece in pieces]
            params = np.concatenate([np.empty((0, 2)), *pieces])
            number = np.repeat(np.arange(len(pieces)), lengths)
            given = np.zeros(len(params), dtype=bool)
            self._lines = (mesh, Draped(mesh.at(params), number, number, given, []))
        return self._lines[1]


def _draw_relief(painter: QPainter, relief: Relief) -> None:
    rows, columns = relief.colors.shape
    pixels = np.ascontiguousarray(relief.colors)
    image = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0.0, 0.0, columns / relief.factor, rows / relief.factor), image)
