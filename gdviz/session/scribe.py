"""Writing files in the background: in order, and none is left out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

__all__ = ["Scribe"]

Done = Callable[[str], object]


class _Desk(QObject):
    """Lives in the thread and writes there."""

    done = Signal(object, str)

    @Slot(object, object)
    def work(self, write: Callable[[], object], done: Done) -> None:
        try:
            write()
        except Exception as error:  # noqa: BLE001 -- the thread's top: a fault must reach the window
            self.done.emit(done, str(error) or type(error).__name__)
        else:
            self.done.emit(done, "")

    @Slot()
    def leave(self) -> None:
        QThread.currentThread().quit()


class Scribe(QObject):
    """Owns the thread in which documents are written.

    A `Worker` drops what a newer request replaces; here everything that was asked for is done,
    also when the window closes. The thread begins with the first request.
    """

    _requested = Signal(object, object)
    _leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = _Desk()
        self._thread = QThread()
        self._thread.setObjectName("gdviz writing")
        self._desk.moveToThread(self._thread)
        self._requested.connect(self._desk.work, Qt.ConnectionType.QueuedConnection)
        self._leaving.connect(self._desk.leave, Qt.ConnectionType.QueuedConnection)
        self._desk.done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._waiting = 0

    @property
    def busy(self) -> bool:
        """Whether anything is still to be written."""
        return self._waiting > 0

    def write(self, write: Callable[[], object], done: Done) -> None:
        """Call `write` in the thread, and `done` here when it has ended.

        Parameters
        ----------
        write : callable
            Works on frozen values only.
        done : callable
            Is told why it failed; empty if it did not.
        """
        if not self._thread.isRunning():
            self._thread.start()
        self._waiting += 1
        self._requested.emit(write, done)

    def stop(self) -> None:
        """Write what is asked for and end the thread; returns when it has ended."""
        if self._thread.isRunning():
            self._leaving.emit()
            self._thread.wait()

    @Slot(object, str)
    def _on_done(self, done: Done, reason: str) -> None:
        self._waiting -= 1
        done(reason)
