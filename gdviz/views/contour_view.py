"""The landscape from above, with the runs on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal

from gdviz.engine import ContourMap, Trajectory
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.views.field_item import FieldItem
from gdviz.views.mark_item import MarkItem
from gdviz.views.plot_view import PlotView
from gdviz.views.theme import Theme
from gdviz.views.trace import traces_of
from gdviz.views.trajectory_item import TrajectoryItem

__all__ = ["ContourView"]


class ContourView(PlotView):
    """Contour lines over a color field; a click picks a start.

    Its inputs may be set in any order, each alone.

    Signals
    -------
    start_picked(tuple)
        A start was clicked.
    start_dragged(tuple)
        The first run's start is being dragged here.
    start_dropped()
        The drag has ended.
    hovered(object)
        The pointer is at this tuple of parameters, or has left: None.
    domain_picked(Domain)
        The user has zoomed or panned to this box.
    domain_shown(Domain)
        This box is in view, for whatever reason, or is seen at another size.
    """

    start_picked = Signal(object)
    start_dragged = Signal(object)
    start_dropped = Signal()
    hovered = Signal(object)
    domain_picked = Signal(object)
    domain_shown = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._field = FieldItem(self.box, retain=interactive)
        self._paths = TrajectoryItem(self.box, retain=interactive)
        self._marks = MarkItem(self.box)
        self.box.clicked.connect(self._on_clicked)
        self.box.grip_dragged.connect(self._on_grip_dragged)
        self.box.grip_dropped.connect(self.start_dropped)
        self.box.hovered.connect(self.hovered)
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
        self._marks.set_minima(landscape.minima)

    def set_domain(self, domain: Domain) -> None:
        """Bring a box into view."""
        if domain != self.domain:
            self.box.setRange(xRange=domain[0], yRange=domain[1], padding=0.0)

    def set_field(self, contour_map: ContourMap | None) -> None:
        """Draw a contour map, or none."""
        self._field.set_map(contour_map)
        self._marks.set_steepest(contour_map.steepest if contour_map else 0.0)

    def set_trajectories(self, trajectories: Sequence[Trajectory]) -> None:
        """Draw these runs."""
        traces = traces_of(trajectories)
        self._paths.set_traces(traces)
        self._marks.set_traces(traces)
        self.box.grip = QPointF(*traces[0].params[0].tolist()) if traces else None

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step."""
        self._paths.set_step(step)
        self._marks.set_step(step)

    def set_probe(self, point: FloatArray | None, gradient: FloatArray | None) -> None:
        """Show the gradient at a point, or none."""
        self._marks.set_probe(point, gradient)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for item in (self._field, self._paths, self._marks):
            item.set_theme(theme)

    def _on_clicked(self, x: float, y: float) -> None:
        self.start_picked.emit((x, y))

    def _on_grip_dragged(self, x: float, y: float) -> None:
        self.start_dragged.emit((x, y))

    def _on_range_changed(self, *_: object) -> None:
        self.domain_shown.emit(self.domain)

    def _on_range_picked(self, *_: object) -> None:
        self.domain_picked.emit(self.domain)
