"""How long something is going to take, from how far it has come."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

__all__ = ["TimeLeft", "time_left_words"]

_SEEN, _TRUSTED = 5.0, 1.0
_FEWEST, _PAUSE = 4, 0.5
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
        marks = self._marks
        marks.append((now, share))
        while now - marks[0][0] > _SEEN and len(marks) > _FEWEST:
            marks.popleft()
        self._forget_before_pause()
        begun, before = marks[0]
        taken, done = now - begun, share - before
        if taken < _TRUSTED or done <= 0.0 or len(marks) < _FEWEST:
            return None
        return taken * (1.0 - share) / done

    def _forget_before_pause(self) -> None:
        """Drop what came before a long pause: it tells nothing of how quickly it goes now."""
        times = [time for time, _share in self._marks]
        if len(times) <= 2:
            return
        longest = _PAUSE * (times[-1] - times[0])
        gaps = [later - earlier for earlier, later in pairwise(times)]
        for _ in range(max((at + 1 for at, gap in enumerate(gaps) if gap > longest), default=0)):
            self._marks.popleft()


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
