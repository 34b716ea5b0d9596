"""What labels of contour lines should not cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSizeF

from gdviz.export.legend_item import LegendItem
from gdviz.export.spread import spread
from gdviz.landscapes import FloatArray
from gdviz.views.pixel_map import PixelMap
from gdviz.views.trace import CROWD, Trace

__all__ = ["Taken"]

_GRAIN = 10.0


@dataclass(frozen=True, eq=False)
class Taken:
    """Runs, minima, and the plate of a legend; runs are whole, so that labels stay in a film.

    Attributes
    ----------
    traces : sequence of Trace
    minima : sequence of tuple of float
    plate : LegendItem or None
    """

    traces: Sequence[Trace]
    minima: Sequence[tuple[float, ...]]
    plate: LegendItem | None

    def __call__(self, pixel_map: PixelMap) -> FloatArray:
        """Return their pixels, shape (n, 2)."""
        plot = QSizeF(pixel_map.width, pixel_map.height)
        points = [np.empty((0, 2))]
        if len(self.traces) <= CROWD:
            points += [spread(pixel_map.pixels(trace.params), plot) for trace in self.traces]
        if self.minima:
            points.append(pixel_map.pixels(np.array(self.minima, dtype=np.float64)))
        if self.plate is not None and self.plate.isVisible():
            points.append(_grid(self.plate.plate(pixel_map)))
        return np.concatenate(points)


def _grid(area: QRectF) -> FloatArray:
    """Return points all over an area, its edges included, shape (n, 2)."""
    if area.isEmpty():
        return np.empty((0, 2))
    across = np.linspace(area.left(), area.right(), int(area.width() / _GRAIN) + 2)
    down = np.linspace(area.top(), area.bottom(), int(area.height() / _GRAIN) + 2)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
