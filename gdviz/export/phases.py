"""What is done in turn when a file is made, and how its progress is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

__all__ = ["PHASES", "Phase", "phases_of"]

PHASES = {"reading": 0.1, "computing": 0.3, "writing": 0.6}
"""What is done, and its share of the whole, roughly."""
Phase = Callable[[str], AbstractContextManager[Callable[[float], object]]]
"""Makes, for each of the `PHASES`, what is told how much of it is done, from 0 to 1."""


def phases_of(progress: Callable[[float], object]) -> Phase:
    """Return phases that tell one share of all of them."""

    @contextmanager
    def phase(name: str) -> Iterator[Callable[[float], object]]:
        names = list(PHASES)
        before = sum(PHASES[earlier] for earlier in names[: names.index(name)])
        yield lambda share: progress(before + PHASES[name] * share)
        progress(before + PHASES[name])

    return phase
