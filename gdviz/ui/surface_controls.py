"""How the surface is looked at, and what is drawn on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gdviz.ui.choice_box import ChoiceBox
from gdviz.ui.tips import explain
from gdviz.views.surface.heights import HEIGHTS

__all__ = ["SurfaceControls"]

_TIPS = {
    "linear": (
        "Heights are losses: slopes look as steep as the gradient says. "
        "What is far above most of the landscape is cut off."
    ),
    "colors": "Heights follow the colors, so that a flat floor between high walls shows its shape.",
}
_CAMERA_TIP = "Where to look from, and what is drawn on the surface"
_NARROWEST = 72


class SurfaceControls(QWidget):
    """A choice of heights, and a menu of cameras and planes.

    Parameters
    ----------
    actions : sequence of QAction or None
        What the menu holds; None begins a new group.

    Attributes
    ----------
    heights : ChoiceBox
    look : QToolButton

    Signals
    -------
    heights_picked(str)
        ``"linear"`` or ``"colors"``, by the user's hand.
    """

    heights_picked = Signal(str)

    def __init__(self, actions: Sequence[QAction | None]) -> None:
        super().__init__()
        self.heights = ChoiceBox("Heights", "How losses map to heights")
        for key, title in HEIGHTS.items():
            self.heights.add_choice(title, key, _TIPS[key])
        self.heights.setMinimumWidth(_NARROWEST)
        self.heights.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heights.activated.connect(self._on_heights)
        self.look = QToolButton()
        self.look.setText("Look")
        self.look.setAccessibleName("Look")
        explain(self.look, _CAMERA_TIP, "surface-3d")
        self.look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.look)
        menu.setToolTipsVisible(True)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        self.look.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heights)
        layout.addWidget(self.look)
        self.show_heights("linear")

    def show_heights(self, kind: str) -> None:
        """Show which heights are chosen, without telling of it."""
        self.heights.show_choice(kind)
        explain(self.heights, _TIPS[kind], "surface-3d")

    @Slot(int)
    def _on_heights(self, row: int) -> None:
        kind = self.heights.itemData(row)
        self.show_heights(kind)
        self.heights_picked.emit(kind)
