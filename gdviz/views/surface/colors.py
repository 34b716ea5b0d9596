"""The colors of a surface: those of the contour view's field."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from gdviz.landscapes import FloatArray
from gdviz.views.surface.mesh import SurfaceMesh

__all__ = ["vertex_colors"]

_COLORS = 256


def vertex_colors(mesh: SurfaceMesh, colormap: str) -> FloatArray:
    """Return red, green and blue, 0 to 1, of each vertex, shape (n, 3)."""
    table = pg.colormap.get(colormap).getLookupTable(0.0, 1.0, _COLORS, alpha=False) / 255.0
    place = mesh.shades * (_COLORS - 1)
    before = np.minimum(place.astype(np.int64), _COLORS - 2)
    share = (place - before)[:, np.newaxis]
    return np.asarray((1.0 - share) * table[before] + share * table[before + 1])
