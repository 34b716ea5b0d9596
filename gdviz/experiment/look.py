"""How an experiment is looked at, beside what its own settings say."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.experiment.overlays import OVERLAYS

__all__ = ["COMPANIONS", "HEIGHT_SCALES", "QUANTITIES", "Look"]

QUANTITIES = ("loss", "distance", "gradient", "step")
"""What the history can draw of each run against its steps."""
HEIGHT_SCALES = ("linear", "colors")
"""How losses can map to heights: evenly, or as they map to colors."""
COMPANIONS = ("history", "surface", "data", "basins", "sweep")
"""What can stand beside the loss curve."""


@dataclass(frozen=True)
class Look:
    """How views draw what they show; nothing that a run depends on.

    Attributes
    ----------
    overlays : tuple of str
        What is drawn over the views: some of `gdviz.experiment.overlays.OVERLAYS`.
    camera : Camera
        Where the surface is looked at from.
    heights : str
        One of `HEIGHT_SCALES`.
    quantity : str
        One of `QUANTITIES`.
    log : (bool, bool)
        Whether the history's axes, that of steps first, are logarithmic.
    companion : str
        One of `COMPANIONS`.

    Raises
    ------
    UserError
        If a name is unknown.
    """

    overlays: tuple[str, ...] = ()
    camera: Camera = CAMERAS["corner"]
    heights: str = HEIGHT_SCALES[0]
    quantity: str = QUANTITIES[0]
    log: tuple[bool, bool] = (False, True)
    companion: str = COMPANIONS[0]

    def __post_init__(self) -> None:
        for what, value, known in (
            ("quantity", self.quantity, QUANTITIES),
            ("height scale", self.heights, HEIGHT_SCALES),
            ("companion", self.companion, COMPANIONS),
            *(("overlay", name, tuple(OVERLAYS)) for name in self.overlays),
        ):
            if value not in known:
                raise UserError(
                    f"there is no {what} '{value}'{did_you_mean(value, known)} "
                    f"(known: {', '.join(known)})"
                )
