"""Slicing a stream of chunks by time, so that signals come about 30 a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

from gdviz.engine import Chunk, joined

__all__ = ["INTERVAL", "paced"]

INTERVAL = 1.0 / 30.0


def paced(
    chunks: Iterable[Chunk],
    interval: float = INTERVAL,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Chunk | None]:
    """Join chunks that arrive faster than `interval`.

    Parameters
    ----------
    chunks : iterable of Chunk
    interval : float
        Seconds between two chunks handed on.
    clock : callable
        Returns seconds.

    Yields
    ------
    Chunk or None
        The first chunk at once and the last ones at the end; None for each one that
        is kept back.
    """
    waiting: list[Chunk] = []
    handed_on = -math.inf
    for chunk in chunks:
        waiting.append(chunk)
        now = clock()
        if now - handed_on >= interval:
            handed_on = now
            yield joined(waiting)
            waiting = []
        else:
            yield None
    if waiting:
        yield joined(waiting)
