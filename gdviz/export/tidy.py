"""Taking pictures apart where they were made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["tidied"]


@contextmanager
def tidied() -> Iterator[None]:
    """Take away in the end, in this thread, what was made within and isn't needed any more.

    The parts of a picture refer to each other, so that Python's collector takes them apart, in
    whatever thread it happens to run; Qt's objects may be destroyed in their own thread only.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if collecting:
            gc.enable()
