"""What is computed from everywhere at once as the words of a shell."""

from __future__ import annotations

from gdviz.engine.sweep import sweepable
from gdviz.experiment import Experiment
from gdviz.experiment.look import Look
from gdviz.experiment.overlays import MEASURED
from gdviz.experiment.plane_text import domain_words, range_words, swarm_words
from gdviz.experiment.whole_plane import BasinSpec, SwarmSpec, SweepSpec
from gdviz.experiment.words import number_words, optimizer_words, schedule_words
from gdviz.export.formats import Format
from gdviz.export.order.plane import usual_domain
from gdviz.optimizers import CONSTANT

__all__ = ["Said", "words_of_plane"]

Said = list[tuple[str, str | bool]]
"""Options with their values."""


def words_of_plane(experiment: Experiment, base: Experiment, look: Look, chosen: Format) -> Said:
    """Return the options that stand for what an experiment computes from everywhere.

    Parameters
    ----------
    experiment, base : Experiment
        What is told, and what there is without options.
    look : Look
        Of the picture.
    chosen : Format

    Raises
    ------
    UserError
        If a swarm has been brushed too often for a line.
    """
    plane, usual = experiment.plane, base.plane
    said = _swarm(plane.swarm, usual.swarm, experiment)
    said += _basins(plane.basins, usual.basins, chosen)
    said += _sweep(plane.sweep, usual.sweep, experiment)
    radius = plane.sensitivity.radius
    drawn = not chosen.picture or set(MEASURED) & set(look.overlays)
    if radius is not None and radius != usual.sensitivity.radius and drawn:
        said.append(("radius", number_words(radius)))
    if plane.sensitivity.shown is not usual.sensitivity.shown:
        said.append(("sensitivity", plane.sensitivity.shown))
    return said


def _swarm(swarm: SwarmSpec, usual: SwarmSpec, experiment: Experiment) -> Said:
    said: Said = []
    if _begins(swarm) != _begins(usual):
        within = ""
        if swarm.domain != usual_domain(experiment) and swarm.kind != "brush":
            within = domain_words(swarm.domain or experiment.landscape.domain)
        seeded = swarm.kind != "grid" and any(run.noise for run in experiment.runs)
        said.append(("swarm", swarm_words(swarm, seeded=seeded, within=within)))
    if swarm.drawn != usual.drawn:
        said.append(("swarm_drawn", swarm.drawn))
    return said


def _begins(swarm: SwarmSpec) -> object:
    return swarm.shown, swarm.kind, swarm.count, swarm.seed, swarm.domain, swarm.strokes


def _basins(basins: BasinSpec, usual: BasinSpec, chosen: Format) -> Said:
    said: Said = []
    second = basins.mode != "one" or chosen.kind == "experiment"
    told = (basins.other, basins.other_schedule) != (usual.other, usual.other_schedule)
    if basins.other is not None and second and told:
        said.append(("against", optimizer_words(basins.other)))
        if basins.other_schedule != CONSTANT:
            said.append(("against_schedule", schedule_words(basins.other_schedule)))
    implied = "side" if said and usual.mode == "one" else usual.mode
    if basins.mode != implied:
        said.append(("basins", basins.mode))
    if basins.steps != usual.steps:
        said.append(("basin_steps", str(basins.steps)))
    if basins.shade is not usual.shade:
        said.append(("shade", basins.shade))
    return said


def _sweep(sweep: SweepSpec, usual: SweepSpec, experiment: Experiment) -> Said:
    said: Said = []
    if sweep.ranges != usual.ranges:
        known = [one.name for one in sweepable(experiment.current.optimizer)]
        said += [
            ("sweep", range_words(one.name, one.low, one.high))
            for one in sweep.ranges
            if one.name in known
        ]
    if sweep.measure != usual.measure:
        said.append(("measure", sweep.measure))
    if sweep.steps != usual.steps:
        said.append(("sweep_steps", str(sweep.steps)))
    return said
