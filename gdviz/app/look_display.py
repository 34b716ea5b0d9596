"""From a look, as a document has it, to the views."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdviz.app.overlays import Overlays
from gdviz.app.screen import Screen
from gdviz.experiment.look import Look

__all__ = ["LookDisplay"]


class LookDisplay(QObject):
    """Has views draw what they show in another way, as if it had been chosen by hand."""

    def __init__(self, screen: Screen, overlays: Overlays, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._overlays = overlays

    def show(self, look: Look) -> None:
        """Draw as a look says."""
        self._overlays.show_only(frozenset(look.overlays))
        self._overlays.show_quantity(look.quantity)
        self._overlays.show_log(*look.log)
        self._screen.surface.set_camera(look.camera)
        self._screen.surface.set_height_scale(look.heights)
        self._screen.surface_controls.show_heights(look.heights)
        self._screen.companions.show_page(look.companion)
