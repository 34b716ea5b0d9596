"""From an experiment to the descent of its swarm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdviz.engine import Descent, check_schedule
from gdviz.errors import UserError
from gdviz.experiment.experiment import Experiment
from gdviz.experiment.whole_plane import SwarmSpec
from gdviz.landscapes import Domain, FloatArray, Landscape

__all__ = [
    "starts_key",
    "swarm_descent",
    "swarm_effort",
    "swarm_key",
    "swarm_shown",
    "swarm_starts",
    "swarm_steps",
    "thinned",
]
_PREVIEWED, _LEAST_PREVIEWED = 4_000_000, 100


def swarm_starts(spec: SwarmSpec, landscape: Landscape) -> FloatArray:
    """Return where a swarm begins, shape (n, d); brushed starts outside of the limits are left out.

    Raises
    ------
    UserError
        If there are none.
    """
    from gdviz.engine.swarm import brushed_starts, even_starts, scattered_starts

    limits = landscape.limits
    if spec.kind == "brush":
        fitting = [one for one in spec.strokes if len(one.center) == landscape.dimension]
        starts = brushed_starts(fitting, spec.seed, landscape.dimension)
        if limits is not None:
            inside = (starts >= limits.low) & (starts <= limits.high)
            starts = np.ascontiguousarray(starts[inside.all(axis=1)])
        if not len(starts):
            raise UserError("nothing has been brushed yet: a brushed swarm has no starts")
        return starts
    domain = spec.domain or landscape.domain
    if len(domain.intervals) != landscape.dimension:
        domain = landscape.domain
    if limits is not None:
        domain = _within(domain, limits)
    if spec.kind == "random":
        return scattered_starts(domain, spec.count, spec.seed)
    return even_starts(domain, spec.count)


def swarm_shown(experiment: Experiment) -> bool:
    """Tell whether there is a swarm to be seen: one that is shown, has starts, over two axes."""
    spec = experiment.plane.swarm
    some = spec.kind != "brush" or bool(spec.strokes)
    return spec.shown and some and experiment.landscape.dimension > 1


def swarm_steps(experiment: Experiment) -> int:
    """Return how many steps a swarm takes: as many as the current run, up to a limit."""
    from gdviz.engine.swarm import MOST_SWARM_STEPS

    return min(experiment.current.steps, MOST_SWARM_STEPS)


def swarm_effort(experiment: Experiment) -> int:
    """Return how many steps all runs of the swarm take together, at most."""
    spec = experiment.plane.swarm
    strokes = sum(stroke.count for stroke in spec.strokes)
    return swarm_steps(experiment) * (strokes if spec.kind == "brush" else spec.count)


def thinned(experiment: Experiment) -> Experiment:
    """Return the experiment with a swarm so thin that a preview of it is made in a moment."""
    from gdviz.engine.swarm import MOST_DOTS

    spec, effort = experiment.plane.swarm, swarm_effort(experiment)
    if effort <= _PREVIEWED:
        return experiment
    share = _PREVIEWED / effort
    strokes = tuple(
        replace(stroke, count=max(int(stroke.count * share), 1)) for stroke in spec.strokes
    )
    few = max(int(spec.count * share), min(_LEAST_PREVIEWED, spec.count))
    dense = "density" if spec.drawn == "auto" and spec.count > MOST_DOTS else spec.drawn
    thin = replace(spec, count=few, strokes=strokes, drawn=dense)
    return replace(experiment, plane=replace(experiment.plane, swarm=thin))


def starts_key(experiment: Experiment) -> object:
    """Return what decides where the swarm begins."""
    spec = replace(experiment.plane.swarm, shown=False, drawn="auto")
    if spec.kind == "brush":
        spec = replace(spec, count=1, domain=None)
    else:
        spec = replace(spec, strokes=(), seed=spec.seed if spec.kind == "random" else 0)
    return spec, experiment.landscape.limits, experiment.landscape.domain


def swarm_key(experiment: Experiment) -> object:
    """Return what decides how the swarm descends; where it is the same, so is every step."""
    run = experiment.current
    return (
        experiment.landscape,
        run.optimizer,
        run.schedule,
        swarm_steps(experiment),
        starts_key(experiment),
    )


def swarm_descent(experiment: Experiment, known: Descent | None = None) -> Descent:
    """Return what is computed of an experiment's swarm.

    It descends as the current run does, but without noise.

    Parameters
    ----------
    experiment : Experiment
    known : Descent, optional
        One that has the same starts, which are not made again then.

    Raises
    ------
    UserError
        If there are no starts, or they lie where the landscape is not known.
    """
    run, spec = experiment.current, experiment.plane.swarm
    if known is not None:
        check_schedule(run.schedule, run.optimizer)
        return replace(
            known,
            landscape=experiment.landscape,
            optimizer=run.optimizer,
            steps=swarm_steps(experiment),
            schedule=run.schedule,
        )
    return Descent.of(
        experiment.landscape,
        run.optimizer,
        swarm_starts(spec, experiment.landscape),
        swarm_steps(experiment),
        schedule=run.schedule,
    )


def _within(domain: Domain, limits: Domain) -> Domain:
    low, high = np.maximum(domain.low, limits.low), np.minimum(domain.high, limits.high)
    if np.any(low >= high):
        raise UserError("the swarm lies where the landscape is not known; spread it over the view")
    return Domain.of(*np.stack([low, high], axis=-1).tolist())
