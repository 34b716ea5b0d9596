"""Letting the window go first while a thread computes."""

from __future__ import annotations

import sys
import threading
import time

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject

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

    The first event closes the gate, and the event loop opens it again before it goes to
    sleep. Its signal ``awake`` would say less: on Linux, where Qt runs inside GLib's
    loop, it comes when the events have been handled already.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = threading.Event()
        self._idle.set()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        application = QCoreApplication.instance()
        dispatcher: QAbstractEventDispatcher | None = QAbstractEventDispatcher.instance()
        if dispatcher is not None and application is not None:
            # The event's own method: the dispatcher outlives this object.
            dispatcher.aboutToBlock.connect(self._idle.set)
            application.installEventFilter(self)

    def wait(self) -> None:
        """Wait, in a computing thread, until the GUI thread is idle."""
        begun = time.monotonic()
        left = _LONGEST_WAIT
        while left > 0.0 and not self._idle.is_set():
            self._idle.wait(left)
            time.sleep(_BREATH)
            left = begun + _LONGEST_WAIT - time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._idle.is_set():
            self._idle.clear()
        return False
