"""Choosing how losses map to colors."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox

from gdviz.engine import SCALES
from gdviz.ui.tips import explain

__all__ = ["ScalingBox"]

_TIP = (
    "How losses map to colors and contour lines. It changes what you see, not the descent: a "
    "logarithmic scale shows the floor of a deep valley, a linear one the walls."
)


class ScalingBox(QComboBox):
    """The ways in which losses map to colors.

    Signals
    -------
    scaling_picked(str)
        One of `gdviz.engine.SCALES`, by the user's hand.
    """

    scaling_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Colors of losses")
        explain(self, _TIP, "colors")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for key, title in SCALES.items():
            self.addItem(title, key)
        self.activated.connect(self._on_activated)

    def show_scaling(self, scaling: str) -> None:
        """Show the current one without telling of it."""
        self.setCurrentIndex(max(self.findData(scaling), 0))

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.scaling_picked.emit(self.itemData(index))
