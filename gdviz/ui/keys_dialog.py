"""All keys at a glance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gdviz.ui.action_table import ACTIONS
from gdviz.ui.buttons import plain_buttons
from gdviz.ui.keys_topic import MOUSE, keys_of
from gdviz.ui.tips import explain, set_topic

__all__ = ["KeysDialog"]


class KeysDialog(QDialog):
    """A list of what the mouse and each key do."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and mouse")
        table = QGridLayout()
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
        layout.addLayout(table)
        layout.addWidget(buttons)


def _plain(text: str) -> str:
    return text.replace("&", "")
