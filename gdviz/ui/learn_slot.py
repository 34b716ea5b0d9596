"""The place in the window where a panel goes once it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

__all__ = ["LearnSlot"]


class LearnSlot(QWidget):
    """Empty until it is filled, so that a window starts without what is rarely wanted.

    Signals
    -------
    came_into_view()
    """

    came_into_view = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def fill(self, panel: QWidget) -> None:
        """Put the panel in."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(panel)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.came_into_view.emit()
