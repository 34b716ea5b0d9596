"""The scene of a picture: views, drawn off the screen by the same code as on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gdviz.engine import Trajectory
from gdviz.experiment import Experiment
from gdviz.export.figure_areas import figure_areas
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.figure_views import FigureViews
from gdviz.export.legend_entries import legend_entries
from gdviz.export.legend_ground import legend_ground
from gdviz.export.legend_item import LegendItem
from gdviz.views.shown_runs import shown_runs
from gdviz.views.theme import THEMES

if TYPE_CHECKING:
    from gdviz.export.figure_views import View

__all__ = ["Figure"]

_WITH_LEGEND = ("contour", "surface", "history", "data", "curve")


class Figure:
    """The scene of a picture.

    With two to a dozen runs, or colors, the first of its views has a legend.

    Parameters
    ----------
    experiment : Experiment
    trajectories : sequence of Trajectory
    spec : FigureSpec

    Attributes
    ----------
    legend : LegendItem or None
    last_step : int
        The last one that a run took.

    Raises
    ------
    UserError
        If the view needs more parameters than the landscape has.
    """

    def __init__(
        self, experiment: Experiment, trajectories: Sequence[Trajectory], spec: FigureSpec
    ) -> None:
        self._experiment = experiment
        singles = [whole.run(row) for whole in trajectories for row in range(whole.rows)]
        self._shown = shown_runs(experiment, singles)
        self._spec = spec
        self.last_step = max((done.last_step[0] for done in self._shown.trajectories), default=0)
        self._step = self._within(spec.step)
        self._scene = pg.GraphicsScene()
        self._scene.setSceneRect(0.0, 0.0, *spec.size)
        areas = figure_areas(experiment.landscape, spec)
        self._parts = FigureViews(experiment, self._shown, spec, self._step, self._place)
        self._parts.fill(areas)
        self.legend = self._legend() if spec.legend else None

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self._step

    def set_step(self, step: int | None) -> None:
        """Show another step, None for the last; the legend stays where it is."""
        self._step = self._within(step)
        self._parts.set_step(self._step)

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Draw the picture into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._spec.transparent:
            painter.fillRect(target, QColor(THEMES[self._spec.theme].panel))
        self._scene.render(
            painter, target, self._scene.sceneRect(), Qt.AspectRatioMode.IgnoreAspectRatio
        )

    @property
    def _views(self) -> dict[str, View]:
        return self._parts.views

    def _within(self, step: int | None) -> int:
        return self.last_step if step is None else min(step, self.last_step)

    def _place(self, view: View, area: QRectF) -> None:
        self._scene.addItem(view.plot)
        view.plot.setGeometry(area)
        view.plot.layout.activate()
        view.set_theme(THEMES[self._spec.theme])

    def _legend(self) -> LegendItem | None:
        name = next((view for view in _WITH_LEGEND if view in self._views), None)
        if name is None:
            return None
        entries = legend_entries(
            self._experiment, self._shown.rows, starts_seen=name in ("contour", "surface", "curve")
        )
        if not entries:
            return None
        view = self._views[name]
        if name == "surface":
            from gdviz.views.surface_view import SurfaceView

            assert isinstance(view, SurfaceView)
            ground = view.drawn_curves()
        else:
            ground = legend_ground(name, self._experiment, self._shown, self._spec, self._step)
        return LegendItem(view.box, entries, ground, THEMES[self._spec.theme])
