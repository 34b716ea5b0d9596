"""Mathematics as drawings."""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

__all__ = ["Typeset", "is_loaded", "load", "typeset"]

_ROWS = ("math", "mrow", "msqrt", "mtd")
_BOX = re.compile(r'viewBox="([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+) ([-0-9.e]+)"')


@dataclass(frozen=True, eq=False)
class Typeset:
    """A typeset formula.

    Attributes
    ----------
    picture : QPicture
        Paths, which stay sharp at any scale. A QSvgRenderer, being a QObject, must not be
        kept: Python could collect it in another thread.
    size : QSizeF
        In logical pixels.
    ascent : float
        How far it reaches above the baseline.
    """

    picture: QPicture
    size: QSizeF
    ascent: float

    def draw(self, painter: QPainter, left: float, baseline: float, scale: float = 1.0) -> None:
        """Draw it at a baseline."""
        painter.save()
        painter.translate(left, baseline - scale * self.ascent)
        painter.scale(scale, scale)
        painter.drawPicture(0, 0, self.picture)
        painter.restore()


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
    try:
        drawing = _drawing(latex, pixels, color)
    except Exception:  # noqa: BLE001 -- whatever a typesetter makes of it, the window goes on
        return None
    box = _BOX.search(drawing)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    if box is None or not renderer.isValid():
        return None
    _left, top, width, height = (float(number) for number in box.groups())
    picture = QPicture()
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0.0, 0.0, width, height))
    return Typeset(picture, QSizeF(width, height), -top)


def is_loaded() -> bool:
    """Tell whether the typesetter has been loaded."""
    return hasattr(sys.modules.get("ziamath"), "Latex")  # not while it is being loaded


def load(_told: object = None) -> None:
    """Load the typesetter and its font, which takes a tenth of a second and more."""
    _drawing("x", 16.0, "#000000")


def _drawing(latex: str, pixels: float, color: str) -> str:
    from xml.etree import ElementTree as ET

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its way to its own fonts
        import ziamath
        from ziamath.tex import tex2mml

    typesetter: Any = ziamath
    typesetter.config.svg2 = False  # what QtSvg draws
    markup = ET.fromstring(tex2mml(latex))  # noqa: S314 -- made of our own LaTeX
    _flatten(markup)
    markup.set("mathcolor", color)
    return str(typesetter.Math(markup, size=pixels).svg())


def _flatten(element: ET.Element) -> None:
    """Take away rows that change nothing: each level doubles the time of typesetting."""
    inner: list[ET.Element] = []
    for child in list(element):
        _flatten(child)
        alone = len(child) == 1 or (len(element) == 1 and _tag(element) in _ROWS)
        plain = _tag(child) == "mrow" and not child.attrib
        inner += list(child) if plain and alone else [child]
    element[:] = inner


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
