"""Slicing a stream of chunks by time, so that signals come about 30 a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from gdviz.engine import Chunk, joined

__all__ = ["INTERVAL", "paced", "sliced"]

INTERVAL = 1.0 / 30.0

Item = TypeVar("Item")


def sliced(
    items: Iterable[Item],
    interval: float = INTERVAL,
    clock: Callable[[], float] = time.monotonic,
    patience: float = 0.0,
) -> Iterator[list[Item] | None]:
    """Collect items that arrive faster than `interval`.

    Parameters
    ----------
    items : iterable
    interval : float
        Seconds between two lists handed on.
    clock : callable
        Returns seconds.
    patience : float
        Seconds before the first list: what is done within them comes whole, where it would
        come as a first bit and, a moment later, the rest.

    Yields
    ------
    list or None
        The items since the last list, the last ones at the end, also where it ends with an
        error; None for each item that is kept back.
    """
    waiting: list[Item] = []
    handed_on = clock() + patience - interval if patience else -math.inf
    try:
        for item in items:
            waiting.append(item)
            now = clock()
            if now - handed_on >= interval:
                handed_on = now
                yield waiting
                waiting = []
            else:
                yield None
    except Exception:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting


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
    for some in sliced(chunks, interval, clock):
        yield None if some is None else joined(some)
