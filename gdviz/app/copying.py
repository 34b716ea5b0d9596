"""From the window to the clipboard: the picture, or the command that draws it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from gdviz.errors import UserError
from gdviz.export.material import ExportSpec, Material
from gdviz.export.tidy import tidied
from gdviz.ui.export_wish import ExportWish

__all__ = ["Copying"]

_MOST_PIXELS = 4_000_000


class Copying(QObject):
    """Puts pictures and commands onto the clipboard.

    Parameters
    ----------
    material : callable
        Returns what is in the window, as a `Material`.
    wish : callable
        Returns how it was exported last, as an `ExportWish`.
    tell : callable
        Gets what is to be said of it.
    """

    def __init__(
        self,
        material: Callable[[], Material],
        wish: Callable[[], ExportWish],
        tell: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._material = material
        self._wish = wish
        self._tell = tell

    @Slot()
    def copy_picture(self) -> None:
        """Copy what is in the window as it was exported last."""
        try:
            self._tell(self.picture(self._material(), self._wish().spec))
        except UserError as error:
            self._tell(str(error))

    @Slot()
    def copy_command(self) -> None:
        """Copy the command that draws what is in the window as it was exported last."""
        wish, material = self._wish(), self._material()
        try:
            self._tell(self.command(material, wish.spec, f"descent.{wish.ending}"))
        except UserError as error:
            self._tell(str(error))

    def picture(self, material: Material, spec: ExportSpec) -> str:
        """Copy a picture, a coarser one where it has very many pixels; return what to say.

        Raises
        ------
        UserError
            If it can't be drawn.
        """
        from gdviz.export.figure import Figure
        from gdviz.export.picture_image import picture_image

        wide, high = spec.figure.pixels
        share = min(math.sqrt(_MOST_PIXELS / (wide * high)), 1.0)
        pixels = (max(round(share * wide), 1), max(round(share * high), 1))
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            with tidied():
                figure = Figure(material.experiment, material.trajectories, spec.figure)
                QGuiApplication.clipboard().setImage(picture_image(figure, pixels))
                del figure
        finally:
            QGuiApplication.restoreOverrideCursor()
        return f"Copied a picture of {pixels[0]:,} × {pixels[1]:,} pixels."

    def command(self, material: Material, spec: ExportSpec, out: str) -> str:
        """Copy the command that writes a file; return what to say.

        Raises
        ------
        UserError
            If no command can tell it.
        """
        from gdviz.export.command import copyable_command

        QGuiApplication.clipboard().setText(copyable_command(material.document, spec, out))
        return "Copied the command, to be pasted into a shell."
