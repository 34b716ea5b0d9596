"""Which options say something about what is written; the others are mistakes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from gdviz.errors import UserError
from gdviz.export.formats import FORMATS, Format
from gdviz.export.material import CONTENTS
from gdviz.export.order.options import Options

__all__ = ["check_data", "check_format", "check_views", "fits", "holds_field"]

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
        (("at",), ("figure", "experiment")),
        (_VECTORS, ("figure",)),
        (_FILM, ("film",)),
        (_NUMBERS, ("data",)),
    )
    for name in names
}
_VIEWS = {
    "camera": "surface",
    "heights": "surface",
    "quantity": "history",
    "log_x": "history",
    "linear": "history",
    "residuals": "data",
}
"""What only one view draws."""


def fits(name: str, chosen: Format, views: Collection[str] | None = None) -> bool:
    """Tell whether an option says something about files of a format.

    Parameters
    ----------
    name : str
    chosen : Format
    views : collection of str, optional
        Those that a picture shows; all if left out.
    """
    if name in _VECTORS and chosen.ending not in _VECTOR_FORMATS:
        return False
    if name in _KINDS and chosen.kind not in _KINDS[name]:
        return False
    if views is None or "all" in views or not chosen.picture:
        return True
    return name not in _VIEWS or _VIEWS[name] in views


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
    options: Options, views: Collection[str], chosen: Format, named: Callable[[str], str]
) -> None:
    """Raise a `UserError` if an option is about a view that a picture doesn't show."""
    for name in options:
        if not fits(name, chosen, views):
            raise UserError(
                f"{named(name)} says nothing about the view {', '.join(views)}; "
                f"add {_VIEWS[name]} to {named('view')}"
            )


def check_data(options: Options, chosen: Format, named: Callable[[str], str]) -> None:
    """Raise a `UserError` if what a file of numbers is to hold doesn't suit it."""
    wanted = options.get("data")
    if chosen.ending in _FIELD_FORMATS and wanted not in (None, FIELD):
        raise UserError(f"a .{chosen.ending} file holds the {FIELD} only, not the {wanted}")
    if "samples" in options and not holds_field(wanted, chosen):
        raise UserError(
            f"{named('samples')} says something about a {FIELD} only; add {named('data')} {FIELD}"
        )


def holds_field(content: str | None, chosen: Format) -> bool:
    """Tell whether a file holds the loss on a grid."""
    return content == FIELD or chosen.ending in _FIELD_FORMATS
