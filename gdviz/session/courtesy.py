"""Letting the window go first while a thread computes."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QAbstractEventDispatcher, QObject

__all__ = ["Courtesy"]

_SWITCH_INTERVAL = 0.001
_LONGEST_WAIT = 0.02


class Courtesy(QObject):
    """A gate that is open while the GUI thread is idle.

    Python runs one thread at a time. A drawing window gives up and asks back the
    interpreter at almost every call into Qt, and each time a computing thread could
    keep it waiting. So a computing thread passes this gate every millisecond or so:
    while the window handles events, it waits there (at most 20 ms, so that it always
    gets on).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = threading.Event()
        self._idle.set()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.awake.connect(self._idle.clear)
            dispatcher.aboutToBlock.connect(self._idle.set)

    def wait(self) -> None:
        """Wait, in a computing thread, until the GUI thread is idle."""
        self._idle.wait(_LONGEST_WAIT)
