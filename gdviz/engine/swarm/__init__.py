"""Very many starts that descend at once, looked at step by step."""

from gdviz.engine.swarm.density import density, log_levels
from gdviz.engine.swarm.frame import SwarmCounts, SwarmFrame
from gdviz.engine.swarm.picture import MOST_DOTS, SwarmPicture, picture_of, pictured
from gdviz.engine.swarm.starts import brushed_starts, even_starts, scattered_starts
from gdviz.engine.swarm.swarm import BUDGET, MOST_SWARM_STEPS, Swarm

__all__ = [
    "BUDGET",
    "MOST_DOTS",
    "MOST_SWARM_STEPS",
    "Swarm",
    "SwarmCounts",
    "SwarmFrame",
    "SwarmPicture",
    "brushed_starts",
    "density",
    "even_starts",
    "log_levels",
    "picture_of",
    "pictured",
    "scattered_starts",
]
