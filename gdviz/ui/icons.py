"""Icons from ``resources/icons``, in the color of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gdviz.resource_files import resource_path
from gdviz.views.theme import Theme

__all__ = ["icon"]

_SIZE = 20


def icon(name: str, theme: Theme, scale: float = 1.0) -> QIcon:
    """Return an icon by its file's name, for enabled and disabled controls.

    Parameters
    ----------
    name : str
        Such as ``"play"``.
    theme : Theme
        Whose text color it takes.
    scale : float
        How large it is drawn; 1 is the usual size.
    """
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", theme.text)
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, 0.35)):
        made.addPixmap(_painted(renderer, opacity, scale), mode)
    return made


def _painted(renderer: QSvgRenderer, opacity: float, scale: float) -> QPixmap:
    size = round(_SIZE * scale)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setOpacity(opacity)
        renderer.render(painter)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
