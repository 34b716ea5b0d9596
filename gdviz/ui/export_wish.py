"""What was asked for in the Export dialog, so that it can be asked for again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from gdviz.experiment.swarm import swarm_shown, swarm_steps
from gdviz.export.figure_sizes import PRESETS, Sizing, sizing
from gdviz.export.figure_spec import VIEWS, FigureSpec, default_view
from gdviz.export.film_spec import STEPS_PER_SECOND, FilmSpec
from gdviz.export.material import ExportSpec, Material
from gdviz.landscapes import Landscape
from gdviz.landscapes.fit_landscape import FitLandscape

__all__ = ["ExportWish", "SizeWish", "last_step", "offered_views"]

_FIRST_PRESET = "slide"
_SHORTEST, _LONGEST = 4.0, 12.0


@dataclass(frozen=True)
class SizeWish:
    """A size as one says it.

    Attributes
    ----------
    preset : str
        One of `gdviz.export.figure_sizes.PRESETS`; empty for a size of one's own.
    width, height : float
    unit : str
        One of `gdviz.export.figure_sizes.UNITS`.
    dpi : float or None
        Pixels per inch; None for as many as suit the unit.
    zoom : float
        How many times as large as usual lines and letters are.
    """

    preset: str
    width: float
    height: float
    unit: str
    dpi: float | None = None
    zoom: float = 1.0

    @classmethod
    def named(cls, preset: str) -> Self:
        """Return a preset's size."""
        known = PRESETS[preset]
        return cls(preset, known.width, known.height, known.unit, known.dpi, known.zoom)

    @property
    def sizing(self) -> Sizing:
        """What it is in logical pixels."""
        return sizing(self.width, self.height, self.unit, dpi=self.dpi, zoom=self.zoom)


@dataclass(frozen=True)
class ExportWish:
    """A format, a size, and everything else that a file is written by.

    Attributes
    ----------
    ending : str
        Of the format.
    size : SizeWish
    spec : ExportSpec
        Its size is that of `size`.
    title : str
        Of the experiment for which it was made: words above and below a picture are for that
        one only.
    """

    ending: str
    size: SizeWish
    spec: ExportSpec
    title: str = ""

    @classmethod
    def first(cls, material: Material, theme: str) -> Self:
        """Return what is offered to someone who has never exported anything."""
        landscape, size = material.experiment.landscape, SizeWish.named(_FIRST_PRESET)
        figure = FigureSpec(views=(default_view(landscape),), theme=theme, **size.sizing._asdict())
        usual = last_step(material) / STEPS_PER_SECOND
        film = FilmSpec(seconds=float(round(min(max(usual, _SHORTEST), _LONGEST))))
        return cls("png", size, ExportSpec(figure, film), material.experiment.title)

    def fitted(self, material: Material) -> Self:
        """Return it for another experiment, or for the same one when it has changed."""
        experiment, figure = material.experiment, self.spec.figure
        known = ("all", *offered_views(experiment.landscape))
        views = tuple(view for view in figure.views if view in known)
        figure = replace(figure, views=views or (default_view(experiment.landscape),))
        film = self.spec.film
        if self.title != experiment.title:
            figure = replace(figure, title="", caption="")
        if film.first > last_step(material) or self.title != experiment.title:
            film = replace(film, first=0, last=None)
        spec = replace(self.spec, figure=figure, film=film)
        return replace(self, spec=spec, title=experiment.title)


def offered_views(landscape: Landscape) -> tuple[str, ...]:
    """Return the single views that there are of a landscape."""
    lacking = {"all"}
    if landscape.dimension == 1:
        lacking |= {"contour", "swarm", "surface"}
    if not isinstance(landscape, FitLandscape):
        lacking |= {"data"}
    return tuple(view for view in VIEWS if view not in lacking)


def last_step(material: Material) -> int:
    """Return the last step of the longest run, or of a swarm that is shown; 0 without any."""
    least = swarm_steps(material.experiment) if swarm_shown(material.experiment) else 0
    return max([least, *(int(max(made.last_step)) for made in material.trajectories)])
