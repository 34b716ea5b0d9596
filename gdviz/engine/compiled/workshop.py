"""A thread that has kernels compiled, one after the other, and loads them."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from gdviz.engine.compiled.cache import KernelCache
from gdviz.engine.compiled.loading import load

__all__ = ["Order", "Workshop"]

_LOG = logging.getLogger(__name__)
_MOST_WAITING = 8
_LONGEST = 300.0  # seconds that a compilation may take
_GRACE = 5.0


@dataclass(eq=False)
class Order:
    """A kernel that is wanted.

    Attributes
    ----------
    text : str
        See `gdviz.engine.compiled.source`.
    compiles : bool
        Whether it is compiled if it isn't in the cache.
    over : threading.Event
        Set when there is a kernel, or when there won't be one.
    kernel : module or None
        With the functions that the text defines.
    dropped : bool
        Whether it was given up for newer ones, or for want of leave to compile it.
    """

    text: str
    compiles: bool
    over: threading.Event = field(default_factory=threading.Event)
    kernel: ModuleType | None = None
    dropped: bool = False


class Workshop:
    """Makes kernels in a thread, the newest order first; there is no thread while it has none.

    What can't be made is told to the log only: NumPy does the same work.

    Parameters
    ----------
    cache : KernelCache
    """

    def __init__(self, cache: KernelCache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._waiting: list[Order] = []
        self._thread: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    def take(self, order: Order) -> None:
        """Begin with an order, or put it before those that wait."""
        with self._lock:
            self._waiting.append(order)
            given_up = self._waiting[:-_MOST_WAITING]
            del self._waiting[:-_MOST_WAITING]
            if self._closed:
                given_up, self._waiting = [order], []
            elif self._thread is None:
                # A daemon: the interpreter's end doesn't wait for a compilation.
                self._thread = threading.Thread(target=self._work, name="kernels", daemon=True)
                self._thread.start()
        _give_up(given_up)

    def close(self) -> None:
        """Give up all orders, and end whatever is compiling."""
        with self._lock:
            self._closed = True
            given_up, self._waiting = self._waiting, []
            thread = self._thread
            if self._child is not None:
                self._child.kill()
        _give_up(given_up)
        if thread is not None:
            thread.join(_GRACE)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                order = self._waiting.pop()
            try:
                order.kernel = self._made(order)
            except Exception:  # noqa: BLE001 -- whatever goes wrong, NumPy serves
                _LOG.debug("no kernel", exc_info=True)
            order.over.set()

    def _made(self, order: Order) -> ModuleType | None:
        import numba  # noqa: F401 -- where it is missing, nothing is looked for

        place = self._cache.find(order.text)
        if place is not None:
            try:
                return load(place)
            except Exception:  # noqa: BLE001 -- a cache that is out of order is made anew
                _LOG.debug("a kernel in the cache can't be loaded", exc_info=True)
                self._cache.drop(place)
        if not order.compiles:
            order.dropped = True
            return None
        part = self._cache.begin(order.text)
        try:
            code = self._compile(part)
            if code:
                _LOG.debug("a kernel was not compiled: %s", code)
                return None
            place = self._cache.finish(part, order.text)
        finally:
            self._cache.drop(part)
        return None if place is None else load(place)

    def _compile(self, part: Path) -> int:
        """Have a child compile what is in a folder, and return its exit code."""
        root = str(Path(__file__).parents[3])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        with self._lock:
            if self._closed:
                return -1
            child = self._child = subprocess.Popen(  # noqa: S603 -- our own module
                [sys.executable, "-P", "-m", "gdviz.engine.compiled.child", str(part)],
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.PIPE,  # its end is the child's
                stdout=subprocess.DEVNULL,
                stderr=None if _LOG.isEnabledFor(logging.DEBUG) else subprocess.DEVNULL,
            )
        with child:
            try:
                return child.wait(_LONGEST)
            finally:
                with self._lock:
                    self._child = None
                    child.kill()


def _give_up(orders: list[Order]) -> None:
    for order in orders:
        order.dropped = True
        order.over.set()
