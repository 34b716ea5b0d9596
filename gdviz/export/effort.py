"""How long it takes to write what was computed."""

from __future__ import annotations

from gdviz.experiment import Experiment
from gdviz.experiment.swarm import swarm_effort
from gdviz.export.formats import Format
from gdviz.export.material import DataSpec, Material
from gdviz.export.order.fitting import FIELD, holds_field

__all__ = ["many_numbers", "many_records"]

_MOST_RECORDS = 100_000
_MOST_EVALUATED = 2_000_000.0
_AROUND_A_POINT = 10_000


def many_records(material: Material) -> bool:
    """Tell whether there are so many records that a window that goes through them stands still."""
    return sum(made.records * made.rows for made in material.trajectories) > _MOST_RECORDS


def many_numbers(chosen: Format, material: Material, data: DataSpec) -> bool:
    """Tell the same of a file of numbers, which holds records or what has yet to be computed."""
    content = FIELD if holds_field(data.content, chosen) else data.content
    if content == "runs":
        return many_records(material)
    cost = material.experiment.landscape.cost
    return _evaluated(content, material.experiment, data.samples) * cost > _MOST_EVALUATED


def _evaluated(content: str, experiment: Experiment, samples: tuple[int, int]) -> int:
    """Return how many losses are computed at most."""
    wide, high = samples
    plane = experiment.plane
    if content == "swarm":
        return swarm_effort(experiment)
    if content == "basins":
        maps = 1 if plane.basins.mode == "one" else 2
        return wide * high * plane.basins.steps * maps
    if content == "sweep":
        return wide * (high if len(plane.sweep.ranges) == 2 else 1) * plane.sweep.steps
    return wide * high if content == FIELD else _AROUND_A_POINT
