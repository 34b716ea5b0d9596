"""Which step each frame of a film shows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from gdviz.errors import UserError
from gdviz.export.film_spec import STEPS_PER_SECOND, FilmSpec

__all__ = ["GIF_FPS", "MOST_FRAMES", "FilmPlan", "film_plan"]

GIF_FPS = 50.0
"""The most frames a second of a GIF: browsers show shorter ones for a tenth of a second."""

MOST_FRAMES = 20_000

_EASED: dict[str, Callable[[float], float]] = {
    "linear": lambda time: time,
    "in": lambda time: time**2,
    "out": lambda time: 1.0 - (1.0 - time) ** 2,
    "in-out": lambda time: time**2 * (3.0 - 2.0 * time),
}
"""How far the playhead is, from 0 to 1, at a time from 0 to 1."""


@dataclass(frozen=True)
class FilmPlan:
    """The frames of a film.

    Attributes
    ----------
    steps : tuple of int
        The step that each frame shows; it never falls.
    fps : float
        Frames per second.
    """

    steps: tuple[int, ...]
    fps: float

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return len(self.steps) / self.fps

    def begin(self, frame: int, ticks: int) -> int:
        """Return when a frame begins, or the film ends, in whole ticks.

        Each time is rounded for itself, so that frames differ by a tick where their length is
        no whole number of them, and the film is as long as it should be.

        Parameters
        ----------
        frame : int
            The number of frames for the end of the film.
        ticks : int
            So many are a second.
        """
        return math.floor(frame * ticks / self.fps + 0.5)


def film_plan(spec: FilmSpec, end: int, *, most_fps: float = math.inf) -> FilmPlan:
    """Plan a film's frames: the first shows the first step, the last ones the last step.

    With a speed, a step is added to each frame's after as much time as it takes in the window;
    so at 30 frames a second and speed 1 there is a frame for each step. With `seconds`, there
    are as many frames as these take. The held frames come on top.

    Parameters
    ----------
    spec : FilmSpec
    end : int
        The step with which the runs end.
    most_fps : float
        What the format can do; a film that asks for more has as many, and is as long.

    Raises
    ------
    UserError
        If the film begins behind the end of the runs, or has more than `MOST_FRAMES` frames.
    """
    if spec.first > end:
        raise UserError(
            f"a film can't begin with step {spec.first:,}: the runs end at step {end:,}"
        )
    last = end if spec.last is None else min(spec.last, end)
    fps = min(spec.fps, most_fps)
    span = last - spec.first
    if spec.seconds is None:
        moving = math.floor(span * fps / (STEPS_PER_SECOND * spec.speed) + 0.5) + 1
    else:
        moving = math.floor(spec.seconds * fps + 0.5)
    moving = max(moving, 2) if span else 1
    held = math.floor(spec.hold * fps + 0.5)
    if moving + held > MOST_FRAMES:
        raise UserError(
            f"the film would have {moving + held:,} frames; at most {MOST_FRAMES:,} are written: "
            "make it faster or shorter, or with fewer frames a second"
        )
    eased = _EASED[spec.easing]
    steps = [
        spec.first + math.floor(span * eased(frame / (moving - 1)) + 0.5)
        for frame in range(moving - 1)
    ]
    return FilmPlan((*steps, *[last] * (held + 1)), fps)
