"""The button that opens the list of what may be drawn over the contour view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from gdviz.ui.tips import explain

__all__ = ["LayersButton"]


class LayersButton(QToolButton):
    """Opens a menu of checkable actions.

    Parameters
    ----------
    groups : sequence of sequence of QAction
        With a line between the groups.
    """

    def __init__(self, groups: Sequence[Sequence[QAction]]) -> None:
        super().__init__()
        self.setText("Show")
        self.setAccessibleName("Show over the landscape")
        explain(
            self,
            "What is drawn over the landscape: arrows of the gradient, its parts, level lines, "
            "and what the landscape looks like from the current point.",
            "overlays",
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for number, actions in enumerate(groups):
            if number:
                menu.addSeparator()
            menu.addActions(list(actions))
        self.setMenu(menu)
