"""The colors of basin maps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gdviz.engine.basins import (
    DIVERGED,
    NOWHERE,
    PENDING,
    UNDEFINED,
    BasinDifference,
    BasinMap,
    Comparison,
)
from gdviz.views.theme import Theme

__all__ = [
    "basin_color",
    "basin_image",
    "code_color",
    "comparison_color",
    "difference_image",
    "step_range",
]

_FAST, _SLOW = 0.40, 0.42  # how far towards white, and towards black, shades go
_SHADES = 64
_TURN = 3  # pixels of a stripe


def basin_color(place: int, theme: Theme) -> QColor:
    """Return the color of a place; beyond the palette it begins anew, lighter or darker."""
    color = QColor(theme.run(place))
    turn = place // len(theme.runs)
    if turn:
        color = color.lighter(135) if turn % 2 else color.darker(150)
    return color


def code_color(code: int, theme: Theme) -> QColor:
    """Return the color of what comes to rest at no place."""
    light, dark = {
        DIVERGED: ("#3a3f4a", "#0b0d11"),
        NOWHERE: ("#9aa3b0", "#6c7480"),
        UNDEFINED: ("#d8dce3", "#3d434d"),
        PENDING: (theme.field, theme.field),
    }[code]
    return QColor(dark if theme.dark else light)


def comparison_color(comparison: Comparison, theme: Theme) -> QColor:
    """Return the color of what two runs have in common."""
    place = {Comparison.OTHER: 3, Comparison.FIRST: 0, Comparison.SECOND: 1}
    if comparison is Comparison.SAME:
        return QColor("#2b313b" if theme.dark else "#e4e8ee")
    if comparison is Comparison.NEITHER:
        return code_color(DIVERGED, theme)
    if comparison is Comparison.PENDING:
        return code_color(PENDING, theme)
    return basin_color(place[comparison], theme)


def step_range(found: BasinMap) -> tuple[int, int]:
    """Return the fewest and the most steps of the runs that come to rest, 1 to 1 for none."""
    steps = found.step[found.basin >= 0]
    if not steps.size:
        return 1, 1
    low, high = np.quantile(steps, (0.01, 0.99)).astype(int).tolist()
    return max(low, 1), max(high, low, 1)


def basin_image(found: BasinMap, theme: Theme, *, shaded: bool) -> QImage:
    """Return a map as an image, the top row last in y.

    Parameters
    ----------
    found : BasinMap
    theme : Theme
    shaded : bool
        Whether runs that take more steps are darker.
    """
    shade = np.full(found.shape, _SHADES // 2, dtype=np.intp)
    if shaded:
        low, high = step_range(found)
        width = np.log1p(high) - np.log1p(low)
        share = (np.log1p(found.step) - np.log1p(low)) / (width or 1.0)
        shade = np.clip(share * _SHADES, 0, _SHADES - 1).astype(np.intp)
    places = range(max(len(found.rests), 1))
    table = np.stack([_shades(basin_color(place, theme), shaded=shaded) for place in places])
    pixels = np.zeros(found.shape, dtype=np.uint32)
    reached = found.basin >= 0
    if reached.any():
        pixels[reached] = table[found.basin[reached], shade[reached]]
    for code in (DIVERGED, NOWHERE, UNDEFINED, PENDING):
        pixels[found.basin == code] = _number(code_color(code, theme))
    _stripe(pixels, found.basin == DIVERGED, theme)
    _stripe(pixels, found.basin == UNDEFINED, theme, falling=True)
    return _image(pixels)


def difference_image(found: BasinDifference, theme: Theme) -> QImage:
    """Return a comparison as an image, the top row last in y."""
    table = np.array([_number(comparison_color(kind, theme)) for kind in Comparison], np.uint32)
    pixels = table[found.comparison]
    _stripe(pixels, found.comparison == Comparison.NEITHER, theme)
    return _image(pixels)


def _shades(color: QColor, shaded: bool) -> NDArray[np.uint32]:
    """Return a color's shades from few steps to many, shape (shades,)."""
    own = np.array([color.red(), color.green(), color.blue()], dtype=np.float64)
    share = np.linspace(-_FAST, _SLOW, _SHADES)[:, np.newaxis] if shaded else np.zeros((_SHADES, 1))
    target = np.where(share < 0.0, 255.0, 0.0)
    mixed = np.rint(own + np.abs(share) * (target - own)).astype(np.uint32)
    red, green, blue = mixed.T
    return np.asarray(np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue, dtype=np.uint32)


def _stripe(
    pixels: NDArray[np.uint32],
    where: NDArray[np.bool_],
    theme: Theme,
    *,
    falling: bool = False,
) -> None:
    """Hatch a part of an image, so that it is told apart without colors, too."""
    if not where.any():
        return
    rows, columns = np.ogrid[: pixels.shape[0], : pixels.shape[1]]
    turns = (columns - rows if falling else columns + rows) // _TURN % 3 == 0
    pixels[where & turns] = _number(QColor("#3a4150" if theme.dark else "#767e8c"))


def _number(color: QColor) -> int:
    return int(color.rgb()) & 0xFFFFFFFF


def _image(pixels: NDArray[np.uint32]) -> QImage:
    flipped = np.ascontiguousarray(pixels[::-1])
    rows, columns = flipped.shape
    image = QImage(flipped.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    return image.copy()
