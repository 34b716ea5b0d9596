"""What a picture shows, and how large it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.overlays import PICTURED
from gdviz.landscapes import Landscape
from gdviz.views.history_quantity import QUANTITIES
from gdviz.views.surface.camera import CAMERAS, Camera
from gdviz.views.surface.heights import HEIGHTS

__all__ = ["MOST_PIXELS", "VIEWS", "FigureSpec", "default_view"]

VIEWS = {
    "contour": "The landscape from above, with the runs on it.",
    "surface": "The landscape as a lit surface, with the runs on it.",
    "curve": "The loss along one parameter through the current point.",
    "history": "The loss of every run against its steps.",
    "data": "A regression's points with the line that the current parameters make.",
    "all": "All views in one picture.",
}
MOST_PIXELS = 200_000_000
_SMALLEST, _LARGEST = 100, 30_000
_THEMES = ("light", "dark")


@dataclass(frozen=True)
class FigureSpec:
    """A picture's content and size.

    Attributes
    ----------
    view : str
        One of `VIEWS`.
    size : (int, int)
        Width and height in logical pixels.
    scale : float
        Pixels per logical pixel: lines and letters grow with it.
    theme : str
        ``"light"`` or ``"dark"``.
    transparent : bool
        Whether there is no background.
    step : int or None
        The step that is shown; None for the last.
    quantity : str
        What the history draws: one of `gdviz.views.history_quantity.QUANTITIES`.
    log : bool
        Whether the history draws it on a logarithmic axis, as the window does at first.
    overlays : tuple of str
        What is drawn over the views: some of `gdviz.experiment.overlays.PICTURED`.
    camera : Camera
        Where the surface is looked at from.
    heights : str
        How losses map to heights: one of `gdviz.views.surface.heights.HEIGHTS`.

    Raises
    ------
    UserError
        If something is out of range.
    """

    view: str = "contour"
    size: tuple[int, int] = (960, 720)
    scale: float = 1.0
    theme: str = "light"
    transparent: bool = False
    step: int | None = None
    quantity: str = QUANTITIES[0]
    log: bool = True
    overlays: tuple[str, ...] = ()
    camera: Camera = CAMERAS["corner"]
    heights: str = "linear"

    def __post_init__(self) -> None:
        for what, value, known in (
            ("view", self.view, tuple(VIEWS)),
            ("theme", self.theme, _THEMES),
            ("quantity", self.quantity, QUANTITIES),
            ("height scale", self.heights, tuple(HEIGHTS)),
        ):
            if value not in known:
                raise UserError(
                    f"there is no {what} '{value}'{did_you_mean(value, known)} "
                    f"(known: {', '.join(known)})"
                )
        for name in self.overlays:
            if name not in PICTURED:
                raise UserError(
                    f"there is nothing called '{name}' to show{did_you_mean(name, PICTURED)} "
                    f"(known: {', '.join(PICTURED)})"
                )
        width, height = self.size
        if not all(_SMALLEST <= side <= _LARGEST for side in self.size):
            raise UserError(
                f"size must be from {_SMALLEST} to {_LARGEST} on each side, got {width}x{height}"
            )
        if not (math.isfinite(self.scale) and 0.1 <= self.scale <= 20.0):
            raise UserError(f"scale must be from 0.1 to 20, got {self.scale:g}")
        if width * height * self.scale**2 > MOST_PIXELS:
            raise UserError(
                f"{width}x{height} at scale {self.scale:g} is more than "
                f"{MOST_PIXELS // 1_000_000} million pixels"
            )
        if self.step is not None and self.step < 0:
            raise UserError(f"the step to show must be at least 0, got {self.step}")

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture in its own pixels."""
        return (max(round(self.size[0] * self.scale), 1), max(round(self.size[1] * self.scale), 1))


def default_view(landscape: Landscape) -> str:
    """Return the view that shows most of a landscape."""
    return "contour" if landscape.dimension > 1 else "curve"
