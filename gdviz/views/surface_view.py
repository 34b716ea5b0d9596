"""The landscape as a lit surface, with the runs on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QGraphicsGridLayout

from gdviz.engine import ContourMap, Trajectory
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.landscapes import FloatArray, Interval, Landscape
from gdviz.views.pixel_map import PixelMap
from gdviz.views.record_finder import RecordFinder
from gdviz.views.surface.axes import Side, sides
from gdviz.views.surface.box import SurfaceBox
from gdviz.views.surface.heights import HEIGHTS
from gdviz.views.surface.mark_item import SurfaceMarkItem
from gdviz.views.surface.note_item import NoteItem
from gdviz.views.surface.path_item import SurfacePathItem
from gdviz.views.surface.plane_item import PlaneItem
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.relief_item import ReliefItem
from gdviz.views.surface.sensitivity_item import SurfaceSensitivityItem
from gdviz.views.surface.stage import Sight, Stage
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, RunLook, Trace, index_of_selected, selected_of, traces_of

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["SurfaceView"]

_DEGREES_PER_PIXEL = 0.4
_ALONG, _WORDS_AWAY, _ABOVE_END = 24, (6.0, 16.0, 26.0, 36.0), 12.0
_MINIMUM_COUNTS = 10  # a star that is covered is worse than a piece of a path


class SurfaceView(QObject):
    """A surface of two parameters; the mouse orbits, zooms and pans, and a click picks a start.

    Its inputs may be set in any order, each alone. On a screen it is rendered by OpenGL, where
    there is one; where there is none, and in pictures, by NumPy.

    Parameters
    ----------
    interactive : bool
        Whether it takes mouse events and keeps pixels, as on a screen.

    Attributes
    ----------
    plot : pyqtgraph.GraphicsWidget
        What is put into a scene.
    box : SurfaceBox
        What is drawn in.

    Signals
    -------
    camera_changed(Camera)
        The user has moved the camera.
    start_picked(tuple), start_added(tuple)
        The surface was clicked above these parameters, without and with the Shift key.
    hovered(object)
        The pointer is at this tuple of parameters, or at no surface: None.
    record_hovered(object)
        The pointer is at this record, (run, step), or no longer at any: None.
    """

    camera_changed = Signal(object)
    start_picked = Signal(object)
    start_added = Signal(object)
    hovered = Signal(object)
    record_hovered = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__()
        self._stage = Stage(on_screen=interactive)
        self.box = SurfaceBox(interactive=interactive)
        self.plot = pg.GraphicsWidget()
        self.plot.layout = QGraphicsGridLayout()
        self.plot.layout.setContentsMargins(0.0, 0.0, 0.0, 0.0)
        self.plot.setLayout(self.plot.layout)
        self.plot.layout.addItem(self.box, 0, 0)
        self._relief = ReliefItem(self.box, self._stage, retain=interactive)
        self._planes = PlaneItem(self.box, self._stage)
        self._paths = SurfacePathItem(self.box, self._stage, retain=interactive)
        self._marks = SurfaceMarkItem(self.box, self._stage, retain=interactive)
        self._note = NoteItem(self.box, self._stage)
        self._sensitivity = SurfaceSensitivityItem(self.box, self._stage)
        self._items = (
            *(self._relief, self._planes, self._paths, self._sensitivity),
            *(self._marks, self._note),
        )
        self._landscape: Landscape | None = None
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._named = True
        self._heights = "linear"
        self._overlays: frozenset[str] = frozenset()
        self._axes: tuple[int, ...] = ()
        self._idle: FloatArray | None = None
        self._finder = RecordFinder()
        self._found_in: object = None
        self._told: RecordOf | None = None
        self.box.orbited.connect(self._on_orbited)
        self.box.panned.connect(self._on_panned)
        self.box.zoomed.connect(self._on_zoomed)
        self.box.released.connect(self._on_released)
        self.box.clicked.connect(self._on_clicked)
        self.box.shift_clicked.connect(self._on_shift_clicked)
        self.box.double_clicked.connect(self._on_double_clicked)
        self.box.hovered.connect(self._on_hovered)

    @property
    def camera(self) -> Camera:
        """Where the surface is looked at from."""
        return self._stage.camera

    @property
    def heights(self) -> str:
        """How losses map to heights: one of `gdviz.views.surface.heights.HEIGHTS`."""
        return self._heights

    @property
    def note(self) -> str:
        """What the view says of itself; empty for nothing."""
        return self._note.text

    @property
    def sight(self) -> Sight | None:
        """The surface as it was drawn last, or would be at a pixel to a pixel."""
        return self._stage.last_sight or self._stage.sight(self.box.width(), self.box.height(), 1.0)

    def set_landscape(self, landscape: Landscape) -> None:
        """Name the axes and mark the minima of a landscape of two parameters."""
        self._landscape = landscape
        self._name()
        self._marks.set_landscape(landscape)

    def set_named(self, named: bool) -> None:
        """Write the names of the box's sides, or not."""
        self._named = named
        self._name()

    def _name(self) -> None:
        names = (*self._landscape.parameters, "loss") if self._landscape is not None else ()
        self._relief.set_names(names if self._named else ("",) * 3)

    def set_field(self, contour_map: ContourMap | None) -> None:
        """Draw a contour map's field as a surface, with its contour lines; or nothing."""
        self._stage.set_map(contour_map)
        self._update()

    def set_height_scale(self, kind: str) -> None:
        """Map losses to heights in another way, one of `gdviz.views.surface.heights.HEIGHTS`."""
        if kind not in HEIGHTS:
            raise ValueError(f"heights are one of {', '.join(HEIGHTS)}; got {kind!r}")
        self._heights = kind
        self._stage.set_heights(kind)
        self._update()

    def set_camera(self, camera: Camera) -> None:
        """Look from somewhere else."""
        if camera != self._stage.camera:
            self._stage.camera = camera
            self._update()

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw these runs, with a look for each; see `traces_of`."""
        self._traces = traces_of(trajectories, looks)
        for item in (self._paths, self._marks):
            item.set_traces(self._traces)
        self._found_in = None
        self._stage.set_worth_seeing([float(trace.loss[0]) for trace in self._traces])
        self._show_planes()
        self._update()

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step."""
        self._step = step
        for item in (self._paths, self._marks):
            item.set_step(step)
        self._show_planes()

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, both of shape (2,), or none."""
        self._marks.set_probe(None if point is None or gradient is None else (point, gradient))

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none: (run, step), the run by its place."""
        self._marks.set_ghost(record)

    def set_cut(
        self, axes: tuple[int, ...], idle: FloatArray, reach: Interval | None = None
    ) -> None:
        """Tell where the loss curves cut, as `ContourView.set_cut` is told."""
        del reach
        self._axes, self._idle = axes, idle
        self._show_planes()

    def set_overlays(self, names: Collection[str]) -> None:
        """Draw the planes that these of the overlays ask for."""
        self._overlays = frozenset(names)
        self._sensitivity.set_shown(ball="ball" in names, trust="trust_region" in names)
        self._show_planes()

    def set_sensitivity(self, found: Sensitivity | None) -> None:
        """Draw what was measured around a point, as far as overlays ask for it; or nothing."""
        self._sensitivity.set_sensitivity(found)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._stage.set_colormap(theme.colormap)
        for item in self._items:
            item.set_theme(theme)

    def tell_record(self, record: RecordOf | None) -> None:
        """Tell at which record the pointer is, if it has not been told yet."""
        if record != self._told:
            self._told = record
            self.record_hovered.emit(record)

    def drawn_curves(self) -> list[FloatArray]:
        """Return the pixels of paths, minima and words, each (n, 2), rows counted upward."""
        mesh = self._stage.mesh
        if mesh is None:
            return []
        height = self.box.height()
        projection = Projection.of(self.camera, self.box.width(), height)
        lines = [trace.params[: trace.record_at(self._step) + 1] for trace in self._traces]
        minima = self._landscape.minima if self._landscape is not None else ()
        lines += [np.array([minimum] * _MINIMUM_COUNTS) for minimum in minima]
        pixels = [projection.pixels(mesh.at(line))[:, :2] for line in lines]
        pixels += [_words_of(side) for side in sides(projection)]
        return [np.array([0.0, height]) + part * (1.0, -1.0) for part in pixels]

    def _show_planes(self) -> None:
        """Cut through the selected run's point, and touch the surface there."""
        trace = selected_of(self._traces)
        point, tangent = self._idle, None
        directions = [(np.eye(2)[axis], axis) for axis in self._axes]
        if trace is not None:
            at = trace.record_at(self._step)
            point, gradient = trace.params[at], trace.gradient[at]
            tangent = (point, float(trace.loss[at]), gradient)
            if not self._axes:
                directions = [(-gradient, 2)]
        cut = point is not None and "slice_plane" in self._overlays
        self._planes.set_cuts(point if cut else None, directions)
        self._planes.set_tangent(tangent if "tangent_plane" in self._overlays else None)

    def _update(self) -> None:
        for item in self._items:
            item.update()

    def _move(self, camera: Camera) -> None:
        if camera != self.camera:
            self.set_camera(camera)
            self.camera_changed.emit(camera)

    def _on_orbited(self, right: float, up: float) -> None:
        self._stage.hurried = True
        self._move(self.camera.orbited(-_DEGREES_PER_PIXEL * right, -_DEGREES_PER_PIXEL * up))

    def _on_panned(self, right: float, up: float) -> None:
        self._stage.hurried = True
        side = self._smaller_side
        self._move(self.camera.panned(right / side, up / side))

    def _on_zoomed(self, factor: float, at: QPointF) -> None:
        side = self._smaller_side
        about = (
            (at.x() - 0.5 * self.box.width()) / side,
            (0.5 * self.box.height() - at.y()) / side,
        )
        self._move(self.camera.zoomed(factor, about))

    def _on_released(self) -> None:
        self._stage.hurried = False
        self._update()

    def _on_clicked(self, at: QPointF) -> None:
        params = self._rounded(at)
        if params is not None:
            self.start_picked.emit(params)

    def _on_shift_clicked(self, at: QPointF) -> None:
        params = self._rounded(at)
        if params is not None:
            self.start_added.emit(params)

    def _on_double_clicked(self, at: QPointF) -> None:
        # On the surface the first click has picked a start already; beside it, none.
        if self._rounded(at) is None:
            self._move(CAMERAS["corner"])

    def _on_hovered(self, at: QPointF | None) -> None:
        sight = self.sight
        if at is None or sight is None:
            self.hovered.emit(None)
            self.tell_record(None)
            return
        self.hovered.emit(sight.params_at(at.x(), at.y()))
        self.tell_record(self._record_at(at, sight))

    def _rounded(self, at: QPointF) -> tuple[float, float] | None:
        """Return the parameters at a pixel, without digits that no pixel shows."""
        sight = self.sight
        found = None if sight is None else sight.params_at(at.x(), at.y())
        if found is None or sight is None:
            return None
        places = sight.decimals()
        return round(found[0], places[0]), round(found[1], places[1])

    def _record_at(self, at: QPointF, sight: Sight) -> RecordOf | None:
        """Return the record that is seen nearest to a pixel, if one is near."""
        if self._found_in is not sight:
            curves = []
            for trace in self._traces:
                pixels, seen = sight.place(trace.params)
                curves.append(np.where(seen[:, np.newaxis], pixels[:, :2], np.nan))
            self._finder.set_curves(curves, index_of_selected(self._traces))
            self._found_in = sight
        width, height = self.box.width(), self.box.height()
        itself = PixelMap((0.0, width), (height, 0.0), width, height)
        ends = [trace.record_at(self._step) for trace in self._traces]
        found = self._finder.nearest(at, itself, ends)
        if found is None:
            return None
        run, record = found
        return run, int(self._traces[run].trajectory.steps[record])

    @property
    def _smaller_side(self) -> float:
        return max(float(min(self.box.width(), self.box.height())), 1.0)


def _words_of(side: Side) -> FloatArray:
    """Return pixels where the words along a side are, shape (n, 2)."""
    begin, end, outward = (np.array(part) for part in (side.begin, side.end, side.outward))
    along = begin + np.linspace(0.0, 1.0, _ALONG)[:, np.newaxis] * (end - begin)
    rows = [along + away * outward for away in _WORDS_AWAY]
    return np.concatenate([*rows, [end - np.array([0.0, _ABOVE_END])]])
