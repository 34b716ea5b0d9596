"""The loss curve: the landscape along one parameter, the others held constant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal

from gdviz.engine import Trajectory, sample_slice
from gdviz.landscapes import FloatArray, Interval, Landscape
from gdviz.views.curve_item import CurveItem
from gdviz.views.plot_view import PlotView
from gdviz.views.theme import Theme
from gdviz.views.trace import traces_of

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
    hovered(object)
        The pointer is at this value of the parameter, or has left: None.
    interval_picked(tuple)
        The user has zoomed or panned to these values.
    """

    value_picked = Signal(float)
    hovered = Signal(object)
    interval_picked = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._item = CurveItem(self.box)
        self._landscape: Landscape | None = None
        self._axis = 0
        self._idle: FloatArray | None = None
        self._start: FloatArray | None = None
        self._interval: Interval = (0.0, 1.0)
        self._framed_by_user = False
        self.box.clicked.connect(self._on_clicked)
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
        if landscape != self._landscape or axis != self._axis:
            self._framed_by_user = False
            self.set_limits(landscape.domain[axis])
        self._landscape, self._axis, self._idle = landscape, axis, idle
        self.set_labels(left="loss", bottom=landscape.parameters[axis])
        self._item.set_slice(landscape, axis, idle)
        self._frame()

    def set_interval(self, interval: Interval) -> None:
        """Show these values of the parameter."""
        if interval != self._interval:
            self._interval = interval
            self.box.setXRange(*interval, padding=0.0)
            self._frame()

    def set_trajectories(self, trajectories: Sequence[Trajectory]) -> None:
        """Draw the steps of these runs."""
        traces = traces_of(trajectories)
        self._item.set_traces(traces)
        start = traces[0].params[0] if traces else None
        if start is None or self._start is None or not np.array_equal(start, self._start):
            self._start = start
            self._framed_by_user = False
            self._frame()

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step, and the slice through the point reached."""
        self._item.set_step(step)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._item.set_theme(theme)

    def reset(self) -> None:
        """Show the whole height of the curve again."""
        self._framed_by_user = False
        self._frame()

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
        at_start = float(self._landscape.loss(point[np.newaxis])[0])
        low, high = loss_range(np.concatenate([loss, *known]), at_start)
        self.box.setYRange(low, high, padding=0.0)

    def _on_clicked(self, x: float, _y: float) -> None:
        self.value_picked.emit(x)

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self.hovered.emit(None if at is None else at[0])

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
