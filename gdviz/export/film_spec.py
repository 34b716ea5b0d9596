"""How a film runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean

__all__ = ["EASINGS", "STEPS_PER_SECOND", "FilmSpec"]

EASINGS = ("linear", "in", "out", "in-out")
"""How the playhead moves: evenly, gently at the beginning, at the end, at both."""
STEPS_PER_SECOND = 30.0
"""At speed 1, as in the window."""


@dataclass(frozen=True)
class FilmSpec:
    """How a film runs; what it shows is a `FigureSpec`'s.

    Attributes
    ----------
    fps : float
        Frames per second.
    seconds : float or None
        How long the descent takes; None where `speed` decides.
    speed : float
        Times `STEPS_PER_SECOND`.
    easing : str
        One of `EASINGS`.
    hold : float
        How many seconds it stands still at the end.
    loop : bool
        Whether players begin again; a video file can't say so.
    first : int
        The step it begins with.
    last : int or None
        The step it ends with; None for the last there is.

    Raises
    ------
    UserError
        If something is out of range.
    """

    fps: float = 30.0
    seconds: float | None = None
    speed: float = 1.0
    easing: str = EASINGS[0]
    hold: float = 1.0
    loop: bool = True
    first: int = 0
    last: int | None = None

    def __post_init__(self) -> None:
        if self.easing not in EASINGS:
            raise UserError(
                f"there is no easing '{self.easing}'{did_you_mean(self.easing, EASINGS)} "
                f"(known: {', '.join(EASINGS)})"
            )
        for what, value, low, high in (
            ("fps", self.fps, 1.0, 120.0),
            ("seconds", self.seconds, 0.01, 36_000.0),
            ("speed", self.speed, 0.001, 10_000.0),
            ("hold", self.hold, 0.0, 600.0),
        ):
            if value is not None and not (math.isfinite(value) and low <= value <= high):
                raise UserError(f"{what} must be from {low:g} to {high:g}, got {value:g}")
        if self.first < 0 or (self.last is not None and self.last < self.first):
            raise UserError(f"a film can't go from step {self.first} to step {self.last}")
