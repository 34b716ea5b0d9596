"""Which options say something about what is written; the others are mistakes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from gdviz.errors import UserError
from gdviz.experiment.overlays import MEASURED
from gdviz.experiment.whole_plane import WholePlane
from gdviz.export.figure_spec import VIEWS, FigureSpec
from gdviz.export.formats import FORMATS, Format
from gdviz.export.material import CONTENTS
from gdviz.export.order.options import Options

__all__ = [
    "FIELD",
    "SAMPLED",
    "check_data",
    "check_format",
    "check_plane",
    "check_views",
    "fits",
    "holds_field",
    "is_sampled",
    "seen_views",
]

_SIZE = ("size", "preset", "dpi", "zoom", "scale")
_DRAWN = (
    *_SIZE,
    "view",
    "theme",
    "transparent",
    "title",
    "caption",
    "legend",
    "colorbar",
    "labels",
)
_LOOK = (
    *("slice", "show", "colors", "quantity", "log_x", "linear"),
    *("residuals", "camera", "heights", "select", "solo"),
    *("companion", "swarm_drawn", "shade", "measure"),
)
_PLANE = (
    *("swarm", "against", "against_schedule", "basins", "basin_steps"),
    *("sweep", "sweep_steps", "radius"),
)
_VECTORS = ("letters", "field")
_FILM = ("fps", "seconds", "speed", "easing", "hold", "loop", "first", "last")
_NUMBERS = ("data", "samples")
_VECTOR_FORMATS = ("svg", "pdf")
FIELD = CONTENTS[1]
_FIELD_FORMATS = ("h5",)
"""Which hold the loss on a grid and nothing else."""
_KINDS: dict[str, frozenset[str]] = {
    name: frozenset(kinds)
    for names, kinds in (
        (_DRAWN, ("figure", "film")),
        (_LOOK, ("figure", "film", "experiment")),
        (_PLANE, ("figure", "film", "experiment", "data")),
        (("at",), ("figure", "experiment", "data")),
        (("sensitivity",), ("experiment",)),
        (_VECTORS, ("figure",)),
        (_FILM, ("film",)),
        (_NUMBERS, ("data",)),
    )
    for name in names
}
_OF_BASINS = ("against", "against_schedule", "basins", "basin_steps", "shade")
_OF_SWEEPS = ("sweep", "measure", "sweep_steps")
_VIEWS: dict[str, tuple[str, ...]] = {
    "camera": ("surface",),
    "heights": ("surface",),
    "quantity": ("history",),
    "log_x": ("history",),
    "linear": ("history",),
    "residuals": ("data",),
    "companion": ("all",),
    "swarm": ("swarm", "contour"),
    "swarm_drawn": ("swarm", "contour"),
    "radius": ("contour", "surface", "curve"),
    **dict.fromkeys(_OF_BASINS, ("basins",)),
    **dict.fromkeys(_OF_SWEEPS, ("sweep",)),
}
"""What only some views draw."""
SAMPLED = ("field", "basins", "sweep")
"""What lies on a grid, whose fineness can be chosen."""
_CONTENTS: dict[str, tuple[str, ...]] = {
    "samples": SAMPLED,
    "at": ("swarm", "sensitivity"),
    "swarm": ("swarm",),
    "radius": ("sensitivity",),
    **dict.fromkeys(_OF_BASINS, ("basins",)),
    **dict.fromkeys(_OF_SWEEPS, ("sweep",)),
}
"""What only some files of numbers hold."""
_CALLED = {"field": "a field", "swarm": "a swarm", "sweep": "a sweep"}
_BESIDE = ("sweep", "basins")
"""Which of all views are there only where they stand beside the loss curve."""


def fits(
    name: str,
    chosen: Format,
    views: Collection[str] | None = None,
    content: str | None = None,
) -> bool:
    """Tell whether an option says something about files of a format.

    Parameters
    ----------
    name : str
    chosen : Format
    views : collection of str, optional
        Those that a picture shows, as `seen_views` returns them; any if left out.
    content : str, optional
        What a file of numbers holds; anything if left out.
    """
    if name in _VECTORS and chosen.ending not in _VECTOR_FORMATS:
        return False
    if name in _KINDS and chosen.kind not in _KINDS[name]:
        return False
    if chosen.kind == "data":
        if name in _CONTENTS and chosen.ending in _FIELD_FORMATS:
            return FIELD in _CONTENTS[name]
        return content is None or content in _CONTENTS.get(name, (content,))
    if views is None or not chosen.picture:
        return True
    return bool({*_VIEWS.get(name, views)} & {*views})


def seen_views(figure: FigureSpec) -> tuple[str, ...]:
    """Return the views of a picture; with ``"all"``, those that this stands for as well."""
    if "all" not in figure.views:
        return figure.views
    companion = figure.look.companion
    alone = (*_BESIDE, "swarm", "all")
    return (
        "all",
        *(view for view in VIEWS if view not in alone),
        *((companion,) if companion in _BESIDE else ()),
    )


def check_format(options: Options, chosen: Format, named: Callable[[str], str]) -> None:
    """Raise a `UserError` if an option says nothing about files of a format.

    Parameters
    ----------
    options : Options
    chosen : Format
    named : callable
        Returns what the user calls an option.
    """
    for name in options:
        if not fits(name, chosen):
            known = [f".{other.ending}" for other in FORMATS.values() if fits(name, other)]
            meant = f"; it is for {', '.join(known)}" if known else ""
            raise UserError(f"{named(name)} says nothing about a .{chosen.ending} file{meant}")


def check_views(
    options: Options, figure: FigureSpec, chosen: Format, named: Callable[[str], str]
) -> None:
    """Raise a `UserError` if an option is about a view that a picture doesn't show."""
    seen = seen_views(figure)
    for name in options:
        if not fits(name, chosen, seen):
            raise UserError(
                f"{named(name)} says nothing about the view {', '.join(figure.views)}; "
                f"add {_VIEWS[name][0]} to {named('view')}"
            )
    if chosen.picture and "radius" in options and not set(MEASURED) & set(figure.look.overlays):
        raise UserError(
            f"{named('radius')} says nothing about what is shown; "
            f"add {named('show')} {' or '.join(MEASURED)}"
        )


def check_plane(
    options: Options, plane: WholePlane, chosen: Format, named: Callable[[str], str]
) -> None:
    """Raise a `UserError` if a second optimizer is told of one map of basins."""
    if chosen.kind == "experiment" or plane.basins.mode != "one":
        return
    for name in ("against", "against_schedule"):
        if name in options:
            raise UserError(
                f"{named(name)} says nothing about one map; "
                f"ask for {named('basins')} side or difference"
            )


def check_data(options: Options, chosen: Format, named: Callable[[str], str]) -> None:
    """Raise a `UserError` if what a file of numbers is to hold doesn't suit it."""
    if chosen.kind != "data":
        return
    wanted = options.get("data")
    if chosen.ending in _FIELD_FORMATS and wanted not in (None, FIELD):
        raise UserError(f"a .{chosen.ending} file holds the {FIELD} only, not the {wanted}")
    content = FIELD if chosen.ending in _FIELD_FORMATS else wanted or CONTENTS[0]
    for name in options:
        if not fits(name, chosen, content=content):
            *some, last = (_CALLED.get(one, one) for one in _CONTENTS[name])
            known = " or ".join([", ".join(some), last] if some else [last])
            raise UserError(
                f"{named(name)} says something about {known} only; "
                f"add {named('data')} {_CONTENTS[name][0]}"
            )


def holds_field(content: str | None, chosen: Format) -> bool:
    """Tell whether a file holds the loss on a grid."""
    return content == FIELD or chosen.ending in _FIELD_FORMATS


def is_sampled(content: str | None, chosen: Format) -> bool:
    """Tell whether a file holds something on a grid, whose fineness can be chosen."""
    return holds_field(content, chosen) or content in SAMPLED
