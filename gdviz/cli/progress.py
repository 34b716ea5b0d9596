"""How far long work is, shown on a terminal or told to a program."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from gdviz.app.rendering import Phase, phases_of
from gdviz.export.material import Told

__all__ = ["PROGRESS", "Terminated", "interruptible", "phase_of"]

PROGRESS = ("auto", "bar", "lines", "none")
"""Ways to tell it: a bar on a terminal only, a bar, a share in each line, not at all."""


class Terminated(BaseException):
    """The process was asked to end."""


def phase_of(kind: str) -> Phase:
    """Return what tells progress in one of the ways of `PROGRESS`."""
    if kind == "auto":
        kind = "bar" if sys.stderr.isatty() else "none"
    if kind == "bar":
        return _bar
    if kind == "lines":
        return phases_of(_Lines())
    return phases_of(lambda _share: None)


class _Lines:
    """Writes shares that grow, each in its line, not more than a thousand of them."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, share: float) -> None:
        thousandths = int(1000.0 * share + 1e-9)
        if thousandths > self._told:
            self._told = thousandths
            print(f"{thousandths / 1000.0:.3f}", file=sys.stderr, flush=True)


@contextmanager
def _bar(name: str) -> Iterator[Told]:
    """Show a bar if it takes longer than a second."""
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}% |{bar}| {elapsed} < {remaining}"
    with tqdm(desc=name, total=1.0, bar_format=form, delay=1.0, leave=False) as bar:
        yield lambda share: bar.update(share - bar.n)


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
    def watched(name: str) -> Iterator[Told]:
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
