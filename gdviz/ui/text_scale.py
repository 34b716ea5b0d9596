"""Sizes that follow the letters of a widget.

The application's font is the one place where the text size is set; whatever has to be larger
with larger letters asks its own font, and is told by Qt when that changes.
"""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from gdviz.views.fonts import BODY, font

__all__ = ["letters", "scaled", "text_scale"]


def text_scale(widget: QWidget) -> float:
    """Return how large a widget's letters are, 1 being the usual size."""
    pixels = widget.font().pixelSize()
    return (pixels if pixels > 0 else widget.fontInfo().pixelSize()) / BODY


def scaled(widget: QWidget, pixels: float) -> int:
    """Return a length that grows with a widget's letters.

    Parameters
    ----------
    widget : QWidget
    pixels : float
        The length at the usual text size.
    """
    return round(pixels * text_scale(widget))


def letters(widget: QWidget, pixels: float = BODY, *, bold: bool = False) -> QFont:
    """Return the application's font for painting on a widget.

    Parameters
    ----------
    widget : QWidget
    pixels : float
        The size of letters at the usual text size.
    bold : bool
    """
    return font(pixels * text_scale(widget), bold=bold)
