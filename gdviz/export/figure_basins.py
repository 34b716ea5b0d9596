"""Basin maps in a picture."""

from __future__ import annotations

from functools import lru_cache

from gdviz.engine.basins import BasinMap, basin_map
from gdviz.experiment import Experiment
from gdviz.experiment.basin_tasks import BasinTask, basin_task, other_optimizer
from gdviz.views.basin_view import BasinView

__all__ = ["basin_view", "fill_basins"]

_MOST = 1600


def basin_view(experiment: Experiment, *, legend: bool) -> BasinView:
    """Return a view of the current run's basins, empty as yet, with or without a legend."""
    view = BasinView(interactive=False)
    view.set_landscape(experiment.landscape)
    view.make_room(two=experiment.plane.basins.mode == "side", legend=legend)
    return view


def fill_basins(view: BasinView, experiment: Experiment, scale: float) -> None:
    """Compute the maps of what is in view, a pixel for each of the picture's.

    Parameters
    ----------
    view : BasinView
        In its place.
    experiment : Experiment
    scale : float
        How many pixels of the picture a logical one has.
    """
    spec = experiment.plane.basins
    columns, rows = (
        int(min(max(side * scale, 1.0), _MOST)) for side in (view.box.width(), view.box.height())
    )
    shape = (1 if experiment.landscape.dimension == 1 else rows, columns)
    maps = _computed(basin_task(experiment, view.domain, shape))
    titles = (experiment.current.optimizer.title, other_optimizer(experiment)[0].title)
    view.set_maps(maps, mode=spec.mode, titles=titles, shaded=spec.shade)


@lru_cache(maxsize=2)
def _computed(task: BasinTask) -> tuple[BasinMap, ...]:
    """Compute maps once for a figure that is laid out several times."""
    maps: tuple[BasinMap, ...] = ()
    for optimizer, schedule in task.optimizers:
        maps = (
            *maps,
            basin_map(
                task.landscape,
                optimizer,
                task.domain,
                task.shape,
                steps=task.steps,
                schedule=schedule,
                known=maps[0].rests if maps else (),
            ),
        )
    return maps
