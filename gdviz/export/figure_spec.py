"""What a picture shows, and how large it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.look import Look
from gdviz.experiment.overlays import PICTURED
from gdviz.landscapes import Landscape

__all__ = ["FIELDS", "LETTERS", "MOST_PIXELS", "THEME_NAMES", "VIEWS", "FigureSpec", "default_view"]

VIEWS = {
    "contour": "The landscape from above, with the runs on it.",
    "surface": "The landscape as a lit surface, with the runs on it.",
    "curve": "The loss along one parameter through the current point.",
    "history": "The loss of every run against its steps.",
    "data": "A regression's points with the line that the current parameters make.",
    "basins": "Where the current run's optimizer leads from every point in view.",
    "sweep": "What becomes of the current run over a range of learning rates.",
    "all": "All views in one picture.",
}
THEME_NAMES = ("light", "dark")
LETTERS = ("text", "outlines")
"""How words are written in vector pictures: so that they can be searched, or as shapes."""
FIELDS = ("image", "contours")
"""How colors of losses are written in vector pictures: as one image, or as filled contours."""
MOST_PIXELS = 200_000_000
INCH = 96.0
"""Logical pixels per inch, as in CSS."""
_SMALLEST, _LARGEST = 100, 30_000


@dataclass(frozen=True)
class FigureSpec:
    """A picture's content and size.

    Attributes
    ----------
    views : tuple of str
        Some of `VIEWS`, in the order in which they are laid out.
    size : (float, float)
        Width and height in logical pixels, of which lines and letters have a fixed number.
    scale : float
        Pixels per logical pixel: lines and letters grow with it.
    dpi : float or None
        Pixels per inch of paper; None for paper on which a logical pixel is 1/96 inch.
    theme : str
        One of `THEME_NAMES`.
    transparent : bool
        Whether there is no background.
    step : int or None
        The step that is shown; None for the last.
    look : Look
    title, caption : str
        Words above and below the views; empty for none.
    legend : bool
        Whether runs are named where there are two to a dozen of them.
    colorbar : bool
        Whether it is told which color is which loss.
    labels : bool
        Whether axes are named.
    letters : str
        One of `LETTERS`.
    field : str
        One of `FIELDS`.

    Raises
    ------
    UserError
        If something is out of range.
    """

    views: tuple[str, ...] = ("contour",)
    size: tuple[float, float] = (960.0, 720.0)
    scale: float = 1.0
    dpi: float | None = None
    theme: str = THEME_NAMES[0]
    transparent: bool = False
    step: int | None = None
    look: Look = Look()
    title: str = ""
    caption: str = ""
    legend: bool = True
    colorbar: bool = False
    labels: bool = True
    letters: str = LETTERS[0]
    field: str = FIELDS[0]

    def __post_init__(self) -> None:
        for what, value, known in (
            *(("view", view, tuple(VIEWS)) for view in self.views),
            ("theme", self.theme, THEME_NAMES),
            ("kind of letters", self.letters, LETTERS),
            ("kind of field", self.field, FIELDS),
        ):
            if value not in known:
                raise UserError(
                    f"there is no {what} '{value}'{did_you_mean(value, known)} "
                    f"(known: {', '.join(known)})"
                )
        if not self.views:
            raise UserError(f"a picture needs a view (known: {', '.join(VIEWS)})")
        for name in self.look.overlays:
            if name not in PICTURED:
                raise UserError(
                    f"there is nothing called '{name}' to show{did_you_mean(name, PICTURED)} "
                    f"(known: {', '.join(PICTURED)})"
                )
        self._check_size()
        if self.step is not None and self.step < 0:
            raise UserError(f"the step to show must be at least 0, got {self.step}")

    def _check_size(self) -> None:
        width, height = self.size
        if not all(_SMALLEST <= side <= _LARGEST for side in self.size):
            raise UserError(
                f"size must be from {_SMALLEST} to {_LARGEST} on each side, "
                f"got {width:g}x{height:g}"
            )
        if not (math.isfinite(self.scale) and 0.1 <= self.scale <= 20.0):
            raise UserError(f"scale must be from 0.1 to 20, got {self.scale:g}")
        if width * height * self.scale**2 > MOST_PIXELS:
            raise UserError(
                f"{width:g}x{height:g} at scale {self.scale:g} is more than "
                f"{MOST_PIXELS // 1_000_000} million pixels"
            )
        if self.dpi is not None and not 10.0 <= self.dpi <= 2400.0:
            raise UserError(f"dpi must be from 10 to 2400, got {self.dpi:g}")

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture in its own pixels."""
        return (max(round(self.size[0] * self.scale), 1), max(round(self.size[1] * self.scale), 1))

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height on paper."""
        dpi = INCH * self.scale if self.dpi is None else self.dpi
        return self.size[0] * self.scale / dpi, self.size[1] * self.scale / dpi


def default_view(landscape: Landscape) -> str:
    """Return the view that shows most of a landscape."""
    return "contour" if landscape.dimension > 1 else "curve"
