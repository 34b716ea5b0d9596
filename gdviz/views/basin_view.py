"""Where an optimizer leads from everywhere, with the runs over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal

from gdviz.engine import Trajectory
from gdviz.engine.basins import BasinDifference, BasinMap, difference
from gdviz.landscapes import Domain, Landscape
from gdviz.views.basin_item import BasinItem
from gdviz.views.basin_legend import BasinLegend
from gdviz.views.number_axis import NumberAxis
from gdviz.views.picture_axis import PictureAxis
from gdviz.views.plot_box import PlotBox
from gdviz.views.plot_view import PlotView
from gdviz.views.start_item import StartItem
from gdviz.views.theme import Theme
from gdviz.views.trace import RunLook, traces_of
from gdviz.views.trajectory_item import TrajectoryItem

__all__ = ["BasinView"]

_BETWEEN = 8.0
_SECOND, _BENEATH, _LEGEND = (2, 3), (3, 3), (2, 4)


class BasinView(PlotView):
    """One basin map, two beside each other, or where two differ; a click picks a start.

    Its inputs may be set in any order, each alone.

    Signals
    -------
    start_picked(tuple)
        A pixel was clicked: the start at its center.
    start_added(tuple)
        The same with the Shift key down.
    told(str)
        What becomes of a run from under the pointer; empty when the pointer has left.
    hovered(object)
        The pointer is at this tuple of parameters, or has left: None.
    domain_picked(Domain)
        The user has zoomed or panned to this box.
    domain_shown(Domain)
        This box is in view, or is seen at another size.
    """

    start_picked = Signal(object)
    start_added = Signal(object)
    told = Signal(str)
    hovered = Signal(object)
    domain_picked = Signal(object)
    domain_shown = Signal(object)

    def __init__(self, *, interactive: bool = True) -> None:
        super().__init__(interactive=interactive)
        self._dimension = 2
        self._numbered = True
        self._beside = PlotBox(interactive=interactive)
        self._beside.disableAutoRange()
        self._beside.setXLink(self.box)
        self._beside.setYLink(self.box)
        self._axis_beside = NumberAxis("bottom")
        self._axis_beside.linkToView(self._beside)
        self._legend = BasinLegend()
        layout = self.plot.layout
        layout.addItem(self._beside, *_SECOND)
        layout.addItem(self._axis_beside, *_BENEATH)
        layout.addItem(self._legend, *_LEGEND)
        layout.setColumnStretchFactor(1, 100)
        layout.setColumnSpacing(1, _BETWEEN)
        boxes = (self.box, self._beside)
        self._maps = [BasinItem(box, retain=interactive) for box in boxes]
        self._paths = [TrajectoryItem(box, retain=interactive) for box in boxes]
        self._starts = [StartItem(box, retain=interactive) for box in boxes]
        self._found: tuple[BasinMap, ...] = ()
        self._difference: BasinDifference | None = None
        self._show_beside(shown=False)
        self.plot.geometryChanged.connect(self._on_resized)
        for box in boxes:
            box.clicked.connect(self._on_clicked)
            box.shift_clicked.connect(self._on_shift_clicked)
            box.hovered.connect(self._on_hovered)
            box.sigRangeChangedManually.connect(self._on_range_picked)
        self.box.sigRangeChanged.connect(self._on_range_changed)
        self.box.sigResized.connect(self._on_range_changed)

    @property
    def domain(self) -> Domain:
        """The box in view."""
        (x_low, x_high), (y_low, y_high) = self.box.viewRange()
        if self._dimension == 1:
            return Domain.of((x_low, x_high))
        return Domain.of((x_low, x_high), (y_low, y_high))

    @property
    def maps(self) -> tuple[BasinMap, ...]:
        """What is shown: one map, or two."""
        return self._found

    def set_landscape(self, landscape: Landscape) -> None:
        """Name the axes."""
        self._dimension = landscape.dimension
        names = landscape.parameters
        flat = landscape.dimension == 1
        self.set_labels(left="" if flat else names[1], bottom=names[0])
        self._axis_beside.setLabel(names[0])
        self.set_limits(*landscape.domain)
        self._axes[0].setVisible(not flat)
        self.box.setMouseEnabled(x=True, y=not flat)
        self.box.setAspectLocked(landscape.isotropic and not flat, ratio=1.0)

    def set_domain(self, domain: Domain) -> None:
        """Bring a box into view."""
        if domain != self.domain:
            y = domain[1] if len(domain.intervals) > 1 else (0.0, 1.0)
            self.box.setRange(xRange=domain[0], yRange=y, padding=0.0)

    def set_maps(
        self,
        maps: Sequence[BasinMap],
        *,
        mode: str = "one",
        titles: Sequence[str] = (),
        shaded: bool = True,
    ) -> None:
        """Show one map, two, or none.

        Parameters
        ----------
        maps : sequence of BasinMap
        mode : str
            One of `gdviz.experiment.whole_plane.BASIN_MODES`; with one map it is always one.
        titles : sequence of str
            What each map is called.
        shaded : bool
            Whether more steps are darker.
        """
        self._found = tuple(maps)
        two = len(maps) == 2
        self._difference = None
        first: BasinMap | BasinDifference | None = maps[0] if maps else None
        names = [*titles, "", ""]
        title = names[0] if two or mode == "side" else ""
        if two and mode == "difference" and maps[0].shape == maps[1].shape:
            first = self._difference = difference(maps[0], maps[1])
            title = f"{names[0]} and {names[1]}"
        self._maps[0].set_found(first, shaded=shaded, title=title)
        beside = maps[1] if two and mode == "side" else None
        self._maps[1].set_found(beside, shaded=shaded, title=names[1])
        self._show_beside(shown=bool(maps) and mode == "side")
        if beside is not None:
            x, y = self.box.viewRange()  # links need a window
            self._beside.setRange(xRange=x, yRange=y, padding=0.0)
        self._legend.set_found(first, shaded=shaded)

    def make_room(self, *, two: bool, legend: bool) -> None:
        """Give a second map and the legend their room before there are maps; in pictures."""
        self._legend.set_lasting(shown=legend)
        self._show_beside(shown=two)

    def set_trajectories(
        self, trajectories: Sequence[Trajectory], looks: Sequence[RunLook] = ()
    ) -> None:
        """Draw these runs over the map; see `traces_of`."""
        traces = traces_of(trajectories, looks) if self._dimension > 1 else ()
        for path, start in zip(self._paths, self._starts, strict=True):
            path.set_traces(traces)
            start.set_traces(traces)

    def set_step(self, step: int) -> None:
        """Draw the runs up to a step."""
        for item in self._paths:
            item.set_step(step)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._axis_beside.set_theme(theme)
        self._legend.set_theme(theme)
        for items in zip(self._maps, self._paths, self._starts, strict=True):
            for item in items:
                item.set_theme(theme)

    def set_pictured(self, cell: QRectF, *, named: bool, numbered: bool) -> None:
        super().set_pictured(cell, named=named, numbered=numbered)
        axis = self._axis_beside
        axis.pictured = PictureAxis(axis, cell)
        axis.showLabel(False)
        axis.pictured.set_named(named)
        self._numbered = numbered
        axis.setVisible(numbered and self._beside.isVisible())

    def sentence(self, x: float, y: float) -> str:
        """Say what becomes of a run from a point; empty where that isn't known."""
        if not self._found:
            return ""
        one: BasinMap | BasinDifference = self._difference or self._found[0]
        place = self._found[0].place_of((x, y)[: self._dimension])
        if place is None:
            return ""
        told = one.sentence(*place)
        if self._difference is None and len(self._found) == 2:
            other = self._found[1].place_of((x, y)[: self._dimension])
            if other is not None:
                told += f"; the second {self._found[1].sentence(*other).partition(': ')[2]}"
        return told

    def _show_beside(self, *, shown: bool) -> None:
        self._beside.setVisible(shown)
        self._axis_beside.setVisible(shown and self._numbered)
        for part in (self._beside, self._axis_beside):
            part.setMaximumWidth(16_777_215.0 if shown else 0.0)
            part.setMinimumWidth(0.0)
        self.plot.layout.setColumnStretchFactor(_SECOND[1], 100 if shown else 0)

    def _start_at(self, x: float, y: float) -> tuple[float, ...]:
        """Return the center of the pixel at a point; the point itself beyond the map."""
        place = self._found[0].place_of((x, y)[: self._dimension]) if self._found else None
        if place is None:
            return (x, y)[: self._dimension]
        return self._found[0].start_of(*place)

    def _on_clicked(self, x: float, y: float) -> None:
        self.start_picked.emit(self._start_at(x, y))

    def _on_shift_clicked(self, x: float, y: float) -> None:
        self.start_added.emit(self._start_at(x, y))

    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self.hovered.emit(at if at is None else at[: self._dimension])
        self.told.emit("" if at is None else self.sentence(*at))

    def _on_resized(self) -> None:
        self._legend.set_room(self.plot.size().width())

    def _on_range_changed(self, *_: object) -> None:
        self.domain_shown.emit(self.domain)

    def _on_range_picked(self, *_: object) -> None:
        self.domain_picked.emit(self.domain)
