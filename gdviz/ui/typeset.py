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

__all__ = ["Drawing", "Typeset", "drawing_of", "is_loaded", "load", "typeset"]

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
    left : float
        Where its own coordinates begin.
    """

    picture: QPicture
    size: QSizeF
    ascent: float
    left: float = 0.0

    def draw(self, painter: QPainter, left: float, baseline: float, scale: float = 1.0) -> None:
        """Draw it at a baseline."""
        painter.save()
        painter.translate(left, baseline - scale * self.ascent)
        painter.scale(scale, scale)
        painter.drawPicture(0, 0, self.picture)
        painter.restore()


@dataclass(frozen=True)
class Drawing:
    """A formula as SVG.

    Attributes
    ----------
    svg : str
    """

    svg: str

    def typeset(self) -> Typeset | None:
        """Return it as what is painted; None if it is no SVG with a box."""
        box = _BOX.search(self.svg)
        renderer = QSvgRenderer(QByteArray(self.svg.encode()))
        if box is None or not renderer.isValid():
            return None
        left, top, width, height = (float(number) for number in box.groups())
        picture = QPicture()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer.render(painter, QRectF(0.0, 0.0, width, height))
        return Typeset(picture, QSizeF(width, height), -top, left)


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
    drawing = drawing_of(latex, pixels, color)
    return None if drawing is None else drawing.typeset()


def drawing_of(latex: str, pixels: float, color: str) -> Drawing | None:
    """Return LaTeX as a drawing; None if it can't be typeset. The same as `typeset` is given."""
    try:
        return Drawing(_drawing(latex, pixels, color))
    except Exception:  # noqa: BLE001 -- whatever a typesetter makes of it, the window goes on
        return None


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
