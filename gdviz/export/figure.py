"""Pictures of views, drawn off the screen by the same code as on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from gdviz.engine import ContourMap, Trajectory, affordable, contour_map, cropped
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.export.figure_areas import figure_areas
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.legend_entries import legend_entries
from gdviz.export.legend_ground import legend_ground
from gdviz.export.legend_item import LegendItem
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.png import png_bytes
from gdviz.landscapes import Domain, Interval
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.data_view import DataView
from gdviz.views.history_view import HistoryView
from gdviz.views.plot_view import PlotView
from gdviz.views.ray_view import RayView
from gdviz.views.shown_runs import shown_runs
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import THEMES

__all__ = ["Figure", "write_png", "write_svg"]

_SAMPLES = (360, 480)
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
        last = max((done.last_step[0] for done in self._shown.trajectories), default=0)
        self._step = last if spec.step is None else min(spec.step, last)
        self._scene = pg.GraphicsScene()
        self._scene.setSceneRect(0.0, 0.0, *spec.size)
        self._views: dict[str, PlotView | SurfaceView] = {}
        self._map: ContourMap | None = None
        self.legend: LegendItem | None = None
        areas = figure_areas(experiment.landscape, spec)
        intervals = experiment.view.domain.intervals
        contour = None
        if "contour" in areas:
            contour = self._add_contour(areas["contour"])
            intervals = contour.domain.intervals
        if "surface" in areas:
            self._add_surface(areas["surface"])
        if "curve" in areas:
            self._add_curves(areas["curve"], intervals, contour)
        if "history" in areas:
            self._add_history(areas["history"])
        if "data" in areas:
            self._add_data(areas["data"])
        named = next((view for view in _WITH_LEGEND if view in self._views), None)
        if named is not None:
            self._add_legend(named)

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Draw the picture into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._spec.transparent:
            painter.fillRect(target, QColor(THEMES[self._spec.theme].panel))
        self._scene.render(
            painter, target, self._scene.sceneRect(), Qt.AspectRatioMode.IgnoreAspectRatio
        )

    def _add_contour(self, area: QRectF) -> ContourView:
        view = ContourView(interactive=False)
        self._place("contour", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_domain(self._experiment.view.domain)
        self._map = self._map_of(view.domain)
        view.set_field(self._map)
        view.set_overlays(self._spec.look.overlays)
        self._show_runs(view)
        return view

    def _map_of(self, domain: Domain) -> ContourMap:
        landscape = self._experiment.landscape
        shape = affordable(_SAMPLES, landscape.cost)
        return contour_map(landscape, domain, shape, self._experiment.view.scaling)

    def _add_surface(self, area: QRectF) -> None:
        view, spec = SurfaceView(interactive=False), self._spec
        self._place("surface", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_camera(spec.look.camera)
        view.set_height_scale(spec.look.heights)
        domain = self._experiment.view.domain
        # Beside a contour view it has the same colors: those of all that is seen there.
        view.set_field(self._map_of(domain) if self._map is None else cropped(self._map, domain))
        view.set_overlays(spec.look.overlays)
        view.set_cut(self._experiment.cut_axes, np.array(self._experiment.current.start))
        self._show_runs(view)

    def _add_curves(
        self, area: QRectF, intervals: tuple[Interval, ...], contour: ContourView | None
    ) -> None:
        """Add the curves that the experiment is cut in, and show on the contour view where."""
        axes = self._experiment.cut_axes
        reach = None if axes else self._add_ray(area)
        for number, (name, axis) in enumerate(zip(("curve", "beside"), axes, strict=False)):
            part = area.width() / len(axes)
            place = QRectF(area.x() + number * part, area.y(), part, area.height())
            self._add_curve(name, axis, place, intervals[axis])
        if contour is not None:
            contour.set_cut(axes, np.array(self._experiment.current.start), reach)

    def _add_curve(self, name: str, axis: int, area: QRectF, interval: Interval) -> None:
        view = CurveView(interactive=False)
        self._place(name, view, area)
        view.set_slice(self._experiment.landscape, axis, np.array(self._experiment.current.start))
        view.set_interval(interval)
        view.set_overlays(self._spec.look.overlays)
        view.set_rate(self._rate)
        self._show_runs(view)

    def _add_ray(self, area: QRectF) -> Interval:
        view = RayView(interactive=False)
        self._place("ray", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_rate(self._rate)
        self._show_runs(view)
        view.reset()
        return view.reach

    @property
    def _rate(self) -> float | None:
        row = self._experiment.current_row
        return None if row is None else self._experiment.runs[row].rate_at(self._step)

    def _add_history(self, area: QRectF) -> None:
        view = HistoryView(interactive=False)
        self._place("history", view, area)
        view.set_landscape(self._experiment.landscape)
        view.set_quantity(self._spec.look.quantity)
        view.set_log(x=self._spec.look.log[0], y=self._spec.look.log[1])
        self._show_runs(view)

    def _add_data(self, area: QRectF) -> None:
        view = DataView(interactive=False)
        self._place("data", view, area)
        landscape = self._experiment.landscape
        assert isinstance(landscape, FitLandscape)
        view.set_data(landscape)
        view.set_residuals(self._experiment.view.residuals)
        self._show_runs(view)

    def _add_legend(self, name: str) -> None:
        entries = legend_entries(
            self._experiment, self._shown.rows, starts_seen=name in ("contour", "surface", "curve")
        )
        if not entries:
            return
        view = self._views[name]
        if isinstance(view, SurfaceView):
            ground = view.drawn_curves()
        else:
            ground = legend_ground(name, self._experiment, self._shown, self._spec, self._step)
        box, theme = view.box, THEMES[self._spec.theme]
        self.legend = LegendItem(box, entries, ground, theme)

    def _show_runs(
        self, view: ContourView | SurfaceView | CurveView | RayView | HistoryView | DataView
    ) -> None:
        view.set_trajectories(self._shown.trajectories, self._shown.looks)
        view.set_step(self._step)

    def _place(self, name: str, view: PlotView | SurfaceView, area: QRectF) -> None:
        self._views[name] = view
        self._scene.addItem(view.plot)
        view.plot.setGeometry(area)
        view.plot.layout.activate()
        view.set_theme(THEMES[self._spec.theme])


def write_png(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a picture as PNG of ``spec.figure.pixels``."""
    figure = Figure(material.experiment, material.trajectories, spec.figure)
    width, height = spec.figure.pixels
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise UserError(f"there is not enough memory for a picture of {width}x{height} pixels")
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        figure.paint(painter, QRectF(0.0, 0.0, width, height))
    file.write(png_bytes(image, opaque=not spec.figure.transparent))


def write_svg(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a picture as SVG: lines as paths, words as text, the field as one image."""
    experiment = material.experiment
    figure = Figure(experiment, material.trajectories, spec.figure)
    width, height = map(round, spec.figure.size)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(QSize(*spec.figure.pixels))
    generator.setViewBox(QRect(0, 0, width, height))
    generator.setTitle(experiment.title)
    generator.setDescription(f"loss = {experiment.landscape.expression}")
    with QPainter(generator) as painter:
        figure.paint(painter, QRectF(0.0, 0.0, width, height))
    file.write(buffer.data().data())
