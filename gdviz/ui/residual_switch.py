"""Showing residuals, or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton

from gdviz.ui.tips import explain

__all__ = ["ResidualSwitch"]


class ResidualSwitch(QToolButton):
    """A button that stays down.

    Signals
    -------
    toggled_by_user(bool)
    """

    toggled_by_user = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setText("residuals")
        explain(self, "Show what the model misses of each point: the loss adds these misses up.")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.toggled_by_user)

    def show_state(self, shown: bool) -> None:
        """Show whether residuals are shown, without telling of it."""
        self.setChecked(shown)
