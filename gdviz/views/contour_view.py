"""The landscape from above, with the runs on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from gdviz.engine import ContourMap, Trajectory
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.views.component_item import ComponentArrow, ComponentItem
from gdviz.views.eigen_item import EigenItem
from gdviz.views.field_item import FieldItem
from gdviz.views.mark_item import MarkItem
from gdviz.views.plot_view import PlotView
from gdviz.views.record_finder import RecordFinder
from gdviz.views.start_item import StartItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, RunLook, Trace, index_of_selected, traces_of
from gdviz.views.trajectory_item import TrajectoryItem

__all__ = ["ContourView"]


class ContourView(PlotView):
    """Contour lines over a color field; a click picks a start.

    Its inputs may be set in any order, each alone.

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
    """

    start_picked = Signal(object)
    start_added = Signal(object)
    start_dragged = Signal(object, object)
    start_dropped = Signal()
    hovered = Signal(object)
    domain_picked = Signal(object)
    domain_shown = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._field = FieldItem(self.box, retain=interactive)
        self._paths = TrajectoryItem(self.box, retain=interactive)
        self._starts = StartItem(self.box, retain=interactive)
        self._eigen = EigenItem(self.box)
        self._components = ComponentItem(self.box)
        self._marks = MarkItem(self.box)
        self._traces: tuple[Trace, ...] = ()
        self._step = 0
        self._finder = RecordFinder()
        self.box.clicked.connect(self._on_clicked)
        self.box.shift_clicked.connect(self._on_shift_clicked)
        self.box.grip_dragged.connect(self.start_dragged)
        self.box.grip_dropped.connect(self.start_dropped)
        self.box.hovered.connect(self._on_hovered)
        self.box.sigRangeChanged.connect(self._on_range_changed)
        self.box.sigResized.connect(self._on_range_changed)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)

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
        self._eigen.set_landscape(landscape)

    def set_domain(self, domain: Domain) -> None:
        """Bring a box into view."""
        if domain != self.domain:
            self.box.setRange(xRange=domain[0], yRange=domain[1], padding=0.0)

    def set_field(self, contour_map: ContourMap | None) -> None:
        """Draw a contour map, or none."""
        self._field.set_map(contour_map)
        self._marks.set_steepest(contour_map.steepest if contour_map else 0.0)

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw these runs, with a look for each; see `traces_of`."""
        traces = self._traces = traces_of(trajectories, looks)
        for item in (self._paths, self._starts, self._eigen, self._components, self._marks):
            item.set_traces(traces)
        selected = index_of_selected(traces)
        self._finder.set_curves([trace.params for trace in traces], selected)
        starts = [(float(trace.params[0, 0]), float(trace.params[0, 1])) for trace in traces]
        if starts:
            starts.insert(0, starts.pop(selected))
        self.box.grips = starts

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step."""
        self._step = step
        for item in (self._paths, self._eigen, self._components, self._marks):
            item.set_step(step)

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, or none."""
        self._marks.set_probe(point, gradient)

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none: (run, step), the run by its place."""
        self._marks.set_ghost(record)

    def set_eigen_directions(self, shown: bool) -> None:
        """Show the Hessian's directions at the selected run's current point, or not."""
        self._eigen.set_shown(shown)

    def set_components(self, components: Sequence[ComponentArrow] | None) -> None:
        """Show the parts of the step that the selected run takes from its current point.

        They take the place of that run's own gradient arrow; None or none for no parts.
        """
        self._components.set_components(components or ())
        self._marks.set_taken_apart(bool(components))

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for item in (
            self._field,
            self._paths,
            self._starts,
            self._eigen,
            self._components,
            self._marks,
        ):
            item.set_theme(theme)

    def _on_clicked(self, x: float, y: float) -> None:
        self.start_picked.emit((x, y))

    def _on_shift_clicked(self, x: float, y: float) -> None:
        self.start_added.emit((x, y))

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
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
