"""The loss curve: the landscape along one parameter, the others held constant."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal

from gdviz.engine import Trajectory, sample_slice
from gdviz.experiment.overlays import model_of
from gdviz.landscapes import FloatArray, Interval, Landscape
from gdviz.views.curve_item import CurveItem
from gdviz.views.curve_mark_item import CurveMarkItem
from gdviz.views.curve_model_item import CurveModelItem
from gdviz.views.curve_sensitivity_item import CurveSensitivityItem
from gdviz.views.curve_step_item import CurveStepItem
from gdviz.views.hop_item import HopItem
from gdviz.views.plot_view import PlotView
from gdviz.views.record_finder import RecordFinder
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, RunLook, Trace, index_of_selected, traces_of

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["CurveView", "loss_range"]

_SAMPLES = 201
_HEADROOM, _FOOTROOM = 0.08, 0.10
_HIGHEST = 1e300


class CurveView(PlotView):
    """The slice through the current point; a click sets that one parameter.

    Its inputs may be set in any order, each alone.

    Signals
    -------
    value_picked(float)
        A value of the parameter was clicked.
    value_added(float)
        The same with the Shift key down: where one more run is to start.
    point_dragged(tuple, tuple)
        The selected run's point, or its start, which stood at the first parameters, is being
        dragged to the second ones. The first stay the same during one drag.
    point_dropped()
        The drag has ended.
    hovered(object)
        The pointer is at this value of the parameter, or has left: None.
    interval_picked(tuple)
        The user has zoomed or panned to these values.
    """

    value_picked = Signal(float)
    value_added = Signal(float)
    point_dragged = Signal(object, object)
    point_dropped = Signal()
    hovered = Signal(object)
    interval_picked = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._item = CurveItem(self.box)
        self._hops = HopItem(self.box, retain=interactive)
        self._sensitivity = CurveSensitivityItem(self.box)
        self._model = CurveModelItem(self.box)
        self._steps = CurveStepItem(self.box)
        self._marks = CurveMarkItem(self.box)
        self._items = (self._item, self._hops, self._model, self._steps, self._marks)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._idle: FloatArray | None = None
        self._start: FloatArray | None = None
        self._interval: Interval = (0.0, 1.0)
        self._lowest = math.inf
        self._framed_by_user = False
        self._traces: tuple[Trace, ...] = ()
        self._selected = -1
        self._step = 0
        self._finder = RecordFinder()
        self._gripped: dict[tuple[float, float], FloatArray] = {}
        self._held: FloatArray | None = None
        self.box.clicked.connect(self._on_clicked)
        self.box.shift_clicked.connect(self._on_shift_clicked)
        self.box.grip_dragged.connect(self._on_grip_dragged)
        self.box.grip_dropped.connect(self._on_grip_dropped)
        self.box.hovered.connect(self._on_hovered)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)

    def set_slice(self, landscape: Landscape, axis: int, idle: FloatArray) -> None:
        """Cut a landscape along a parameter.

        Parameters
        ----------
        landscape : Landscape
        axis : int
            The parameter along which the loss is drawn.
        idle : ndarray, shape (d,)
            Where the other parameters are held while there is no run.
        """
        same = landscape == self._landscape and axis == self._axis
        self._landscape, self._axis, self._idle = landscape, axis, idle
        if same and self._traces:
            self._item.set_idle(idle)  # nothing of it is seen
            return
        if not same:
            self._framed_by_user = False
            self.set_limits(landscape.domain[axis])
            self._lowest = self._lowest_loss()
        self.set_labels(left="loss", bottom=landscape.parameters[axis])
        self._item.set_slice(landscape, axis, idle)
        self._hops.set_slice(landscape.dimension, axis)
        self._marks.set_slice(landscape.parameters, axis)
        self._model.set_landscape(landscape)
        self._model.set_axis(axis)
        self._steps.set_slice(landscape, axis)
        self._place_records()
        self._frame()

    def set_interval(self, interval: Interval) -> None:
        """Show these values of the parameter."""
        if interval != self._interval:
            self._interval = interval
            self.box.setXRange(*interval, padding=0.0)
            self._frame()

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw the steps of these runs, with a look for each; see `traces_of`."""
        traces = self._traces = traces_of(trajectories, looks)
        self._selected = index_of_selected(traces)
        for item in self._items:
            item.set_traces(traces)
        self._place_records()
        start = traces[self._selected].params[0] if traces else None
        moved = start is None or self._start is None or not np.array_equal(start, self._start)
        lowest = self._lowest_loss()
        if moved:
            self._start, self._lowest = start, lowest
            self._framed_by_user = False
            self._frame()
        elif lowest < self._lowest:
            self._lowest = lowest
            self._frame()

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step, and the slice through the point reached."""
        self._step = step
        for item in self._items:
            item.set_step(step)
        self._place_grips()

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none: (run, step), the run by its place."""
        self._marks.set_ghost(record)

    def set_overlays(self, names: Collection[str]) -> None:
        """Draw the cut of the model that these of the overlays ask for."""
        self._model.set_curved(model_of(names))
        self._sensitivity.set_shown(ball="ball" in names, trust="trust_region" in names)

    def set_sensitivity(self, found: Sensitivity | None) -> None:
        self._sensitivity.set_sensitivity(found)

    def set_rate(self, rate: float | None) -> None:
        """Say that a step is this rate times −∂f; None where it is something else."""
        self._steps.set_rate(rate)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for item in (self._sensitivity, *self._items):
            item.set_theme(theme)

    def reset(self) -> None:
        """Show the whole height of the curve again."""
        self._framed_by_user = False
        self._frame()

    @property
    def axis(self) -> int:
        """The parameter along which the loss is drawn."""
        return self._axis

    @property
    def point(self) -> FloatArray | None:
        """The point through which the slice goes, shape (d,)."""
        return self._item.point

    def _frame(self) -> None:
        point = self._start if self._start is not None else self._idle
        if self._landscape is None or point is None or self._framed_by_user:
            return
        if point.size != self._landscape.dimension:
            return
        values = np.linspace(*self._interval, _SAMPLES)
        loss = sample_slice(self._landscape, point, self._axis, values)
        known = [self._landscape.loss(self._landscape.minima)] if self._landscape.minima else []
        known.append(np.array([self._lowest]))
        at_start = float(self._landscape.loss(point[np.newaxis])[0])
        low, high = loss_range(np.concatenate([loss, *known]), at_start)
        self.box.setYRange(low, high, padding=0.0)
        slopes = np.abs(np.diff(loss)) / (values[1] - values[0])
        in_view = np.isfinite(slopes) & (loss[1:] <= high)
        self._steps.set_steepest(float(np.max(slopes, initial=0.0, where=in_view)))

    def _lowest_loss(self) -> float:
        """Return how low the selected run comes where the landscape is shown at first."""
        if self._landscape is None or not self._traces:
            return math.inf
        trace = self._traces[self._selected]
        if trace.params.shape[1] != self._landscape.dimension:
            return math.inf
        some = slice(None, None, len(trace.params) // _SAMPLES + 1)
        params, loss = trace.params[some], trace.loss[some]
        low, high = self._landscape.domain.low, self._landscape.domain.high
        inside = np.all((params >= low) & (params <= high), axis=1) & np.isfinite(loss)
        return float(np.min(loss, initial=math.inf, where=inside))

    def _on_clicked(self, x: float, _y: float) -> None:
        self.value_picked.emit(x)

    def _on_shift_clicked(self, x: float, _y: float) -> None:
        self.value_added.emit(x)

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self.hovered.emit(None if at is None else at[0])
        self.tell_record(None if at is None else self._record_at(*at))

    def _place_records(self) -> None:
        """Let the selected run's steps be found under the pointer."""
        curves: list[FloatArray] = []
        if self._traces:
            trace = self._traces[self._selected]
            if trace.params.shape[1] > self._axis:
                curves = [np.stack([trace.params[:, self._axis], trace.loss], axis=1)]
        self._finder.set_curves(curves)
        self._place_grips()

    def _place_grips(self) -> None:
        """Let the selected run's point be dragged, and its start where it lies on the curve."""
        self._gripped = {}
        if self._traces:
            trace = self._traces[self._selected]
            if self._landscape is not None and trace.params.shape[1] == self._landscape.dimension:
                current = trace.record_at(self._step)
                records = (current, 0) if self._landscape.dimension == 1 else (current,)
                for record in records:
                    at = (float(trace.params[record, self._axis]), float(trace.loss[record]))
                    self._gripped.setdefault(at, trace.params[record])
        self.box.grips = list(self._gripped)

    def _on_grip_dragged(self, origin: tuple[float, float], to: tuple[float, float]) -> None:
        if self._held is None:
            self._held = self._gripped[origin]
        held = tuple(self._held.tolist())
        moved = (*held[: self._axis], to[0], *held[self._axis + 1 :])
        self.point_dragged.emit(held, moved)

    def _on_grip_dropped(self) -> None:
        self._held = None
        self.point_dropped.emit()

    def _record_at(self, x: float, y: float) -> RecordOf | None:
        if not self._traces:
            return None
        trace, pixel_map = self._traces[self._selected], self._item.pixel_map
        ends = [trace.record_at(self._step)]
        found = self._finder.nearest(pixel_map.pixel(x, y), pixel_map, ends)
        if found is None:
            return None
        return self._selected, int(trace.trajectory.steps[found[1]])

    def _on_range_picked(self, *_: object) -> None:
        self._framed_by_user = True
        (low, high), _vertical = self.box.viewRange()
        if not np.allclose((low, high), self._interval, rtol=0.0, atol=1e-9 * (high - low)):
            self.interval_picked.emit((low, high))


def loss_range(losses: FloatArray, at_start: float) -> Interval:
    """Choose the losses to show: the start well inside, high walls cut off.

    Parameters
    ----------
    losses : ndarray, shape (n,)
        Along the curve and at known minima.
    at_start : float
        The loss where the run starts.
    """
    if not np.isfinite(losses).any():
        return 0.0, 1.0
    known = np.append(losses, at_start)
    finite = np.clip(known[np.isfinite(known)], -_HIGHEST, _HIGHEST)
    low, high = float(finite.min()), float(finite.max())
    drop = min(at_start, _HIGHEST) - low
    if np.isfinite(at_start) and drop > 0.0:
        high = min(max(high, low + 1.25 * drop), low + 4.0 * drop)
    span = high - low
    if span <= 1e-12 * max(abs(high), abs(low)):
        span = max(abs(high), 1.0)
        high = low + span
    return low - _FOOTROOM * span, high + _HEADROOM * span
