"""A picture: views and words, drawn off the screen by the same code as on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsScene

from gdviz.engine import Trajectory
from gdviz.experiment import Experiment
from gdviz.export.colorbar_item import ColorbarItem
from gdviz.export.figure_areas import views_of
from gdviz.export.figure_scene import FigureScene, Room
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.figure_swarm import FigureSwarm, has_swarm
from gdviz.export.legend_item import LegendItem
from gdviz.export.legend_strip import LegendStrip
from gdviz.views.mark_shapes import shape_of
from gdviz.views.shown_runs import ShownRuns, shown_runs
from gdviz.views.theme import THEMES

if TYPE_CHECKING:
    from gdviz.export.figure_views import View

__all__ = ["Figure"]

_TRIES = 3


class Figure:
    """A picture.

    With two to a dozen runs, or colors, it has a legend: on a plate in the first of its views,
    or beneath the views where a plate would cover a run.

    Parameters
    ----------
    experiment : Experiment
    trajectories : sequence of Trajectory
    spec : FigureSpec

    Attributes
    ----------
    last_step : int
        The last one that a run took, or a swarm takes.

    Raises
    ------
    UserError
        If a view needs more parameters than the landscape has.
    """

    def __init__(
        self, experiment: Experiment, trajectories: Sequence[Trajectory], spec: FigureSpec
    ) -> None:
        singles = [whole.run(row) for whole in trajectories for row in range(whole.rows)]
        shown = _shaped(shown_runs(experiment, singles))
        self._spec = spec
        self.last_step = max((done.last_step[0] for done in shown.trajectories), default=0)
        swarm = None
        if any(has_swarm(experiment, view) for view in views_of(experiment.landscape, spec)):
            swarm = FigureSwarm(experiment, spec)
            self.last_step = max(self.last_step, swarm.steps)
        self._step = self._within(spec.step)
        room = Room()
        for _ in range(_TRIES):  # how much room is needed is known when there is something
            self._made = FigureScene(experiment, shown, spec, self._step, room, swarm)
            if self._made.wanted == room:
                break
            room = self._made.wanted

    @property
    def scene(self) -> QGraphicsScene:
        """What is painted, over the background; a logical pixel is one of its units."""
        scene: QGraphicsScene = self._made.scene
        return scene

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self._step

    @property
    def legend(self) -> LegendItem | LegendStrip | None:
        """What says which run is which."""
        return self._made.legend

    @property
    def colorbar(self) -> ColorbarItem | None:
        """What says which color is which loss."""
        return self._made.colorbar

    def set_step(self, step: int | None) -> None:
        """Show another step, None for the last; all words stay where they are."""
        self._step = self._within(step)
        self._made.set_step(self._step)

    def begin(self, step: int) -> None:
        """Show the step from which others follow, with what is in view chosen for it."""
        self._step = self._within(step)
        self._made.begin(self._step)

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Draw the picture into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._spec.transparent:
            painter.fillRect(target, QColor(THEMES[self._spec.theme].panel))
        scene = self._made.scene
        scene.render(painter, target, scene.sceneRect(), Qt.AspectRatioMode.IgnoreAspectRatio)

    @property
    def _views(self) -> dict[str, View]:
        return self._made.views

    def _within(self, step: int | None) -> int:
        return self.last_step if step is None else min(step, self.last_step)


def _shaped(shown: ShownRuns) -> ShownRuns:
    """Return runs whose marks have shapes, where there are several to be told apart."""
    if len({look.color for look in shown.looks}) < 2:
        return shown
    looks = tuple(replace(look, shape=shape_of(look.color)) for look in shown.looks)
    return replace(shown, looks=looks)
