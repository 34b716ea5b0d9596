"""A thread that always works on the newest job only."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from gdviz.session.courtesy import Courtesy

__all__ = ["Job", "Worker"]

Job = Callable[[], Iterator[Any]]

_SPRINT = 0.02  # a job as short as this is not held up: its result is what the window waits for


def _reason(error: Exception) -> str:
    """Return an error's message, and something to go by if it has none."""
    if isinstance(error, MemoryError):
        return str(error) or "there is not enough memory for this"
    return str(error) or f"a fault of gdviz itself: {type(error).__name__}"


class _Bench(QObject):
    """Lives in the thread and works there."""

    result = Signal(int, object)
    finished = Signal(int)
    failed = Signal(int, str)

    def __init__(self, courtesy: Courtesy, patience: float | None) -> None:
        super().__init__()
        self._courtesy = courtesy
        self._patience = patience
        self.wanted = 0

    @Slot(int, object)
    def work(self, ident: int, job: Job) -> None:
        sprint = time.monotonic() + (_SPRINT if self._patience is None else 0.0)
        left = patience = math.inf if self._patience is None else self._patience
        try:
            for result in job() if self.wanted == ident else ():
                if self.wanted != ident:
                    return
                if result is not None:
                    self.result.emit(ident, result)
                    left = patience
                now = time.monotonic()
                if now >= sprint and left > 0.0:
                    self._courtesy.wait()
                    left -= time.monotonic() - now
        except Exception as error:  # noqa: BLE001 -- the thread’s top: a fault must reach the window
            self.failed.emit(ident, _reason(error))
        else:
            self.finished.emit(ident)


class Worker(QObject):
    """One long-lived thread; a newer request makes it drop the older one.

    A job is a generator function of frozen values. It yields results, or None just to
    be asked whether it is still wanted, every few milliseconds.

    Parameters
    ----------
    name : str
    courtesy : Courtesy
    parent : QObject, optional
    patience : float, optional
        For how many seconds in all a job lets the window go first before each result,
        beginning with its first part: a window that is never idle would hold up each of very
        many parts. If left out there is no end of it, but a short job isn't held up at all.

    Signals
    -------
    result(object)
        A value that the newest job yielded; those of older jobs never arrive.
    finished()
        The newest job has ended.
    failed(str)
        The newest job could not be done, and why.
    """

    result = Signal(object)
    finished = Signal()
    failed = Signal(str)
    _requested = Signal(int, object)

    def __init__(
        self,
        name: str,
        courtesy: Courtesy,
        parent: QObject | None = None,
        patience: float | None = None,
    ) -> None:
        super().__init__(parent)
        self._newest = 0
        self._courtesy = courtesy
        self._bench = _Bench(courtesy, patience)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._bench.moveToThread(self._thread)
        self._requested.connect(self._bench.work, Qt.ConnectionType.QueuedConnection)
        self._bench.result.connect(self._on_result, Qt.ConnectionType.QueuedConnection)
        self._bench.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._bench.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def request(self, job: Job) -> None:
        """Start a job as soon as the current one has noticed that it is not wanted."""
        self._newest += 1
        self._bench.wanted = self._newest
        self._requested.emit(self._newest, job)

    def cancel(self) -> None:
        """Drop the current job."""
        self._newest += 1
        self._bench.wanted = self._newest

    def stop(self) -> None:
        """Drop the current job and end the thread; returns when it has ended."""
        self.cancel()
        self._thread.quit()
        self._thread.wait()

    @Slot(int, object)
    def _on_result(self, ident: int, result: object) -> None:
        if ident == self._newest:
            self._courtesy.busy()
            self.result.emit(result)

    @Slot(int)
    def _on_finished(self, ident: int) -> None:
        if ident == self._newest:
            self.finished.emit()

    @Slot(int, str)
    def _on_failed(self, ident: int, reason: str) -> None:
        if ident == self._newest:
            self.failed.emit(reason)
