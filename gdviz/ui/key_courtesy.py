"""Leaving keys to the control that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QWidget,
)

__all__ = ["KeyCourtesy"]

_MOVES = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
_NEVER_TYPED = {Qt.Key.Key_F1, Qt.Key.Key_F5, Qt.Key.Key_F11, Qt.Key.Key_Escape}
_OWN_KEYS: tuple[tuple[type[QObject], set[Qt.Key]], ...] = (
    (QAbstractSlider, _MOVES),
    (QAbstractItemView, _MOVES),
    (QComboBox, _MOVES | {Qt.Key.Key_Space}),
    (QAbstractButton, {Qt.Key.Key_Space}),
)


class KeyCourtesy(QObject):
    """An event filter that keeps the window's one-key shortcuts out of other controls.

    The arrows step through the descent, but in a slider they move the slider; letters
    and digits start things, but in a field they are typed. It watches the control that
    has the focus, and no other.
    """

    @Slot(QWidget, QWidget)
    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watch the control to which the focus has moved."""
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and isinstance(watched, QLineEdit) and watched.isReadOnly():
                event.ignore()  # it would keep the arrows, though there is nothing to type
                return True
            if plain and _wants(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return False


def _wants(control: QObject, key: Qt.Key) -> bool:
    if isinstance(control, QLineEdit):
        return key not in _NEVER_TYPED
    rows = QAbstractItemView.SelectionBehavior.SelectRows
    if isinstance(control, QAbstractItemView) and control.selectionBehavior() is rows:
        return key in (Qt.Key.Key_Home, Qt.Key.Key_End)  # across whole rows, nothing moves
    return any(isinstance(control, kind) and key in keys for kind, keys in _OWN_KEYS)
