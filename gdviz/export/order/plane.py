"""From options to what is computed from everywhere at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gdviz.engine import check_schedule
from gdviz.engine.sweep import axis_of
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.experiment.plane_text import RangeWish, read_range, read_swarm
from gdviz.experiment.sweeping import usual_sweep_range
from gdviz.experiment.whole_plane import (
    BasinSpec,
    SensitivitySpec,
    SwarmSpec,
    SweepRange,
    SweepSpec,
    WholePlane,
)
from gdviz.experiment.words import choice_of, read_schedule
from gdviz.export.order.options import Options
from gdviz.export.order.runs import made_optimizer
from gdviz.landscapes import Domain
from gdviz.optimizers import CONSTANT

__all__ = ["usual_domain", "with_plane"]


def with_plane(experiment: Experiment, options: Options) -> Experiment:
    """Return the experiment, whose runs are as wanted, with a plane that is as wanted, too.

    Raises
    ------
    UserError
        If something is unknown, out of range, or contradicts something else.
    """
    before = experiment.plane
    plane = WholePlane(
        _swarm(before.swarm, experiment, options),
        _basins(before.basins, experiment, options),
        _sweep(before.sweep, experiment, options),
        _sensitivity(before.sensitivity, options),
    )
    return experiment if plane == before else replace(experiment, plane=plane)


def usual_domain(experiment: Experiment) -> Domain | None:
    """Return where a swarm lies unless it is said: in what is seen, None for all of it."""
    seen = experiment.view.domain
    return None if seen == experiment.landscape.domain else seen


def _swarm(before: SwarmSpec, experiment: Experiment, options: Options) -> SwarmSpec:
    wanted = options.get("swarm")
    drawn: Any = options.get("swarm_drawn", before.drawn)
    if isinstance(wanted, SwarmSpec):
        return replace(wanted, drawn=drawn) if "swarm_drawn" in options else wanted
    if wanted is None:
        seeded = before.kind != "grid"
        return replace(
            before, drawn=drawn, seed=options.get("seed", before.seed) if seeded else before.seed
        )
    wish = read_swarm(wanted)
    if wish.kind is None:
        return replace(before, shown=False, drawn=drawn)
    kind: Any = wish.kind
    landscape = experiment.landscape
    domain = usual_domain(experiment) if wish.within is None else wish.within
    sizes = [len(stroke.center) for stroke in wish.strokes]
    sizes += [] if domain is None else [len(domain.intervals)]
    if any(size != landscape.dimension for size in sizes):
        raise UserError(
            f"the swarm '{wanted}' doesn't have {landscape.dimension} parameters, as "
            f"{landscape.name} has: {', '.join(landscape.parameters)}"
        )
    return SwarmSpec(
        shown=wish.shown,
        kind=kind,
        count=SwarmSpec().count if wish.count is None else wish.count,
        seed=options.get("seed", 0) if wish.seed is None else wish.seed,
        domain=None if domain == landscape.domain else domain,
        strokes=wish.strokes,
        drawn=drawn,
    )


def _basins(before: BasinSpec, experiment: Experiment, options: Options) -> BasinSpec:
    changes: dict[str, Any] = {}
    if "basin_steps" in options:
        changes["steps"] = options["basin_steps"]
    if "shade" in options:
        changes["shade"] = options["shade"]
    if "against" in options:
        wanted = options["against"]
        changes["other"] = made_optimizer(
            choice_of(wanted) if isinstance(wanted, str) else wanted,
            experiment,
            options,
            experiment.current.start,
        )
        changes["other_schedule"] = CONSTANT
        changes["mode"] = before.mode if before.mode != "one" else "side"
    if "basins" in options:
        changes["mode"] = options["basins"]
    if "against_schedule" in options:
        schedule = options["against_schedule"]
        changes["other_schedule"] = (
            read_schedule(schedule) if isinstance(schedule, str) else schedule
        )
    made = replace(before, **changes)
    if "against_schedule" in options:
        if made.other is None:
            raise UserError("a second schedule is of a second optimizer; say against which one")
        check_schedule(made.other_schedule, made.other)
    return made


def _sweep(before: SweepSpec, experiment: Experiment, options: Options) -> SweepSpec:
    changes: dict[str, Any] = {}
    if "sweep" in options:
        changes["ranges"] = tuple(
            _range(one, experiment) for one in _ranges_wanted(options["sweep"])
        )
    if "measure" in options:
        changes["measure"] = options["measure"]
    if "sweep_steps" in options:
        changes["steps"] = options["sweep_steps"]
    return replace(before, **changes)


def _ranges_wanted(wanted: Any) -> Iterator[RangeWish]:
    if isinstance(wanted, Mapping):
        for name, (low, high) in wanted.items():
            yield RangeWish(name, (float(low), float(high)))
        return
    for one in (wanted,) if isinstance(wanted, (str, SweepRange)) else wanted:
        if isinstance(one, SweepRange):
            yield RangeWish(one.name, (one.low, one.high))
        else:
            yield read_range(one)


def _range(wish: RangeWish, experiment: Experiment) -> SweepRange:
    """Return a range over which the current run's optimizer can be swept."""
    if wish.ends is None:
        return usual_sweep_range(experiment, wish.name)
    axis_of(experiment.current.optimizer, wish.name, *wish.ends, 2)
    return SweepRange(wish.name, *wish.ends)


def _sensitivity(before: SensitivitySpec, options: Options) -> SensitivitySpec:
    return SensitivitySpec(
        options.get("sensitivity", before.shown), options.get("radius", before.radius)
    )
