"""Landscapes in the file: a codec for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gdviz.errors import UserError
from gdviz.experiment.file.node import Fields, Node
from gdviz.experiment.file.regressions import read_regression, regression_value
from gdviz.experiment.file.saved_surfaces import surface_value
from gdviz.experiment.file.views import domain_value, read_domain
from gdviz.formulas import FormulaError
from gdviz.landscapes import PRESETS, Landscape, preset
from gdviz.landscapes.formula import FormulaLandscape, Knob
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.surfaces import SurfaceFile
from gdviz.tables import Table

__all__ = ["KINDS", "Opened", "Saved", "landscape_value", "read_landscape"]

_KNOB = ("name", "value", "low", "high")
_MOST_MINIMA = 1_000


@dataclass(eq=False)
class Saved:
    """What has been put into a file beside its landscapes.

    Attributes
    ----------
    folder : Path or None
        Where the file stands.
    embed : bool or None
        Whether it holds its data itself; None for the small ones.
    table : Table or None
    surfaces : list of SurfaceFile
        Those that landscapes have been found to need.
    """

    folder: Path | None
    embed: bool | None
    table: Table | None
    surfaces: list[SurfaceFile] = field(default_factory=list)

    def surface_values(self) -> list[dict[str, Any]]:
        """Return the surfaces as JSON."""
        return [surface_value(surface, self.folder, self.embed) for surface in self.surfaces]


@dataclass(frozen=True, eq=False)
class Opened:
    """What has been read of a file before its landscapes: its data."""

    table: Table | None
    surfaces: tuple[SurfaceFile, ...]


@dataclass(frozen=True)
class _Codec:
    """How one kind of landscape is written and read.

    Attributes
    ----------
    keys : tuple of str
        What it may have beside its kind.
    write : callable
        Returns a landscape's fields; None if it is of another kind.
    read : callable
    """

    keys: tuple[str, ...]
    write: Callable[[Landscape, Saved], dict[str, Any] | None]
    read: Callable[[Fields, Opened], Landscape]


def landscape_value(landscape: Landscape, saved: Saved) -> dict[str, Any]:
    """Return a landscape as JSON.

    Raises
    ------
    UserError
        If it is of no kind that a file can hold.
    """
    for kind, codec in _CODECS.items():
        fields = codec.write(landscape, saved)
        if fields is not None:
            return {"kind": kind, **fields}
    raise UserError(f"'{landscape.name}' is made by a program of its own and can't be saved")


def read_landscape(node: Node, opened: Opened) -> Landscape:
    """Return a landscape."""
    found = node.mapping()
    if "kind" not in found:
        node.refuse("the key 'kind' is missing here")
    codec = _CODECS[found["kind"].word("kind of landscape", _CODECS)]
    return codec.read(node.fields(("kind", *codec.keys)), opened)


def _preset_value(landscape: Landscape, _saved: Saved) -> dict[str, Any] | None:
    if all(known.name != landscape.name for known in PRESETS):
        return None
    built = preset(landscape.name).build()
    if built == landscape:
        return {"name": landscape.name}
    if isinstance(landscape, FormulaLandscape) and isinstance(built, FormulaLandscape):
        names = [knob.name for knob in landscape.knobs]
        if replace(landscape, knobs=built.knobs) == built and names == _knob_names(built):
            return {"name": landscape.name, "knobs": _knobs_value(landscape)}
    return None


def _read_preset(fields: Fields, _opened: Opened) -> Landscape:
    name = fields["name"].text()
    landscape = fields["name"].checked(preset, name).build()
    knobs = fields.get("knobs")
    if knobs is None:
        return landscape
    if not isinstance(landscape, FormulaLandscape):
        knobs.refuse(f"the landscape '{name}' has no parameters")
    return replace(landscape, knobs=_read_knobs(knobs, _knob_names(landscape)))


def _formula_value(landscape: Landscape, _saved: Saved) -> dict[str, Any] | None:
    if not isinstance(landscape, FormulaLandscape):
        return None
    return {
        "text": landscape.text,
        "knobs": _knobs_value(landscape),
        "name": landscape.key,
        "domain": None if landscape.box is None else domain_value(landscape.box),
        "minima": [[float(number) for number in point] for point in landscape.known_minima],
    }


def _read_formula(fields: Fields, _opened: Opened) -> Landscape:
    text = fields["text"].text()
    try:
        landscape = FormulaLandscape.of(text)
    except FormulaError as error:
        fields["text"].refuse(f"{error} (at character {error.position + 1} of the formula)")
    dimension = landscape.dimension
    domain, minima = fields.get("domain"), fields.get("minima")
    return replace(
        landscape,
        text=text,
        knobs=fields.read(
            "knobs", lambda node: _read_knobs(node, _knob_names(landscape)), landscape.knobs
        ),
        key=fields.read("name", Node.text, ""),
        box=None if domain is None else read_domain(domain, dimension),
        known_minima=() if minima is None else _read_minima(minima, dimension),
    )


def _knob_names(landscape: FormulaLandscape) -> list[str]:
    return [knob.name for knob in landscape.knobs]


def _knobs_value(landscape: FormulaLandscape) -> list[dict[str, Any]]:
    return [
        {
            "name": knob.name,
            "value": float(knob.value),
            "low": float(knob.low),
            "high": float(knob.high),
        }
        for knob in landscape.knobs
    ]


def _read_knobs(node: Node, names: list[str]) -> tuple[Knob, ...]:
    knobs = tuple(_read_knob(entry) for entry in node.items(64, "parameters"))
    if [knob.name for knob in knobs] != names:
        wanted = f"the formula's parameters belong here: {', '.join(names)}"
        node.refuse(wanted if names else "the formula has no parameters")
    return knobs


def _read_knob(node: Node) -> Knob:
    fields = node.fields(_KNOB)
    value = fields["value"].number()
    knob = Knob(
        fields["name"].text(),
        value,
        fields.read("low", Node.number, min(-5.0, value)),
        fields.read("high", Node.number, max(5.0, value)),
    )
    if not (knob.low <= knob.value <= knob.high and knob.low < knob.high):
        node.refuse(
            f"{knob.name} must lie from low to high, got {knob.value:g} from {knob.low:g} to "
            f"{knob.high:g}"
        )
    return knob


def _read_minima(node: Node, dimension: int) -> tuple[tuple[float, ...], ...]:
    points = [entry.items(64, "numbers") for entry in node.items(_MOST_MINIMA, "minima")]
    if any(len(point) != dimension for point in points):
        node.refuse(f"each minimum has {dimension} numbers")
    return tuple(tuple(entry.number() for entry in point) for point in points)


def _surface_fields(landscape: Landscape, saved: Saved) -> dict[str, Any] | None:
    if not isinstance(landscape, SampledLandscape):
        return None
    if landscape.surface not in saved.surfaces:
        saved.surfaces.append(landscape.surface)
    return {"surface": saved.surfaces.index(landscape.surface), "metric": landscape.metric}


def _read_sampled(fields: Fields, opened: Opened) -> Landscape:
    count = len(opened.surfaces)
    if not count:
        fields["surface"].refuse("there are no 'surfaces' in this file")
    surface = opened.surfaces[fields["surface"].whole(0, count - 1)]
    metric = fields["metric"]
    return metric.checked(SampledLandscape.of, surface, metric.text(None))


_CODECS = {
    "preset": _Codec(("name", "knobs"), _preset_value, _read_preset),
    "formula": _Codec(("text", "knobs", "name", "domain", "minima"), _formula_value, _read_formula),
    "regression": _Codec(
        ("name", "choice", "data"),
        lambda landscape, saved: regression_value(landscape, saved.table),
        lambda fields, opened: read_regression(fields, opened.table),
    ),
    "surface": _Codec(("surface", "metric"), _surface_fields, _read_sampled),
}
KINDS = tuple(_CODECS)
"""The kinds of landscapes that a file can hold."""
