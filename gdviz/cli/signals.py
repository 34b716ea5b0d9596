"""Signals that end long work such that nothing is left behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from gdviz.export.phases import Phase

__all__ = ["Terminated", "interruptible"]


class Terminated(BaseException):
    """The process was asked to end."""


@contextmanager
def interruptible(phase: Phase) -> Iterator[Phase]:
    """Let a signal end long work where that leaves nothing behind.

    While something is written, Qt may be calling back into Python, where an exception would
    be lost; then the signal is remembered until progress is told, and the next one doesn't
    wait. Anywhere else it ends the work at once.

    Raises
    ------
    KeyboardInterrupt
        After an interrupt.
    Terminated
        After a request to end.
    """
    caught: list[int] = []
    patient = False

    def end() -> None:
        raise KeyboardInterrupt if caught[0] == signal.SIGINT else Terminated

    def on_signal(number: int, _frame: FrameType | None) -> None:
        caught.append(number)
        if not patient or len(caught) > 1:
            end()

    @contextmanager
    def watched(name: str) -> Iterator[Callable[[float], object]]:
        nonlocal patient
        with phase(name) as told:

            def checked(share: float) -> None:
                if caught:
                    end()
                told(share)

            patient = name == "writing"
            try:
                yield checked
            finally:
                patient = False

    if threading.current_thread() is not threading.main_thread():
        yield watched
        return
    # What is started in the background of a shell has interrupts ignored: it stays so.
    watched_signals = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    ]
    before = {number: signal.signal(number, on_signal) for number in watched_signals}
    try:
        yield watched
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
