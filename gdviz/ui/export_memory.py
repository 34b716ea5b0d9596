"""What was asked for in the Export dialog, as a text that outlasts the program."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from gdviz.errors import UserError
from gdviz.export.figure_sizes import PRESETS, UNITS
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import FORMATS
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.ui.export_wish import ExportWish, SizeWish

__all__ = ["remembered", "told"]

_FIGURE = (
    *("views", "theme", "transparent", "legend", "colorbar"),
    *("labels", "letters", "field"),
)
_FILM = ("fps", "seconds", "speed", "easing", "hold", "loop")


def told(wish: ExportWish) -> str:
    """Return a wish as text, without what was meant for one experiment only."""
    figure, film = wish.spec.figure, wish.spec.film
    return json.dumps(
        {
            "ending": wish.ending,
            "size": asdict(wish.size),
            "figure": {name: getattr(figure, name) for name in _FIGURE},
            "film": {name: getattr(film, name) for name in _FILM},
            "data": asdict(wish.spec.data),
        }
    )


def remembered(text: str) -> ExportWish | None:
    """Return the wish of a text; None if it is none, or no longer one."""
    try:
        return _read(json.loads(text))
    except (UserError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _read(kept: dict[str, Any]) -> ExportWish:
    size = SizeWish(**kept["size"])
    if kept["ending"] not in FORMATS or size.unit not in UNITS:
        raise ValueError(kept)
    if size.preset and (size.preset not in PRESETS or size != SizeWish.named(size.preset)):
        size = replace(size, preset="")
    figure = {name: kept["figure"][name] for name in _FIGURE}
    data = DataSpec(kept["data"]["content"], _pair(kept["data"]["samples"]))
    spec = ExportSpec(
        FigureSpec(
            **{**figure, "views": tuple(map(str, figure["views"]))}, **size.sizing._asdict()
        ),
        FilmSpec(**{name: kept["film"][name] for name in _FILM}),
        data,
    )
    return ExportWish(kept["ending"], size, spec)


def _pair(numbers: list[int]) -> tuple[int, int]:
    wide, high = map(int, numbers)
    return wide, high
