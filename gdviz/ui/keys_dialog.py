"""All keys at a glance."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.action_table import ACTIONS
from gdviz.ui.buttons import plain_buttons
from gdviz.ui.keys_topic import MOUSE, keys_of
from gdviz.ui.tips import explain, set_topic

__all__ = ["KeysDialog"]

_SHARE_OF_SCREEN = 0.9


class KeysDialog(QDialog):
    """A list of what the mouse and each key do."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        listed = QWidget()
        table = QGridLayout(listed)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(24)
        table.setVerticalSpacing(4)
        keyed = [(keys_of(spec.shortcuts), _plain(spec.text)) for spec in ACTIONS if spec.shortcuts]
        half = (len(keyed) + 1) // 2
        for column, entries in enumerate((keyed[:half], keyed[half:], list(MOUSE))):
            for row, (key, text) in enumerate(entries):
                name = QLabel(key)
                name.setObjectName("title")
                table.addWidget(name, row, 2 * column, Qt.AlignmentFlag.AlignRight)
                table.addWidget(QLabel(text), row, 2 * column + 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        plain_buttons(buttons)
        for button in buttons.buttons():
            explain(button, "Close the list of keys; the help has it as well.")
        set_topic(self, "keys")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        frame = QScrollArea()
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that its own keys scroll it
        frame.setWidgetResizable(True)
        frame.setWidget(listed)
        for label in listed.findChildren(QLabel):
            label.ensurePolished()  # bold words are wider
        layout.addWidget(frame, 1)
        layout.addWidget(buttons)
        # All of it, or as much as the screen holds.
        bar = frame.verticalScrollBar().sizeHint().width()
        room = (parent or self).screen().availableSize() * _SHARE_OF_SCREEN
        around = layout.sizeHint() - frame.sizeHint()
        self.resize((listed.sizeHint() + around + QSize(bar, bar)).boundedTo(room))


def _plain(text: str) -> str:
    return text.replace("&", "")
