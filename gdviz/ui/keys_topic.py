"""The help's page of all keys, made from the table of actions so that it can't grow old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from gdviz.ui.action_table import ACTIONS

if TYPE_CHECKING:
    from gdviz.help import Topic

__all__ = ["MOUSE", "keys_of", "keys_topic"]

MOUSE = (
    ("Click the contour view", "Start there"),
    ("Shift+click it", "Start one more run there"),
    ("Click the loss curve", "Start there along this one parameter"),
    ("Click the history", "Go to that step"),
    ("Drag the ring", "Move the start"),
    ("Drag elsewhere", "Move the view"),
    ("Wheel", "Zoom"),
)
_BEGIN = (
    "What each key and the mouse do. Letters and arrows belong to the window as long as no field "
    "is being typed in; in a list or a slider the arrows move there. Tab goes from one control to "
    "the next, and everything can be reached without a mouse.\n\n"
    "Try: press Shift+F1, then click anything in the window: it says what it is."
)


def keys_of(shortcuts: tuple[str, ...]) -> str:
    """Return shortcuts as they are written on this system, such as ``"Ctrl++ or Ctrl+="``."""
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(QKeySequence(keys).toString(native) for keys in shortcuts)


def keys_topic() -> Topic:
    """Return the topic."""
    from gdviz.help import Topic

    parts = [_BEGIN, "## Mouse", _table("Do this", MOUSE)]
    menus = list(dict.fromkeys(spec.menu for spec in ACTIONS))
    for menu in menus:
        rows = [
            (keys_of(spec.shortcuts), spec.tip.rstrip("."))
            for spec in ACTIONS
            if spec.menu == menu and spec.shortcuts
        ]
        if rows:
            parts += [f"## {menu or 'Elsewhere'}", _table("Key", tuple(rows))]
    words = ("shortcuts", "keyboard", "hotkeys", "mouse")
    return Topic("keys", "Keys and mouse", "First steps", "\n\n".join(parts), words, order=3)


def _table(head: str, rows: tuple[tuple[str, str], ...]) -> str:
    lines = [f"| {head} | What it does |", "|---|---|"]
    return "\n".join([*lines, *(f"| **{key}** | {told} |" for key, told in rows)])
