"""How long it takes to write what was computed."""

from __future__ import annotations

from gdviz.export.formats import Format
from gdviz.export.material import DataSpec, Material
from gdviz.export.order.fitting import holds_field

__all__ = ["many_numbers", "many_records"]

_MOST_RECORDS = 100_000
_MOST_EVALUATED = 2_000_000.0


def many_records(material: Material) -> bool:
    """Tell whether there are so many records that a window that goes through them stands still."""
    return sum(made.records * made.rows for made in material.trajectories) > _MOST_RECORDS


def many_numbers(chosen: Format, material: Material, data: DataSpec) -> bool:
    """Tell the same of a file of numbers, which holds records or the loss on a grid."""
    if not holds_field(data.content, chosen):
        return many_records(material)
    wide, high = data.samples
    return wide * high * material.experiment.landscape.cost > _MOST_EVALUATED
