"""Outlines of marks, which tell runs apart where there are no colors."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

__all__ = ["SHAPES", "mark_path", "shape_of"]

_ARM = 0.36  # half the width of a cross's arms, as a share of their length
_CORNERS = {
    "triangle": ((0.0, -1.0), (0.87, 0.5), (-0.87, 0.5)),
    "square": ((1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0)),
    "wedge": ((0.0, 1.0), (-0.87, -0.5), (0.87, -0.5)),
    "diamond": ((1.0, 0.0), (0.0, 1.3), (-1.0, 0.0), (0.0, -1.3)),
    "plus": (
        *((1.0, _ARM), (_ARM, _ARM), (_ARM, 1.0), (-_ARM, 1.0), (-_ARM, _ARM), (-1.0, _ARM)),
        *((-1.0, -_ARM), (-_ARM, -_ARM), (-_ARM, -1.0), (_ARM, -1.0), (_ARM, -_ARM), (1.0, -_ARM)),
    ),
    "arrow": ((1.0, 0.0), (-0.5, 0.87), (-0.5, -0.87)),
}
_CORNERS["cross"] = tuple((x - y, x + y) for x, y in _CORNERS["plus"])
SHAPES = ("disc", *_CORNERS)
"""The first one is what marks are on a screen. Their number has no divisor in common with that
of the palette's colors, so that runs of one color have different shapes."""


def shape_of(color: int) -> int:
    """Return the place in `SHAPES` of a run with this place in the palette."""
    return color % len(SHAPES)


def mark_path(shape: int, at: QPointF, radius: float) -> QPainterPath:
    """Return the outline of a mark that covers as much as a disc.

    Parameters
    ----------
    shape : int
        A place in `SHAPES`.
    at : QPointF
        Its middle.
    radius : float
        The disc's.
    """
    path = QPainterPath()
    if not shape:
        path.addEllipse(at, radius, radius)
        return path
    corners = _CORNERS[SHAPES[shape]]
    reach = radius * math.sqrt(math.pi / _area(corners))
    path.addPolygon(QPolygonF([at + QPointF(x, y) * reach for x, y in corners]))
    path.closeSubpath()
    return path


def _area(corners: Sequence[tuple[float, float]]) -> float:
    following = (*corners[1:], corners[0])
    pairs = zip(corners, following, strict=True)
    return 0.5 * abs(sum(x * other_y - y * other_x for (x, y), (other_x, other_y) in pairs))
