"""The landscape from above, with the runs on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from gdviz.engine import ContourMap, Trajectory
from gdviz.experiment.overlays import model_of
from gdviz.landscapes import Domain, FloatArray, Interval, Landscape
from gdviz.views.arrow_field_item import ArrowFieldItem
from gdviz.views.brush_item import BrushItem
from gdviz.views.component_item import ComponentArrow, ComponentItem
from gdviz.views.cut_item import CutItem
from gdviz.views.eigen_item import EigenItem
from gdviz.views.field_item import FieldItem
from gdviz.views.level_line_item import LevelLineItem
from gdviz.views.local_model_item import LocalModelItem
from gdviz.views.mark_item import MarkItem
from gdviz.views.partials_item import PartialsItem
from gdviz.views.pixel_map import PixelMap
from gdviz.views.plot_view import PlotView
from gdviz.views.record_finder import RecordFinder
from gdviz.views.sensitivity_item import SensitivityItem
from gdviz.views.start_item import StartItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, RunLook, Trace, index_of_selected, traces_of
from gdviz.views.trajectory_item import TrajectoryItem

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

if TYPE_CHECKING:
    from gdviz.engine.swarm import SwarmPicture
    from gdviz.views.swarm_item import SwarmItem

__all__ = ["ContourView"]


class ContourView(PlotView):
    """Contour lines over a color field; a click picks a start.

    Its inputs may be set in any order, each alone.

    Attributes
    ----------
    swarm : SwarmItem

    Signals
    -------
    start_picked(tuple)
        A start was clicked.
    start_added(tuple)
        A start was clicked with the Shift key down: that of one more run.
    start_dragged(tuple, tuple)
        The start that was at the first place when the mouse was pressed is being dragged to
        the second one. The first place has the bits of the run's start, and stays the same
        during one drag.
    point_dragged(tuple, tuple)
        The selected run's current point, which stood at the first place, is being dragged to
        the second one. The first place is told as that of `start_dragged` is.
    start_dropped()
        The drag has ended.
    hovered(object)
        The pointer is at this tuple of parameters, or has left: None.
    record_hovered(object)
        The pointer is at this record, (run, step), the run by its place in the list; or no
        longer at any: None.
    domain_picked(Domain)
        The user has zoomed or panned to this box.
    domain_shown(Domain)
        This box is in view, for whatever reason, or is seen at another size.
    brushed(tuple)
        The brush is at this place, with the button down.
    brush_lifted()
        The button was let go.
    """

    start_picked = Signal(object)
    start_added = Signal(object)
    start_dragged = Signal(object, object)
    point_dragged = Signal(object, object)
    start_dropped = Signal()
    hovered = Signal(object)
    domain_picked = Signal(object)
    domain_shown = Signal(object)
    brushed = Signal(object)
    brush_lifted = Signal()

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._field = FieldItem(self.box, retain=interactive)
        self._arrows = ArrowFieldItem(self.box, retain=interactive)
        self._interactive = interactive
        self._brush = BrushItem(self.box)
        self._cut = CutItem(self.box)
        self._level = LevelLineItem(self.box)
        self._model = LocalModelItem(self.box)
        self._paths = TrajectoryItem(self.box, retain=interactive)
        self._starts = StartItem(self.box, retain=interactive)
        self._sensitivity = [SensitivityItem(self.box, named=named) for named in (False, True)]
        self._eigen = EigenItem(self.box)
        self._components = ComponentItem(self.box)
        self._partials = PartialsItem(self.box)
        self._marks = MarkItem(self.box)
        self._moving = (
            *(self._paths, self._cut, self._level, self._model),
            *(self._eigen, self._components, self._partials, self._marks),
        )
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._finder = RecordFinder()
        self._dragging = self._point_is_dragged = False
        self._points: list[tuple[float, float]] = []
        self.box.clicked.connect(self._on_clicked)
        self.box.shift_clicked.connect(self._on_shift_clicked)
        self.box.grip_dragged.connect(self._on_grip_dragged)
        self.box.grip_dropped.connect(self._on_grip_dropped)
        self.box.hovered.connect(self._on_hovered)
        self.box.brushed.connect(self._on_brushed)
        self.box.brush_lifted.connect(self.brush_lifted)
        self.box.sigRangeChanged.connect(self._on_range_changed)
        self.box.sigResized.connect(self._on_range_changed)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)

    @cached_property
    def swarm(self) -> SwarmItem:
        """What draws a swarm, made when there is one."""
        from gdviz.views.swarm_item import SwarmItem

        return SwarmItem(self.box, retain=self._interactive)

    @property
    def domain(self) -> Domain:
        """The box in view: at least the one that was set."""
        (x_low, x_high), (y_low, y_high) = self.box.viewRange()
        return Domain.of((x_low, x_high), (y_low, y_high))

    def set_landscape(self, landscape: Landscape) -> None:
        """Name the axes and mark the minima of a landscape of two parameters."""
        x, y = landscape.parameters
        self.set_labels(left=y, bottom=x)
        self.set_limits(*landscape.domain)
        self.box.setAspectLocked(landscape.isotropic, ratio=1.0)
        self._starts.set_minima(landscape.minima)
        self._partials.set_parameters(landscape.parameters)
        for item in (self._arrows, self._level, self._model, self._eigen):
            item.set_landscape(landscape)

    def set_domain(self, domain: Domain) -> None:
        """Bring a box into view."""
        if domain != self.domain:
            self.box.setRange(xRange=domain[0], yRange=domain[1], padding=0.0)

    def set_field(self, contour_map: ContourMap | None) -> None:
        """Draw a contour map, or none."""
        for item in (self._field, self._level, self._model):
            item.set_map(contour_map)
        for marks in (self._marks, self._partials):
            marks.set_steepest(contour_map.steepest if contour_map else 0.0)

    def set_swarm(self, picture: SwarmPicture | None) -> None:
        """Draw a swarm, or none."""
        if picture is not None or "swarm" in self.__dict__:
            self.swarm.set_picture(picture)

    def set_brush(self, radius: float | None) -> None:
        """Let the left button brush, with a circle of so many pixels; None for no brush."""
        self.box.brushing = radius is not None
        self._brush.set_radius(radius)

    def set_filled(self, filled: bool) -> None:
        """Draw colors as filled contours rather than as one image; in pictures."""
        self._field.set_filled(filled)

    def set_taken(self, taken: Callable[[PixelMap], FloatArray]) -> None:
        """Keep labels off what a function returns: pixels, shape (n, 2); in pictures."""
        self._field.set_taken(taken)

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw these runs, with a look for each; see `traces_of`."""
        traces = self._traces = traces_of(trajectories, looks)
        for item in (*self._moving, self._starts):
            item.set_traces(traces)
        selected = index_of_selected(traces)
        self._finder.set_curves([trace.params for trace in traces], selected)
        self._place_grips()

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step."""
        self._step = step
        for item in self._moving:
            item.set_step(step)
        self._place_grips()

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, or none."""
        self._marks.set_probe(point, gradient)
        self._level.set_probe(point)

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none: (run, step), the run by its place."""
        self._marks.set_ghost(record)

    def set_overlays(self, names: Collection[str]) -> None:
        """Draw these of `gdviz.experiment.overlays.OVERLAYS`; the components are set alone."""
        self._arrows.set_shown(
            shown="arrows" in names,
            downhill="downhill_arrows" in names,
            equal="equal_arrows" in names,
        )
        self._level.set_shown(shown="level_line" in names)
        self._partials.set_shown(shown="partials" in names)
        self._model.set_curved(model_of(names))
        self._eigen.set_shown("eigen_directions" in names)
        for item in self._sensitivity:
            item.set_shown(ball="ball" in names, trust="trust_region" in names)

    def set_cut(
        self, axes: tuple[int, ...], idle: FloatArray, reach: Interval | None = None
    ) -> None:
        """Show where the loss curves cut the landscape.

        Parameters
        ----------
        axes : tuple of int
            The parameters along which it is cut.
        idle : ndarray, shape (d,)
            Where the cuts go through while there is no run.
        reach : (float, float), optional
            From which to which learning rate it is cut along −∇f; not at all if left out.
        """
        self._cut.set_cut(axes, idle, reach)

    def set_components(self, components: Sequence[ComponentArrow] | None) -> None:
        """Show the parts of the step that the selected run takes from its current point.

        They take the place of that run's own gradient arrow; None or none for no parts.
        """
        self._components.set_components(components or ())
        self._marks.set_taken_apart(bool(components))

    def set_sensitivity(self, found: Sensitivity | None) -> None:
        for item in self._sensitivity:
            item.set_sensitivity(found)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for item in (self._field, self._arrows, self._starts, *self._moving):
            item.set_theme(theme)
        for measured in self._sensitivity:
            measured.set_theme(theme)

    def _on_clicked(self, x: float, y: float) -> None:
        self.start_picked.emit((x, y))

    def _on_shift_clicked(self, x: float, y: float) -> None:
        self.start_added.emit((x, y))

    def _on_grip_dragged(self, origin: tuple[float, float], to: tuple[float, float]) -> None:
        if not self._dragging:
            self._dragging = True
            self._point_is_dragged = origin in self._points
        moved = self.point_dragged if self._point_is_dragged else self.start_dragged
        moved.emit(origin, to)

    def _on_grip_dropped(self) -> None:
        self._dragging = False
        self.start_dropped.emit()

    def _place_grips(self) -> None:
        """Let starts be dragged, the selected one first, and the selected run's point."""
        starts = [_place(trace, 0) for trace in self._traces]
        self._points = []
        if starts:
            selected = index_of_selected(self._traces)
            starts.insert(0, starts.pop(selected))
            trace = self._traces[selected]
            record = trace.record_at(self._step)
            self._points = [_place(trace, record)] if record else []
        self.box.grips = [*starts, *self._points]

    def _on_brushed(self, at: tuple[float, float]) -> None:
        self._brush.set_place(at)
        self.brushed.emit(at)

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self._brush.set_place(at)
        self.hovered.emit(at)
        # While a start is dragged its paths change with every move: no record is looked for.
        if at is None or self.box.dragging:
            self.tell_record(None)
        else:
            self.tell_record(self._record_at(*at))

    def _record_at(self, x: float, y: float) -> RecordOf | None:
        pixel_map = self._paths.pixel_map
        ends = [trace.record_at(self._step) for trace in self._traces]
        found = self._finder.nearest(pixel_map.pixel(x, y), pixel_map, ends)
        if found is None:
            return None
        run, record = found
        return run, int(self._traces[run].trajectory.steps[record])

    def _on_range_changed(self, *_: object) -> None:
        self.domain_shown.emit(self.domain)

    def _on_range_picked(self, *_: object) -> None:
        self.domain_picked.emit(self.domain)


def _place(trace: Trace, record: int) -> tuple[float, float]:
    x, y = trace.params[record].tolist()
    return x, y
