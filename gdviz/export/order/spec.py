"""From options to what is written how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from gdviz.errors import UserError
from gdviz.experiment.camera import camera_named
from gdviz.experiment.document import Document
from gdviz.experiment.look import Look
from gdviz.export.figure_spec import FigureSpec, default_view
from gdviz.export.film_spec import FilmSpec
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.export.order.options import Options
from gdviz.export.order.sizes import sizing_of
from gdviz.landscapes import Landscape

__all__ = ["NOTHING", "look_of", "spec_of", "step_of"]

NOTHING = "none"
"""Written for no overlay at all."""
_OF_FIGURE = {known.name for known in fields(FigureSpec)} - {"size", "scale", "dpi"}
_OF_FILM = {known.name for known in fields(FilmSpec)}


def look_of(options: Options, before: Look) -> Look:
    """Return a look with what is wanted otherwise.

    Raises
    ------
    UserError
        If a name is unknown, or a camera can't stand there.
    """
    changes: dict[str, Any] = {
        name: value
        for name in ("heights", "quantity", "companion")
        if (value := options.get(name)) is not None
    }
    if "show" in options:
        shown = _listed(options["show"])
        changes["overlays"] = () if shown == (NOTHING,) else tuple(dict.fromkeys(shown))
    if "camera" in options:
        camera = options["camera"]
        try:
            changes["camera"] = camera_named(camera) if isinstance(camera, str) else camera
        except ValueError as error:
            raise UserError(str(error)) from None
    steps, values = before.log
    changes["log"] = (options.get("log_x", steps), not options.get("linear", not values))
    return replace(before, **changes)


def step_of(options: Options, before: int | None) -> int | None:
    """Return the step that is shown; None for the last."""
    wanted = options.get("at", before)
    return None if wanted == "last" else wanted


def spec_of(options: Options, document: Document | None = None) -> ExportSpec:
    """Return how a document is exported.

    Parameters
    ----------
    options : Options
    document : Document, optional
        What is left out is as it is there; without one, only the options are checked.

    Raises
    ------
    UserError
        If something is unknown or out of range.
    """
    return ExportSpec(_figure(options, document), _film(options), _data(options, document))


def views_of(options: Options, landscape: Landscape | None) -> tuple[str, ...]:
    """Return the views of a picture."""
    if "view" in options:
        wanted = options["view"]
        return tuple(wanted.split(",")) if isinstance(wanted, str) else tuple(wanted)
    return (default_view(landscape),) if landscape is not None else FigureSpec().views


def _figure(options: Options, document: Document | None) -> FigureSpec:
    size, scale, dpi = sizing_of(options)
    given: dict[str, Any] = {name: value for name, value in options.items() if name in _OF_FIGURE}
    before = document or None
    return FigureSpec(
        views=views_of(options, None if before is None else before.experiment.landscape),
        size=size,
        scale=scale,
        dpi=dpi,
        step=step_of(options, None if before is None else before.step),
        look=look_of(options, Look() if before is None else before.look),
        **given,
    )


def _film(options: Options) -> FilmSpec:
    given: dict[str, Any] = {name: value for name, value in options.items() if name in _OF_FILM}
    if "seconds" in given and "speed" in given:
        raise UserError("seconds and speed exclude each other: both say how quickly it goes")
    return FilmSpec(**given)


def _data(options: Options, document: Document | None) -> DataSpec:
    made = DataSpec()
    if "data" in options:
        made = replace(made, content=options["data"])
    samples = options.get("samples")
    if samples is None:
        return made
    return replace(made, samples=(samples, samples) if isinstance(samples, int) else samples)


def _listed(words: str | Sequence[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)
