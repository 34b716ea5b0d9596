"""A paragraph that changes often and keeps its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

__all__ = ["SteadyText"]


class SteadyText(QWidget):
    """Words that wrap, in room for the longest text that they have been since it was reset.

    A change of words asks for no new layout unless they need more lines than ever before.

    Parameters
    ----------
    object_name : str
        What the style sheet knows the label by.
    """

    def __init__(self, object_name: str = "") -> None:
        super().__init__()
        self._height = 0
        self._label = QLabel(self)
        self._label.setObjectName(object_name)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the words."""
        return self._label.text()

    def show_text(self, text: str) -> None:
        """Show other words."""
        if text != self._label.text():
            self._label.setText(text)
            self._grow()

    def reset(self) -> None:
        """Forget how much room earlier words needed."""
        self._height = 0
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.reset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._height = 0
        self._grow()

    def _grow(self) -> None:
        needed = self._label.heightForWidth(self.width()) if self._label.text() else 0
        if needed > self._height or not self._height:
            self._height = max(needed, 0)
            self.updateGeometry()
        self._label.setGeometry(0, 0, self.width(), max(self._height, self.height()))
