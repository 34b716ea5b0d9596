"""Making landscapes in the background: reading files, compiling formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["Opener", "Told"]

Told = Callable[[float], None]


class _Cancelled(Exception):  # noqa: N818 -- it is no error
    """A newer job, or none, is wanted."""


class _Teller(QObject):
    """Carries progress from the thread to the window."""

    progressed = Signal(object, float)


class Opener(QObject):
    """Owns the thread in which things are opened; the newest request wins.

    Signals
    -------
    opened(object, object)
        What came of the newest request, and the note that was left with it.
    failed(str, object)
        It could not be opened, why, and the note.
    progressed(float)
        How much of it is done, from 0 to 1.
    busy_changed(bool)
    """

    opened = Signal(object, object)
    failed = Signal(str, object)
    progressed = Signal(float)
    busy_changed = Signal(bool)

    def __init__(self, courtesy: Courtesy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("gdviz opening", courtesy, self)
        self._worker.result.connect(self._on_result)
        self._worker.failed.connect(self._on_failed)
        self._worker.finished.connect(self._on_finished)
        self._teller = _Teller(self)
        self._teller.progressed.connect(self._on_progressed)
        self._unwanted = Event()
        self._note: object = None
        self._busy = False

    @property
    def busy(self) -> bool:
        """Whether something is being opened."""
        return self._busy

    def request(self, make: Callable[[Told], Any], note: object = None) -> None:
        """Call `make` in the thread instead of whatever was requested before.

        Parameters
        ----------
        make : callable
            Gets a function to be told progress; that one raises when the job is no longer
            wanted.
        note : object
            Comes back with the result.
        """
        self._unwanted.set()
        self._unwanted = unwanted = Event()
        self._note = note
        teller = self._teller

        def told(share: float) -> None:
            if unwanted.is_set():
                raise _Cancelled
            teller.progressed.emit(unwanted, share)

        def job() -> Iterator[Any]:
            try:
                made = make(told)
            except _Cancelled:
                return
            yield made

        self._set_busy(True)
        self._worker.request(job)

    def cancel(self) -> None:
        """Stop opening."""
        self._unwanted.set()
        self._worker.cancel()
        self._set_busy(False)

    def stop(self) -> None:
        """End the thread."""
        self._unwanted.set()
        self._worker.stop()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    @Slot(object)
    def _on_result(self, result: object) -> None:
        self._set_busy(False)
        self.opened.emit(result, self._note)

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._set_busy(False)
        self.failed.emit(reason, self._note)

    @Slot()
    def _on_finished(self) -> None:
        self._set_busy(False)

    @Slot(object, float)
    def _on_progressed(self, of: object, share: float) -> None:
        if of is self._unwanted and self._busy:
            self.progressed.emit(share)
