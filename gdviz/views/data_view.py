"""A regression's points, with the line or curve that the parameters make."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from gdviz.engine import Trajectory
from gdviz.landscapes import FloatArray, Interval
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.views.model_item import ModelItem
from gdviz.views.plot_view import PlotView
from gdviz.views.scatter_item import ScatterItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf, RunLook, traces_of

__all__ = ["DataView"]

_MARGIN = 0.06
_CLASS_MARGIN = 0.18


class DataView(PlotView):
    """Scatter and model at the current step; the axes stay while the model moves.

    Its inputs may be set in any order, each alone.

    Signals
    -------
    hovered(object)
        The pointer is at this feature and label, or has left: None.
    """

    hovered = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._points = ScatterItem(self.box, retain=interactive)
        self._model = ModelItem(self.box)
        self._data: object = None
        self.box.hovered.connect(self.hovered)

    def set_data(self, landscape: FitLandscape | None) -> None:
        """Show a regression's rows, or nothing."""
        self._points.set_data(landscape.data if landscape else None)
        self._model.set_landscape(landscape)
        shown = None if landscape is None else landscape.data
        if landscape is None or shown == self._data:
            self._data = shown
            return
        self._data = shown
        data = landscape.data
        self.set_labels(left=data.label_name, bottom=data.feature_name)
        x = _framed(data.feature, _MARGIN)
        y = _framed(data.label, _CLASS_MARGIN if data.classes else _MARGIN)
        self.set_limits(x, y)
        self.box.setRange(xRange=x, yRange=y, padding=0.0)

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw the models of these runs, with a look for each; see `traces_of`."""
        self._model.set_traces(traces_of(trajectories, looks))

    def set_step(self, step: int) -> None:
        """Draw the models at another step."""
        self._model.set_step(step)

    def set_residuals(self, shown: bool) -> None:
        """Show what the selected run's model misses of each point, or not."""
        self._model.set_residuals(shown)

    def set_ghost(self, record: RecordOf | None) -> None:
        """Draw a run's model at a step thinly, or none: (run, step), the run by its place."""
        self._model.set_ghost(record)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._points.set_theme(theme)
        self._model.set_theme(theme)

    @property
    def note(self) -> str:
        """What is to be known of the points that are drawn; empty if all are."""
        return self._points.note


def _framed(values: FloatArray, margin: float) -> Interval:
    low, high = float(values.min()), float(values.max())
    width = (high - low) or abs(high) or 1.0
    return float(low - margin * width), float(high + margin * width)
