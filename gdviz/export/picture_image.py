"""A picture as an image in memory, as fine as is wanted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from gdviz.errors import UserError
from gdviz.export.figure import Figure

__all__ = ["picture_image"]


def picture_image(figure: Figure, pixels: tuple[int, int]) -> QImage:
    """Return a picture, however many pixels it has otherwise.

    Parameters
    ----------
    figure : Figure
    pixels : (int, int)
        Width and height.

    Raises
    ------
    UserError
        If there is not enough memory.
    """
    width, height = pixels
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise UserError(f"there is not enough memory for a picture of {width}x{height} pixels")
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        figure.paint(painter, QRectF(0.0, 0.0, width, height))
    return image
