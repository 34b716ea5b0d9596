"""Where an optimizer leads from every point of a plane."""

from gdviz.engine.basins.basin_map import (
    DIVERGED,
    NOWHERE,
    PENDING,
    UNDEFINED,
    BasinMap,
    Rest,
    RestKind,
)
from gdviz.engine.basins.compute import basin_map, basin_maps, pixel_centers
from gdviz.engine.basins.difference import BasinDifference, Comparison, difference

__all__ = [
    "DIVERGED",
    "NOWHERE",
    "PENDING",
    "UNDEFINED",
    "BasinDifference",
    "BasinMap",
    "Comparison",
    "Rest",
    "RestKind",
    "basin_map",
    "basin_maps",
    "difference",
    "pixel_centers",
]
