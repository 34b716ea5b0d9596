"""How large a picture is wanted, from all that may be said of it."""

from __future__ import annotations

import re

from gdviz.errors import UserError, did_you_mean
from gdviz.export.figure_sizes import PRESETS, UNITS, Sizing, sizing
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.order.options import Options

__all__ = ["read_size", "sizing_of"]

_SIZE = re.compile(r"([0-9]*\.?[0-9]+)([a-z]*)\s*[x×]\s*([0-9]*\.?[0-9]+)([a-z]*)")
_USUAL = FigureSpec()


def read_size(text: str) -> tuple[float, float, str | None]:
    """Read ``960x720``, ``170x120mm``, ``170mmx120mm`` or ``6.5x4in``.

    Returns
    -------
    width, height : float
    unit : str or None
        None where none is given.

    Raises
    ------
    UserError
        If it is written otherwise.
    """
    found = _SIZE.fullmatch(text.strip().lower())
    if not found:
        raise UserError(
            f"size must be WIDTHxHEIGHT in pixels, or with a unit such as 170x120mm, got '{text}'"
        )
    units = {unit for unit in (found[2], found[4]) if unit}
    if len(units) > 1:
        raise UserError(f"size '{text}' has two units; take one of {', '.join(UNITS)}")
    for unit in units:
        if unit not in UNITS:
            raise UserError(f"there is no unit '{unit}' (known: {', '.join(UNITS)})")
    return float(found[1]), float(found[3]), next(iter(units), None)


def sizing_of(options: Options) -> tuple[tuple[float, float], float, float | None]:
    """Return a picture's size in logical pixels, its scale and its dpi.

    Plain pixels are logical ones, of which `scale` makes more. With a unit, a zoom or a dpi, it
    is `gdviz.export.figure_sizes.sizing`.

    Raises
    ------
    UserError
        If options contradict each other, or something is unknown or out of range.
    """
    wide, high, unit = (*_USUAL.size, None)
    zoom, dpi, scale = options.get("zoom"), options.get("dpi"), options.get("scale")
    _check(zoom, dpi)
    if "preset" in options:
        return _of_preset(options)
    if "size" in options:
        given = options["size"]
        wide, high, unit = read_size(given) if isinstance(given, str) else (*given, None)
    if scale is not None and dpi is not None:
        raise UserError("scale and dpi exclude each other: both say how fine a picture is")
    if scale is not None and unit not in (None, "px"):
        raise UserError(f"a size in {unit} is made finer by dpi, not by scale")
    if unit is None and zoom is None and dpi is None:
        return (wide, high), _USUAL.scale if scale is None else scale, None
    fine = dpi if scale is None else 96.0 * scale
    return sizing(wide, high, unit or "px", dpi=fine, zoom=zoom or 1.0)


def _of_preset(options: Options) -> Sizing:
    name = options["preset"]
    if name not in PRESETS:
        raise UserError(
            f"there is no size '{name}'{did_you_mean(name, PRESETS)} (known: {', '.join(PRESETS)})"
        )
    for other in ("size", "scale"):
        if other in options:
            raise UserError(f"a preset has its own size: {other} and preset exclude each other")
    known = PRESETS[name]
    return sizing(
        known.width,
        known.height,
        known.unit,
        zoom=options.get("zoom", known.zoom),
        dpi=options.get("dpi", known.dpi),
    )


def _check(zoom: float | None, dpi: float | None) -> None:
    for what, value, low, high in (("zoom", zoom, 0.1, 20.0), ("dpi", dpi, 10.0, 2400.0)):
        if value is not None and not low <= value <= high:
            raise UserError(f"{what} must be from {low:g} to {high:g}, got {value:g}")
