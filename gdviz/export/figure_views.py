"""The views of a picture, each with what it shows; those that it has none of aren't loaded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gdviz.engine import ContourMap, affordable, contour_map, cropped
from gdviz.experiment import Experiment
from gdviz.experiment.overlays import MEASURED
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.figure_swarm import FigureSwarm, has_swarm
from gdviz.landscapes import Domain, FloatArray, Interval
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.views.contour_view import ContourView
from gdviz.views.plot_view import PlotView
from gdviz.views.shown_runs import ShownRuns
from gdviz.views.theme import Theme
from gdviz.views.trace import selected_of, traces_of

if TYPE_CHECKING:
    from gdviz.views.basin_view import BasinView
    from gdviz.views.curve_view import CurveView
    from gdviz.views.data_view import DataView
    from gdviz.views.history_view import HistoryView
    from gdviz.views.ray_view import RayView
    from gdviz.views.surface_view import SurfaceView
    from gdviz.views.sweep_view import SweepView

    RunView = ContourView | SurfaceView | CurveView | RayView | HistoryView | DataView | BasinView
    View = RunView | SweepView

__all__ = ["FigureViews"]

_SAMPLES = (360, 480)
_ROUNDS = 2  # numbers depend on the room that they leave
_WIDEST_AXIS = 0.45
_WITH_BALL = ("contour", "surface", "curve")
_LEAST_NUMBERED, _LEAST_NAMED = 64.0, 100.0


class FigureViews:
    """Makes the views of a picture and hands them what they show.

    Parameters
    ----------
    experiment : Experiment
    shown : ShownRuns
    spec : FigureSpec
    step : int
        The one that is shown at first.
    scene : pyqtgraph.GraphicsScene
        Where they are put.
    theme : Theme
    swarm : FigureSwarm, optional
        Of those views that show one.

    Attributes
    ----------
    views : dict of str to view
        By name; curves are ``"curve"``, ``"beside"`` and ``"ray"``.
    map : ContourMap or None
        The field whose colors are seen.
    """

    def __init__(
        self,
        experiment: Experiment,
        shown: ShownRuns,
        spec: FigureSpec,
        step: int,
        scene: pg.GraphicsScene,
        theme: Theme,
        swarm: FigureSwarm | None = None,
    ) -> None:
        self._swarm = swarm
        self._experiment = experiment
        self._shown = shown
        self._spec = spec
        self._step = step
        self._scene = scene
        self._theme = theme
        self._cells: dict[str, QRectF] = {}
        self._curves: list[CurveView] = []
        self._rays: list[RayView] = []
        self.views: dict[str, View] = {}
        self.map: ContourMap | None = None

    def fill(self, cells: Mapping[str, QRectF]) -> None:
        """Make a view for each cell."""
        for name in ("contour", "swarm"):
            if name in cells:
                self._add_contour(name, cells[name])
        contours = self._contours
        if "curve" in cells:
            self._add_curves(cells["curve"])
        if "history" in cells:
            self._add_history(cells["history"])
        if "data" in cells:
            self._add_data(cells["data"])
        if "basins" in cells:
            self._add_basins(cells["basins"])
        if "sweep" in cells:
            self._add_sweep(cells["sweep"])
        self._align(contours)
        self._fill_basins()
        for contour in contours:
            field = self._map_of(contour.domain)
            contour.set_field(field)
            self.map = self.map or field
        self._show_swarm()
        if "surface" in cells:
            self._add_surface(cells["surface"])
        self._show_sensitivity()

    @property
    def _contours(self) -> list[ContourView]:
        return [view for view in self.views.values() if isinstance(view, ContourView)]

    def _align(self, contours: Sequence[ContourView]) -> None:
        """Give views above one another axes of one width, and curves what the contour shows."""
        plots = {name: view for name, view in self.views.items() if isinstance(view, PlotView)}
        for _ in range(_ROUNDS):
            columns: dict[float, list[tuple[str, PlotView]]] = {}
            for name, view in plots.items():
                columns.setdefault(self._cells[name].left(), []).append((name, view))
            for column in columns.values():
                width = max(plot.wanted_width for _, plot in column)
                for name, plot in column:
                    most = math.floor(_WIDEST_AXIS * self._cells[name].width())
                    plot.set_left_width(min(width, most))
            for contour in contours:
                contour.set_domain(self._experiment.view.domain)
            for curve in self._curves if contours else ():
                curve.set_interval(contours[0].domain[curve.axis])

    def set_step(self, step: int) -> None:
        """Show a step in all views."""
        self._step = step
        for curve in self._curves:
            curve.set_rate(self._rate)
        for ray in self._rays:
            ray.set_rate(self._rate)
        for view in self.views.values():
            view.set_step(step)
        self._show_swarm()
        self._show_sensitivity()

    def _show_swarm(self) -> None:
        """Show the swarm at the step, in the views that have one."""
        for name, view in self.views.items():
            swarmed = isinstance(view, ContourView) and has_swarm(self._experiment, name)
            if swarmed and self._swarm is not None and isinstance(view, ContourView):
                view.set_swarm(self._swarm.picture(view, self._step))

    def begin(self, step: int) -> None:
        """Show the step from which others follow: what is in view should suit it."""
        self.set_step(step)
        for ray in self._rays:
            ray.reset()
            for contour in self._contours:
                contour.set_cut((), np.array(self._experiment.current.start), ray.reach)

    @property
    def _rate(self) -> float | None:
        row = self._experiment.current_row
        return None if row is None else self._experiment.runs[row].rate_at(self._step)

    def _show_sensitivity(self) -> None:
        """Measure around the selected run's point, if anything of it is to be drawn."""
        point = self._looked_at if set(MEASURED) & set(self._spec.look.overlays) else None
        views = [self.views[name] for name in _WITH_BALL if name in self.views]
        if point is None or not views:
            return
        from gdviz.engine.sensitivity import sensitivity

        radius = self._experiment.plane.sensitivity.radius
        found = sensitivity(self._experiment.landscape, point, radius)
        for view in views:
            view.set_sensitivity(found)

    @property
    def _looked_at(self) -> FloatArray | None:
        """The point of the current run, if it is shown; without any run, the minimum."""
        experiment, landscape = self._experiment, self._experiment.landscape
        row = experiment.current_row
        trace = selected_of(traces_of(self._shown.trajectories, self._shown.looks))
        if trace is None and not experiment.runs and landscape.minima:
            return np.array(landscape.minima[0])
        if trace is None or (row is not None and not experiment.is_shown(row)):
            return None
        point = np.asarray(trace.params[trace.record_at(self._step)])
        return point if point.size == landscape.dimension else None

    def _place(self, name: str, view: View, area: QRectF) -> None:
        self.views[name] = view
        self._cells[name] = area
        if isinstance(view, PlotView):
            smaller = min(area.width(), area.height())
            named = self._spec.labels and smaller >= _LEAST_NAMED
            view.set_pictured(area, named=named, numbered=smaller >= _LEAST_NUMBERED)
        elif not self._spec.labels:
            view.set_named(False)
        self._scene.addItem(view.plot)
        view.plot.setGeometry(area)
        view.plot.layout.activate()
        view.set_theme(self._theme)

    def _show_runs(self, view: RunView) -> None:
        view.set_trajectories(self._shown.trajectories, self._shown.looks)
        view.set_step(self._step)

    def _map_of(self, domain: Domain) -> ContourMap:
        landscape = self._experiment.landscape
        shape = affordable(_SAMPLES, landscape.cost)
        return contour_map(landscape, domain, shape, self._experiment.view.scaling)

    def _add_contour(self, name: str, area: QRectF) -> None:
        view = ContourView(interactive=False)
        self._place(name, view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_domain(self._experiment.view.domain)
        view.set_filled(self._spec.field == "contours")
        view.set_overlays(self._spec.look.overlays)
        self._show_runs(view)

    def _add_surface(self, area: QRectF) -> None:
        from gdviz.views.surface_view import SurfaceView

        view, look = SurfaceView(interactive=False), self._spec.look
        self._place("surface", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_camera(look.camera)
        view.set_height_scale(look.heights)
        domain = self._experiment.view.domain
        # Beside a contour view it has the same colors: those of all that is seen there.
        if self.map is None:
            self.map = self._map_of(domain)
            view.set_field(self.map)
        else:
            view.set_field(cropped(self.map, domain))
        view.set_overlays(look.overlays)
        view.set_cut(self._experiment.cut_axes, np.array(self._experiment.current.start))
        self._show_runs(view)

    def _add_curves(self, area: QRectF) -> None:
        """Add the curves that the experiment is cut in, and show on the contour view where."""
        axes = self._experiment.cut_axes
        intervals = self._experiment.view.domain.intervals
        reach = None if axes else self._add_ray(area)
        for number, (name, axis) in enumerate(zip(("curve", "beside"), axes, strict=False)):
            part = area.width() / len(axes)
            place = QRectF(area.x() + number * part, area.y(), part, area.height())
            self._add_curve(name, axis, place, intervals[axis])
        for contour in self._contours:
            contour.set_cut(axes, np.array(self._experiment.current.start), reach)

    def _add_curve(self, name: str, axis: int, area: QRectF, interval: Interval) -> None:
        from gdviz.views.curve_view import CurveView

        view = CurveView(interactive=False)
        self._curves.append(view)
        self._place(name, view, area)
        view.set_slice(self._experiment.landscape, axis, np.array(self._experiment.current.start))
        view.set_interval(interval)
        view.set_overlays(self._spec.look.overlays)
        view.set_rate(self._rate)
        self._show_runs(view)

    def _add_ray(self, area: QRectF) -> Interval:
        from gdviz.views.ray_view import RayView

        view = RayView(interactive=False)
        self._rays.append(view)
        self._place("ray", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_rate(self._rate)
        self._show_runs(view)
        view.reset()
        return view.reach

    def _add_history(self, area: QRectF) -> None:
        from gdviz.views.history_view import HistoryView

        view, look = HistoryView(interactive=False), self._spec.look
        self._place("history", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_quantity(look.quantity)
        view.set_log(x=look.log[0], y=look.log[1])
        self._show_runs(view)

    def _add_data(self, area: QRectF) -> None:
        from gdviz.views.data_view import DataView

        view = DataView(interactive=False)
        self._place("data", view, area)
        landscape = self._experiment.landscape
        assert isinstance(landscape, FitLandscape)
        view.set_data(landscape)
        view.set_residuals(self._experiment.view.residuals)
        self._show_runs(view)

    def _add_basins(self, area: QRectF) -> None:
        from gdviz.export.figure_basins import basin_view

        view = basin_view(self._experiment, legend=self._spec.legend)
        self._place("basins", view, area)
        view.set_domain(self._experiment.view.domain)
        self._show_runs(view)

    def _fill_basins(self) -> None:
        """Compute the maps, whose size is known only when all views have their places."""
        if "basins" in self.views:
            from gdviz.export.figure_basins import fill_basins
            from gdviz.views.basin_view import BasinView

            view = self.views["basins"]
            assert isinstance(view, BasinView)
            view.set_domain(self._experiment.view.domain)
            fill_basins(view, self._experiment, self._spec.scale)

    def _add_sweep(self, area: QRectF) -> None:
        from gdviz.export.figure_sweep import sweep_view

        self._place("sweep", sweep_view(self._experiment), area)
