"""The actions of the table, as Qt has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gdviz.ui.action_table import ACTIONS, ActionSpec
from gdviz.ui.action_topics import ACTION_TOPICS
from gdviz.ui.icons import icon
from gdviz.ui.tips import set_topic, wrapped
from gdviz.views.theme import Theme

__all__ = ["Actions"]


class Actions:
    """The table's actions as Qt's, each bound to what it does.

    Parameters
    ----------
    parent : QWidget
        In whose window the shortcuts work.
    callbacks : mapping of str to callable
        What each action does, by key; checkable ones are given their state. Those left out
        are connected elsewhere.
    """

    def __init__(self, parent: QWidget, callbacks: Mapping[str, Callable[..., object]]) -> None:
        self._actions: dict[str, QAction] = {}
        self._look: tuple[Theme, float] | None = None
        for spec in ACTIONS:
            action = QAction(spec.text, parent)
            action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setToolTip(wrapped(tool_tip(spec)))
            action.setStatusTip(spec.tip)
            action.setWhatsThis(spec.tip)
            set_topic(action, ACTION_TOPICS.get(spec.key, ""))
            action.setCheckable(spec.checkable)
            callback = callbacks.get(spec.key)
            if callback is None:
                pass
            elif spec.checkable:
                action.triggered.connect(callback)
            else:
                action.triggered.connect(lambda _checked=False, act=callback: act())
            self._actions[spec.key] = action
        parent.addActions(list(self._actions.values()))

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __contains__(self, key: object) -> bool:
        return key in self._actions

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Draw the icons in other colors or in another size; 1 is the usual one."""
        if (theme, scale) == self._look:
            return
        self._look = (theme, scale)
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.key].setIcon(icon(spec.icon, theme, scale))


def tool_tip(spec: ActionSpec) -> str:
    """Return what a tooltip says: what it does, and the key for it."""
    if not spec.shortcuts:
        return spec.tip
    keys = QKeySequence(spec.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{spec.tip} ({keys})"
