"""The swarm of a picture."""

from __future__ import annotations

from gdviz.engine.swarm import Swarm, SwarmPicture, picture_of
from gdviz.experiment import Experiment
from gdviz.experiment.swarm import swarm_descent, swarm_shown, swarm_steps
from gdviz.export.figure_spec import FigureSpec
from gdviz.views.contour_view import ContourView

__all__ = ["FigureSwarm", "has_swarm"]


def has_swarm(experiment: Experiment, view: str) -> bool:
    """Tell whether a view of a picture shows a swarm: what is seen in the window is exported."""
    return view == "swarm" or (view == "contour" and swarm_shown(experiment))


class FigureSwarm:
    """Draws an experiment's swarm at one step after the other.

    Parameters
    ----------
    experiment : Experiment
    spec : FigureSpec

    Raises
    ------
    UserError
        If it has no starts.
    """

    def __init__(self, experiment: Experiment, spec: FigureSpec) -> None:
        self._experiment, self._spec = experiment, spec
        self._swarm = Swarm(swarm_descent(experiment))

    @property
    def steps(self) -> int:
        """How many steps it takes."""
        return swarm_steps(self._experiment)

    def picture(self, view: ContourView, step: int) -> SwarmPicture:
        """Return what a view shows of it at a step, at the resolution of the picture."""
        scale, box = self._spec.scale, view.box
        shape = (max(round(scale * box.height()), 1), max(round(scale * box.width()), 1))
        drawn = self._experiment.plane.swarm.drawn
        return picture_of(self._swarm, step, view.domain, shape, drawn, scale=scale, shapes=True)
