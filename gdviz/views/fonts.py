"""The one family of letters, the same on every machine."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from gdviz.resource_files import resource_path

__all__ = ["BODY", "FAMILIES", "HEADING", "SMALL", "font", "load_fonts"]

FAMILIES = ["Inter", "Gdviz Symbols"]
SMALL, BODY, HEADING = 11, 13, 16
_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "gdviz-symbols.ttf")


@cache
def load_fonts() -> None:
    """Make the fonts in ``resources/fonts`` known to Qt; needs an application."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def font(pixels: float = BODY, *, bold: bool = False) -> QFont:
    """Return the application's font with digits of one width.

    Parameters
    ----------
    pixels : float
        The size in logical pixels.
    bold : bool
    """
    load_fonts()
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(round(pixels))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
