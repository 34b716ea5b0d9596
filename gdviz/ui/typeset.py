"""Mathematics as drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

__all__ = ["Typeset", "typeset"]

_BOX = re.compile(r'viewBox="([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+)"')


@dataclass(frozen=True, eq=False)
class Typeset:
    """A typeset formula.

    Attributes
    ----------
    renderer : QSvgRenderer
    size : QSizeF
        In logical pixels.
    ascent : float
        How far it reaches above the baseline.
    """

    renderer: QSvgRenderer
    size: QSizeF
    ascent: float

    def draw(self, painter: QPainter, left: float, baseline: float, scale: float = 1.0) -> None:
        """Draw it at a baseline."""
        top = baseline - scale * self.ascent
        area = QRectF(left, top, scale * self.size.width(), scale * self.size.height())
        self.renderer.render(painter, area)


def typeset(latex: str, pixels: float, color: str) -> Typeset | None:
    """Typeset LaTeX; None if it can't be.

    Parameters
    ----------
    latex : str
    pixels : float
        The size of letters.
    color : str
        As ``#rrggbb``.
    """
    import ziamath

    ziamath.config.svg2 = False  # what QtSvg draws
    try:
        drawing = ziamath.Latex(latex, size=pixels, color=color).svg()
    except Exception:  # noqa: BLE001 -- whatever a typesetter makes of it, the window goes on
        return None
    box = _BOX.search(drawing)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    if box is None or not renderer.isValid():
        return None
    _left, top, width, height = (float(number) for number in box.groups())
    return Typeset(renderer, QSizeF(width, height), -top)
