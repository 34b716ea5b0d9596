"""The options of what is computed from everywhere at once."""

from __future__ import annotations

from gdviz.cli.reading_options import Group
from gdviz.cli.values import positive_float, understood, whole_number
from gdviz.cli.words import Parser
from gdviz.experiment.plane_text import read_range, read_swarm
from gdviz.experiment.whole_plane import BASIN_MODES, SWARM_DRAWN, SWEEP_MEASURES
from gdviz.experiment.words import choice_of, read_schedule

__all__ = ["add_plane"]


def add_plane(parser: Parser) -> None:
    """Add swarms, basins, sweeps and sensitivity."""
    group = Group(parser, "the whole plane")
    add = group.add
    add(
        "swarm",
        "KIND:COUNT",
        "very many starts: grid:100000 or random:100000, with ;seed=S and ;within=A:B,C:D; "
        "brush;stroke=X,Y,RX,RY,COUNT;… for brushed ones; or none",
        type=understood(read_swarm),
    )
    add("swarm_drawn", "D", f"how a swarm is drawn: {', '.join(SWARM_DRAWN)}")
    add(
        "against",
        "NAME[:key=value,…]",
        "of basins: the second map's optimizer",
        type=understood(choice_of),
    )
    add(
        "against_schedule",
        "NAME[:key=value,…]",
        "of basins: how the second optimizer's rate changes",
        type=understood(read_schedule),
    )
    add("basins", "M", f"one map, two, or where they differ: {', '.join(BASIN_MODES)}")
    add(
        "basin_steps",
        "N",
        "how many steps each start of a basin map has; 1000 if not given",
        type=whole_number("basin steps", least=1),
    )
    group.switch("shade", "basins are shaded by how many steps it takes")
    add(
        "sweep",
        "NAME=LOW:HIGH",
        "repeatable, once or twice: a hyperparameter that is swept; NAME alone for a range that "
        "suits",
        action="append",
        type=understood(read_range),
    )
    add("measure", "M", f"what a sweep tells of each run: {', '.join(SWEEP_MEASURES)}")
    add(
        "sweep_steps",
        "N",
        "how many steps each run of a sweep takes; 200 if not given",
        type=whole_number("sweep steps", least=1),
    )
    add(
        "radius",
        "SHARE",
        "of the ball in which the loss is looked at, as a share of the width; 0.05 if not given",
        type=positive_float("radius"),
    )
    group.switch("sensitivity", "an experiment's window tells how sharp the current point is")
