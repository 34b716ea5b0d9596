"""The loss along −∇f against the learning rate: the line that a line search sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal

from gdviz.engine import Trajectory
from gdviz.landscapes import FloatArray, Interval, Landscape
from gdviz.views.curve_view import loss_range
from gdviz.views.plot_view import PlotView
from gdviz.views.ray_item import RayItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RunLook, index_of_selected, traces_of

__all__ = ["RayView"]

_UPHILL = 0.12
_BEYOND_BEST, _BEYOND_RATE = 2.6, 1.25
_FALLBACK = 1.0


class RayView(PlotView):
    """The loss after one step of gradient descent at every learning rate.

    Its inputs may be set in any order, each alone.

    Signals
    -------
    rate_picked(float)
        A learning rate was clicked, or the line of the rate in use dragged to it.
    rate_dropped()
        The drag has ended.
    reach_changed(object)
        These rates (low, high) are in view.
    """

    rate_picked = Signal(float)
    rate_dropped = Signal()
    reach_changed = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._item = RayItem(self.box)
        self._landscape: Landscape | None = None
        self._rate: float | None = None
        self._start: FloatArray | None = None
        self._framed_by_user = False
        self.set_labels(left="loss after a step", bottom="learning rate η")
        self.box.clicked.connect(self._on_clicked)
        self.box.line_dragged.connect(self._on_dragged)
        self.box.line_dropped.connect(self.rate_dropped)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)

    @property
    def reach(self) -> Interval:
        """The rates in view."""
        (low, high), _ = self.box.viewRange()
        return low, high

    def set_landscape(self, landscape: Landscape) -> None:
        """Cut another landscape."""
        if landscape != self._landscape:
            self._landscape = landscape
            self._item.set_landscape(landscape)
            self.reset()

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Start from the selected one of these runs; see `gdviz.views.trace.traces_of`."""
        traces = traces_of(trajectories, looks)
        self._item.set_traces(traces)
        start = traces[index_of_selected(traces)].params[0] if traces else None
        if not _same(start, self._start):
            self._start = start
            self.reset()
        else:
            self._frame_losses()

    def set_step(self, step: int) -> None:
        """Start from the point of another step."""
        before = self._item.record
        self._item.set_step(step)
        if self._item.record != before:
            self._frame_losses()

    def set_rate(self, rate: float | None) -> None:
        """Mark the learning rate in use; None where the optimizer takes another step."""
        if rate == self._rate:
            return
        self._rate = self.box.line = rate
        self._item.set_rate(rate)
        if rate is not None and rate > self.reach[1] and not self.box.dragging:
            self.reset()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._item.set_theme(theme)

    def reset(self) -> None:
        """Show the rates about the best one and the one in use."""
        self._framed_by_user = False
        best, rate = self._item.best(), self._rate
        wanted = [_BEYOND_BEST * best] if best is not None else []
        wanted += [_BEYOND_RATE * rate] if rate is not None else []
        high = max(wanted, default=_FALLBACK)
        self.box.setXRange(-_UPHILL * high, high, padding=0.0)
        self._frame_losses()
        self.reach_changed.emit(self.reach)

    def _frame_losses(self) -> None:
        place = self._item.place
        if place is None or self._framed_by_user:
            return
        losses = self._item.losses(np.linspace(*self.reach, self._item.samples))
        self.box.setYRange(*loss_range(losses, place[2]), padding=0.0)

    def _on_clicked(self, x: float, _y: float) -> None:
        if x > 0.0 and self._rate is not None:
            self.rate_picked.emit(_rounded(x))
            self.rate_dropped.emit()

    def _on_dragged(self, x: float) -> None:
        if x > 0.0:
            self.rate_picked.emit(_rounded(x))

    def _on_range_picked(self, *_: object) -> None:
        self._framed_by_user = True
        self.reach_changed.emit(self.reach)


def _rounded(rate: float) -> float:
    return float(f"{rate:.3g}")


def _same(one: FloatArray | None, other: FloatArray | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)
