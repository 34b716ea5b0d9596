"""How long something is going to take, from how far it has come."""

from __future__ import annotations

from collections import deque

__all__ = ["TimeLeft", "time_left_words"]

_SEEN, _TRUSTED = 5.0, 1.0
_MINUTE, _HOUR = 60.0, 3600.0
_LONG = 15.0


class TimeLeft:
    """Estimates the time that is left, from how quickly the last few seconds went.

    What comes first may be much quicker or slower than the rest.
    """

    def __init__(self) -> None:
        self._marks: deque[tuple[float, float]] = deque()

    def seconds(self, now: float, share: float) -> float | None:
        """Return the seconds that are left; None as long as nobody can tell.

        Parameters
        ----------
        now : float
            In seconds of any clock, the same each time.
        share : float
            What is done, from 0 to 1.
        """
        self._marks.append((now, share))
        while now - self._marks[0][0] > _SEEN and len(self._marks) > 2:
            self._marks.popleft()
        begun, before = self._marks[0]
        taken, done = now - begun, share - before
        if taken < _TRUSTED or done <= 0.0:
            return None
        return taken * (1.0 - share) / done


def time_left_words(seconds: float | None) -> str:
    """Return how long something still takes, in words that change seldom; empty for None."""
    if seconds is None:
        return ""
    if seconds < _LONG:
        return f"about {max(round(seconds), 1)} s left"
    if seconds < _MINUTE:
        return f"about {5 * round(seconds / 5)} s left"
    if seconds < _HOUR:
        return f"about {round(seconds / _MINUTE)} min left"
    return f"about {seconds / _HOUR:.1f} h left"
