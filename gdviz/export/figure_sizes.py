"""How large pictures are: in pixels, millimeters or inches, and by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gdviz.export.figure_spec import INCH

__all__ = ["PRESETS", "PRINT_DPI", "UNITS", "SizePreset", "Sizing", "sizing"]

UNITS = {"px": 1.0 / INCH, "mm": 1.0 / 25.4, "in": 1.0}
"""Units of length, in inches; pixels are logical ones."""
PRINT_DPI = 300.0


class Sizing(NamedTuple):
    """What a `gdviz.export.figure_spec.FigureSpec` needs to know of a size."""

    size: tuple[float, float]
    scale: float
    dpi: float


@dataclass(frozen=True)
class SizePreset:
    """A size that pictures are often wanted in.

    Attributes
    ----------
    title : str
    width, height : float
    unit : str
        One of `UNITS`.
    zoom : float
        How many times as large as usual lines and letters are, so that they are read from
        where one stands.
    dpi : float or None
        Pixels per inch; None for as many as suit the unit.
    """

    title: str
    width: float
    height: float
    unit: str
    zoom: float = 1.0
    dpi: float | None = None

    def sizing(self) -> Sizing:
        """Return what it is in logical pixels."""
        return sizing(self.width, self.height, self.unit, zoom=self.zoom, dpi=self.dpi)


PRESETS = {
    "slide": SizePreset("Slide, 16:9", 1920.0, 1080.0, "px", zoom=2.25),
    "column": SizePreset("Column of an A4 page", 88.0, 66.0, "mm"),
    "page": SizePreset("Width of an A4 page", 180.0, 120.0, "mm"),
    "square": SizePreset("Square post", 1080.0, 1080.0, "px", zoom=2.0),
    "poster": SizePreset("Poster, A2", 594.0, 420.0, "mm", zoom=3.0, dpi=200.0),
}


def sizing(
    width: float, height: float, unit: str, *, dpi: float | None = None, zoom: float = 1.0
) -> Sizing:
    """Return a size in logical pixels, and how finely it is drawn.

    Parameters
    ----------
    width, height : float
    unit : str
        One of `UNITS`. In pixels they are those of the file at 96 dpi.
    dpi : float, optional
        Pixels per inch; 96 for pixels, 300 for paper, if left out.
    zoom : float
        How many times as large as usual lines and letters are.

    Raises
    ------
    ValueError
        If there is no such unit.
    """
    if unit not in UNITS:
        raise ValueError(f"a unit is one of {', '.join(UNITS)}; got {unit!r}")
    fine = dpi or (INCH if unit == "px" else PRINT_DPI)
    logical = INCH * UNITS[unit] / zoom
    return Sizing((width * logical, height * logical), zoom * fine / INCH, fine)
