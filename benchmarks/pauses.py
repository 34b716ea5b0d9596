"""How long a window lets its events wait."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer

from benchmarks.tables import Samples
from benchmarks.windows import spin

__all__ = ["COMPUTED", "ticks"]

COMPUTED = "computed meanwhile, steps/s"
_TICK = 5


def ticks(reached: Callable[[], int], seconds: float, what: str = COMPUTED) -> Samples:
    """Let a timer tick, and look how late it is and how far the computation gets.

    Parameters
    ----------
    reached : callable
        Tells how far.
    seconds : float
        For how long.
    what : str
        What a second's progress is called.
    """
    times: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    first, begun = reached(), time.perf_counter()
    timer.start(_TICK)
    spin(seconds)
    timer.stop()
    ended = time.perf_counter()
    rate = (reached() - first) / (ended - begun)
    gaps = 1000.0 * np.diff([begun, *times, ended])
    return {
        f"gap of a {_TICK} ms timer, median, ms": [float(np.median(gaps))],
        "99th percentile, ms": [float(np.percentile(gaps, 99.0))],
        "longest, ms": [float(gaps.max())],
        what: [rate],
    }
