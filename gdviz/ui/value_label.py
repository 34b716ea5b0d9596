"""A text that changes often and keeps its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit

__all__ = ["ValueLabel"]


class ValueLabel(QLineEdit):
    """A label of one width, whose text can be selected and copied.

    A QLabel asks for a new layout of everything around it whenever its text changes,
    which at 60 changes a second takes longer than drawing them.

    Parameters
    ----------
    name : str
        What it is, for a screen reader.
    widest : str
        The longest text that it has to hold.
    alignment : Qt.AlignmentFlag
    """

    def __init__(self, name: str, widest: str, alignment: Qt.AlignmentFlag) -> None:
        super().__init__()
        self.setObjectName("value")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrame(False)
        self.setTextMargins(-2, 0, -2, 0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
        self._widest = widest
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._widest))

    def show_text(self, text: str) -> None:
        """Show a text, from its beginning."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
