"""Letting the window go first while a thread computes."""

from __future__ import annotations

import sys
import threading
import time

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

__all__ = ["Courtesy"]

_SWITCH_INTERVAL = 0.001
_LONGEST_WAIT = 0.02
_BREATH = 0.0005  # between two events the loop may seem to go to sleep; only a longer rest counts


class Courtesy(QObject):
    """A gate that is open while the GUI thread is idle.

    Python runs one thread at a time. A drawing window gives up and asks back the
    interpreter at almost every call into Qt, and each time a computing thread could
    keep it waiting. So a computing thread passes this gate every millisecond or so:
    while the window handles events, it waits there (at most 20 ms, so that it always
    gets on).

    What begins work closes the gate: the events of a window that is watched, painting
    among them, and whoever calls `busy`. The event loop opens it again before it goes to
    sleep. Its signal ``awake`` would say less: on Linux, where Qt runs inside GLib's
    loop, it comes when the events have been handled already. To filter the events of the
    whole application would say more, but costs a call for every event of every object, and
    makes Python objects of those that are about to be destroyed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = threading.Event()
        self._idle.set()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        dispatcher: QAbstractEventDispatcher | None = QAbstractEventDispatcher.instance()
        self._opened = dispatcher is not None
        if dispatcher is not None:
            # The event's own method: the dispatcher outlives this object.
            dispatcher.aboutToBlock.connect(self._idle.set)

    def watch(self, window: QWidget) -> None:
        """Close the gate while a window handles events, its children's painting included."""
        window.installEventFilter(self)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    @Slot()
    def busy(self) -> None:
        """Close the gate until the GUI thread is idle again."""
        if self._opened and self._idle.is_set():
            self._idle.clear()

    def wait(self) -> None:
        """Wait, in a computing thread, until the GUI thread is idle."""
        begun = time.monotonic()
        left = _LONGEST_WAIT
        while left > 0.0 and not self._idle.is_set():
            self._idle.wait(left)
            time.sleep(_BREATH)
            left = begun + _LONGEST_WAIT - time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.busy()
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.watch(watched)  # what receives the mouse and asks for painting is there now
        return False
