"""The buttons of dialogs."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox

__all__ = ["plain_buttons"]


def plain_buttons(box: QDialogButtonBox) -> None:
    """Take the icons off a dialog's buttons: they come from the system, not from our set."""
    for button in box.buttons():
        button.setIcon(QIcon())
