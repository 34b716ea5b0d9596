"""What becomes of a run over a range of learning rates, or of two hyperparameters."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal

from gdviz.engine.sweep import SweepMap
from gdviz.landscapes import Interval
from gdviz.views.plot_view import PlotView
from gdviz.views.sweep_item import SweepItem
from gdviz.views.sweep_legend import SweepLegend
from gdviz.views.sweep_mark_item import SweepMarkItem
from gdviz.views.sweep_scale import Measured, edges_of, interval_of, measured, value_at
from gdviz.views.sweep_words import axis_label
from gdviz.views.theme import Theme

__all__ = ["SweepView"]

_BESIDE_PLOT = (2, 3)


class SweepView(PlotView):
    """A curve over one hyperparameter, or a map of colors over two.

    Its inputs may be set in any order, each alone. A click or a drag picks hyperparameters
    wherever it is; the wheel zooms.

    Signals
    -------
    values_picked(object)
        Hyperparameters by name were clicked, or are being dragged there.
    values_dropped()
        The drag has ended.
    """

    values_picked = Signal(object)
    values_dropped = Signal()

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._item = SweepItem(self.box)
        self._marks = SweepMarkItem(self.box)
        self._legend = SweepLegend()
        self.plot.layout.addItem(self._legend, *_BESIDE_PLOT)
        self._map: SweepMap | None = None
        self._measured: Measured | None = None
        self._remark = ""
        self._shown: tuple[object, ...] = ()
        self._framed_by_user = False
        self.box.draggable = True
        self.set_labels(left="loss", bottom="learning rate η")
        self.box.clicked.connect(self._on_clicked)
        self.box.double_clicked.connect(self.reset)
        self.box.grip_dragged.connect(self._on_dragged)
        self.box.grip_dropped.connect(self.values_dropped)
        self.box.hovered.connect(self._on_hovered)
        self.box.sigRangeChangedManually.connect(self._on_range_picked)
        self.box.sigResized.connect(self._on_resized)

    @property
    def map(self) -> SweepMap | None:
        """What is shown."""
        return self._map

    def set_map(self, sweep: SweepMap | None) -> None:
        """Show another sweep, or nothing."""
        self._map = sweep
        self._measured = None if sweep is None else measured(sweep)
        self._item.set_map(sweep, self._measured)
        self._marks.set_map(sweep, self._item.curve)
        self._legend.set_map(sweep, self._measured)
        for axis in self._axes:
            axis.setVisible(sweep is not None)
        if sweep is not None and self._measured is not None:
            left, bottom = self._axes
            bottom.set_logarithmic(sweep.axes[0].logarithmic)
            left.set_logarithmic(len(sweep.axes) == 1 or sweep.axes[1].logarithmic)
            self._name_axes(sweep, self._measured)
            self._frame(sweep, self._measured)

    def set_remark(self, remark: str) -> None:
        """Say something about the map beside the name of its axis; empty for nothing."""
        self._remark = remark
        if self._map is not None and self._measured is not None:
            self._name_axes(self._map, self._measured)

    def set_current(self, values: tuple[float, ...] | None, color: int = 0) -> None:
        """Mark the hyperparameters in use, one for each axis; None for none."""
        self._marks.set_current(values, color)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._item.set_theme(theme)
        self._marks.set_theme(theme)
        self._legend.set_theme(theme)

    def set_pictured(self, cell: QRectF, *, named: bool, numbered: bool) -> None:
        super().set_pictured(cell, named=named, numbered=numbered)
        self._shown = ()

    def set_step(self, step: int) -> None:
        """Do nothing: a sweep tells of ends only."""

    def reset(self) -> None:
        """Show the whole range again."""
        self._framed_by_user = False
        self._shown = ()
        if self._map is not None and self._measured is not None:
            self._frame(self._map, self._measured)

    def _name_axes(self, sweep: SweepMap, found: Measured) -> None:
        names = [axis_label(axis) for axis in sweep.axes]
        left = names[1] if len(names) == 2 else found.label
        told = [f"{sweep.steps:,} steps", *filter(None, [self._remark])]
        self.set_labels(left=left, bottom=f"{names[0]} ({', '.join(told)})")

    def _frame(self, sweep: SweepMap, found: Measured) -> None:
        """Show the whole of the axes, unless the user has zoomed within the same ones."""
        intervals = tuple(interval_of(axis) for axis in sweep.axes)
        key = (tuple(axis.name for axis in sweep.axes), intervals)
        if key == self._shown[:2] and self._framed_by_user:
            return
        x, y = _room(sweep, found)
        wanted = (*key, x, y)
        if wanted == self._shown:
            return
        self._shown, self._framed_by_user = wanted, False
        self.set_limits(x, y)
        self.box.setRange(xRange=x, yRange=y, padding=0.0)

    # --- the mouse ---

    def _on_clicked(self, x: float, y: float) -> None:
        self._pick(x, y)
        self.values_dropped.emit()

    def _on_dragged(self, _origin: object, at: tuple[float, float]) -> None:
        self._pick(*at)

    def _pick(self, x: float, y: float) -> None:
        if self._map is not None:
            pairs = zip(self._map.axes, (x, y), strict=False)
            self.values_picked.emit({axis.name: value_at(axis, place) for axis, place in pairs})

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        sweep = self._map
        if at is None or sweep is None:
            self._marks.set_hovered(None)
            return
        values = [
            10.0 ** min(place, 300.0) if axis.logarithmic else place
            for axis, place in zip(sweep.axes, at, strict=False)
        ]
        self._marks.set_hovered(sweep.nearest(*values))

    def _on_resized(self, *_: object) -> None:
        self._marks.set_hovered(None)  # the pointer is somewhere else in it now

    def _on_range_picked(self, *_: object) -> None:
        self._framed_by_user = True


def _room(sweep: SweepMap, found: Measured) -> tuple[Interval, Interval]:
    if len(sweep.axes) == 1:
        return interval_of(sweep.axes[0]), found.range
    (left, *_, right), (bottom, *_, top) = (edges_of(axis).tolist() for axis in sweep.axes)
    return (left, right), (bottom, top)
