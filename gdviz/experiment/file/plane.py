"""What is computed from everywhere at once, in the file."""

from __future__ import annotations

from typing import Any

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.file.methods import method_value, read_optimizer, read_schedule
from gdviz.experiment.file.node import Fields, Node
from gdviz.experiment.file.views import domain_value, read_domain
from gdviz.experiment.whole_plane import (
    BASIN_MODES,
    MOST_MAP_STEPS,
    MOST_STROKES,
    MOST_SWARM,
    SWARM_DRAWN,
    SWARM_STARTS,
    SWEEP_MEASURES,
    BasinSpec,
    SensitivitySpec,
    Stroke,
    SwarmSpec,
    SweepRange,
    SweepSpec,
    WholePlane,
)
from gdviz.landscapes import Landscape
from gdviz.optimizers import CONSTANT, OPTIMIZERS

__all__ = ["plane_value", "read_plane"]

_PLANE = ("swarm", "basins", "sweep", "sensitivity")
_SWARM = ("shown", "kind", "count", "seed", "domain", "strokes", "drawn")
_STROKE = ("center", "radius", "count")
_BASINS = ("mode", "steps", "shade", "other", "other_schedule")
_SWEEP = ("ranges", "measure", "steps")
_RANGE = ("name", "low", "high")
_SENSITIVITY = ("shown", "radius")
_MOST_SEED = 2**63 - 1
_SWEPT = tuple(
    dict.fromkeys(
        declared.name
        for kind in OPTIMIZERS.values()
        for declared in kind.hyperparameters()
        if declared.kind == "number"
    )
)
"""Every optimizer's numbers."""


def plane_value(plane: WholePlane, landscape: Landscape) -> dict[str, Any]:
    """Return it as JSON; what has another number of parameters than the landscape is left out.

    Raises
    ------
    UserError
        If a name or a number could not be read again.
    """
    return {
        "swarm": _swarm_value(plane.swarm, landscape.dimension),
        "basins": _basins_value(plane.basins),
        "sweep": _sweep_value(plane.sweep),
        "sensitivity": {
            "shown": bool(plane.sensitivity.shown),
            "radius": None if plane.sensitivity.radius is None else float(plane.sensitivity.radius),
        },
    }


def read_plane(node: Node, landscape: Landscape) -> WholePlane:
    """Return what is computed from everywhere on a landscape."""
    fields = node.fields(_PLANE)
    usual = WholePlane()
    return WholePlane(
        fields.read("swarm", lambda found: _read_swarm(found, landscape.dimension), usual.swarm),
        fields.read("basins", _read_basins, usual.basins),
        fields.read("sweep", _read_sweep, usual.sweep),
        fields.read("sensitivity", _read_sensitivity, usual.sensitivity),
    )


def _word(fields: Fields, key: str, what: str, known: tuple[str, ...], usual: str) -> Any:  # noqa: ANN401 -- one of the known words
    return fields.read(key, lambda found: found.word(what, known), usual)


def _swarm_value(swarm: SwarmSpec, dimension: int) -> dict[str, Any]:
    if swarm.seed > _MOST_SEED:
        raise UserError(f"the seed of a swarm that is saved is at most {_MOST_SEED}")
    domain = swarm.domain
    fits = domain is not None and len(domain.intervals) == dimension
    return {
        "shown": bool(swarm.shown),
        "kind": swarm.kind,
        "count": int(swarm.count),
        "seed": int(swarm.seed),
        "domain": domain_value(domain) if domain is not None and fits else None,
        "strokes": [
            {
                "center": [float(number) for number in stroke.center],
                "radius": [float(number) for number in stroke.radius],
                "count": int(stroke.count),
            }
            for stroke in swarm.strokes
            if len(stroke.center) == dimension
        ],
        "drawn": swarm.drawn,
    }


def _read_swarm(node: Node, dimension: int) -> SwarmSpec:
    fields = node.fields(_SWARM)
    usual = SwarmSpec()
    domain, strokes = fields.get("domain"), fields.get("strokes")
    return node.checked(
        SwarmSpec,
        shown=fields.read("shown", Node.flag, usual.shown),
        kind=_word(fields, "kind", "kind of swarm", SWARM_STARTS, usual.kind),
        count=fields.read("count", lambda found: found.whole(1, MOST_SWARM), usual.count),
        seed=fields.read("seed", lambda found: found.whole(0, _MOST_SEED), usual.seed),
        domain=None if domain is None else read_domain(domain, dimension),
        strokes=()
        if strokes is None
        else tuple(
            _read_stroke(entry, dimension) for entry in strokes.items(MOST_STROKES, "strokes")
        ),
        drawn=_word(fields, "drawn", "way to draw a swarm", SWARM_DRAWN, usual.drawn),
    )


def _read_stroke(node: Node, dimension: int) -> Stroke:
    fields = node.fields(_STROKE)
    center, radius = (_read_numbers(fields[key], dimension) for key in ("center", "radius"))
    return node.checked(Stroke, center, radius, fields["count"].whole(1, MOST_SWARM))


def _read_numbers(node: Node, dimension: int) -> tuple[float, ...]:
    found = node.items(64, "numbers")
    if len(found) != dimension:
        node.refuse(f"a number belongs here for each of {dimension} parameters")
    return tuple(entry.number() for entry in found)


def _basins_value(basins: BasinSpec) -> dict[str, Any]:
    plain = basins.other is not None and not basins.other.can_be_scheduled()
    return {
        "mode": basins.mode,
        "steps": int(basins.steps),
        "shade": bool(basins.shade),
        "other": None if basins.other is None else method_value(basins.other),
        "other_schedule": method_value(CONSTANT if plain else basins.other_schedule),
    }


def _read_basins(node: Node) -> BasinSpec:
    fields = node.fields(_BASINS)
    usual = BasinSpec()
    other, schedule = fields.get("other"), fields.get("other_schedule")
    optimizer = None if other is None else read_optimizer(other)
    return BasinSpec(
        mode=_word(fields, "mode", "mode", BASIN_MODES, usual.mode),
        steps=fields.read("steps", lambda found: found.whole(1, MOST_MAP_STEPS), usual.steps),
        shade=fields.read("shade", Node.flag, usual.shade),
        other=optimizer,
        other_schedule=CONSTANT if schedule is None else read_schedule(schedule, optimizer),
    )


def _sweep_value(sweep: SweepSpec) -> dict[str, Any]:
    for one in sweep.ranges:
        if one.name not in _SWEPT:
            raise UserError(
                f"no optimizer has a number called '{one.name}'{did_you_mean(one.name, _SWEPT)}"
            )
    return {
        "ranges": [
            {"name": one.name, "low": float(one.low), "high": float(one.high)}
            for one in sweep.ranges
        ],
        "measure": sweep.measure,
        "steps": int(sweep.steps),
    }


def _read_sweep(node: Node) -> SweepSpec:
    fields = node.fields(_SWEEP)
    usual = SweepSpec()
    ranges = fields.get("ranges")
    return node.checked(
        SweepSpec,
        ranges=()
        if ranges is None
        else tuple(_read_range(entry) for entry in ranges.items(2, "hyperparameters")),
        measure=_word(fields, "measure", "measure", SWEEP_MEASURES, usual.measure),
        steps=fields.read("steps", lambda found: found.whole(1, MOST_MAP_STEPS), usual.steps),
    )


def _read_range(node: Node) -> SweepRange:
    fields = node.fields(_RANGE)
    name = fields["name"].word("hyperparameter", _SWEPT)
    return node.checked(SweepRange, name, fields["low"].number(), fields["high"].number())


def _read_sensitivity(node: Node) -> SensitivitySpec:
    fields = node.fields(_SENSITIVITY)
    usual = SensitivitySpec()
    radius = fields.get("radius")
    return node.checked(
        SensitivitySpec,
        shown=fields.read("shown", Node.flag, usual.shown),
        radius=None if radius is None else radius.number(),
    )
