"""Everything in a picture, in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gdviz.experiment import Experiment
from gdviz.export.colorbar_item import ColorbarItem, colorbar_width
from gdviz.export.figure_layout import figure_layout
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.figure_swarm import FigureSwarm
from gdviz.export.figure_views import FigureViews
from gdviz.export.figure_words import WordsItem
from gdviz.export.legend_entries import Entry, legend_entries
from gdviz.export.legend_ground import legend_ground
from gdviz.export.legend_item import LegendItem
from gdviz.export.legend_strip import LegendStrip, strip_height
from gdviz.export.taken import Taken
from gdviz.export.way_marks import WayMarkItem
from gdviz.views.contour_view import ContourView
from gdviz.views.shown_runs import ShownRuns
from gdviz.views.theme import THEMES, Theme
from gdviz.views.trace import CROWD, traces_of

if TYPE_CHECKING:
    from gdviz.export.figure_views import View

__all__ = ["FigureScene", "Room"]

_BAR = 64.0
_SHORTER = 0.15  # of a surface's height, how much a colorbar is shorter at each end
_WITH_LEGEND = ("contour", "swarm", "surface", "history", "data", "curve")


@dataclass(frozen=True)
class Room:
    """What is set aside for what a picture may have beside its views.

    Attributes
    ----------
    bar : float
        How wide a colorbar is.
    strip : float
        How high a legend beneath the views is; 0 for none there.
    """

    bar: float = _BAR
    strip: float = 0.0


class FigureScene:
    """The scene of a picture.

    Parameters
    ----------
    experiment : Experiment
    shown : ShownRuns
    spec : FigureSpec
    step : int
    room : Room
    swarm : FigureSwarm, optional
        Of those views that show one.

    Attributes
    ----------
    scene : pyqtgraph.GraphicsScene
    wanted : Room
        What would be right, as far as it differs.
    legend : LegendItem or LegendStrip or None
    colorbar : ColorbarItem or None
    """

    def __init__(
        self,
        experiment: Experiment,
        shown: ShownRuns,
        spec: FigureSpec,
        step: int,
        room: Room,
        swarm: FigureSwarm | None = None,
    ) -> None:
        self._experiment = experiment
        self._shown = shown
        self._spec = spec
        self._step = step
        self._theme = theme_of(spec)
        self._traces = traces_of(shown.trajectories, shown.looks)
        self.wanted = room
        self.scene = pg.GraphicsScene()
        self.scene.setSceneRect(0.0, 0.0, *spec.size)
        layout = figure_layout(experiment.landscape, spec, room.bar, room.strip)
        self._words = [WordsItem(words, self._theme.text) for words in layout.words]
        for item in self._words:
            self.scene.addItem(item)
        self._parts = FigureViews(experiment, shown, spec, step, self.scene, self._theme, swarm)
        self._parts.fill(layout.cells)
        self._ways = list(self._way_marks())
        self._end_ways()
        self.colorbar = None if layout.bar is None else self._colorbar(layout.bar)
        self.legend = self._legend(layout.strip) if spec.legend else None
        for contour in self.views.values():
            if isinstance(contour, ContourView):
                own = isinstance(self.legend, LegendItem) and self.legend.box is contour.box
                plate = self.legend if own else None
                assert not isinstance(plate, LegendStrip)
                contour.set_taken(Taken(self._traces, experiment.landscape.minima, plate))

    @property
    def views(self) -> dict[str, View]:
        """The views by name."""
        return self._parts.views

    def set_step(self, step: int) -> None:
        """Show another step in all views."""
        self._step = step
        self._parts.set_step(step)
        self._end_ways()

    def begin(self, step: int) -> None:
        """Show the step from which others follow, with what is in view chosen for it."""
        self.set_step(step)
        self._parts.begin(step)

    # --- which color is which loss ---

    def _colorbar(self, area: QRectF) -> ColorbarItem | None:
        shown = self._parts.map
        if shown is None or not shown.scale.high > shown.scale.low:
            return None
        contour = self.views.get("contour", self.views.get("swarm"))
        if contour is not None:
            plot = contour.box.sceneBoundingRect()
            top, height = plot.top(), plot.height()
        else:
            top, height = area.top() + _SHORTER * area.height(), 0.7 * area.height()
        place = QRectF(area.left(), top, area.width(), height)
        bar = ColorbarItem(shown.scale, place, self._theme, named=self._spec.labels)
        needed = colorbar_width(bar.ticks, named=self._spec.labels)
        self.wanted = Room(max(needed, self.wanted.bar), self.wanted.strip)
        self.scene.addItem(bar)
        return bar

    # --- which run is which ---

    def _legend(self, strip: QRectF | None) -> LegendItem | LegendStrip | None:
        name = next((view for view in _WITH_LEGEND if view in self.views), None)
        if name is None:
            return None
        seen = name in ("contour", "swarm", "surface", "curve")
        entries = legend_entries(self._experiment, self._shown.rows, starts_seen=seen)
        if not entries:
            return None
        if strip is not None:
            beneath = LegendStrip(entries, strip, self._theme)
            self.scene.addItem(beneath)
            return beneath
        plate = self._plate(name, entries)
        pixel_map = plate.pixel_map
        if plate.area.isEmpty() or plate.covers(pixel_map) or plate.shortens(pixel_map):
            self.wanted = Room(self.wanted.bar, strip_height(entries, self._spec.size))
        if plate.covers(pixel_map):
            plate.hide()
        return plate

    def _plate(self, name: str, entries: Sequence[Entry]) -> LegendItem:
        view = self.views[name]
        if name == "surface":
            from gdviz.views.surface_view import SurfaceView

            assert isinstance(view, SurfaceView)
            ground = view.drawn_curves()
        else:
            ground = legend_ground(name, self._experiment, self._shown, self._spec, self._step)
        return LegendItem(view.box, entries, ground, self._theme)

    def _way_marks(self) -> Sequence[WayMarkItem]:
        """Return marks along the lines of several runs."""
        if not 1 < len(self._traces) <= CROWD:
            return []
        items = []
        for name, view in self.views.items():
            if name in ("contour", "swarm"):
                paths = [(trace.params, trace.look) for trace in self._traces]
                items.append(WayMarkItem(view.box, paths, self._theme, grows=True))
            elif name == "history":
                from gdviz.views.history_view import HistoryView

                assert isinstance(view, HistoryView)
                curves = list(zip(view.points, self._shown.looks, strict=True))
                items.append(WayMarkItem(view.box, curves, self._theme))
        return items

    def _end_ways(self) -> None:
        """Let marks go as far as the paths do; curves of a history are always whole."""
        reached = [trace.record_at(self._step) for trace in self._traces]
        for item in self._ways:
            if item.moves:
                item.set_reached(reached)


def theme_of(spec: FigureSpec) -> Theme:
    """Return a picture's colors; where it has no ground, views have none either."""
    theme = THEMES[spec.theme]
    if not spec.transparent:
        return theme
    panel, field = (f"#00{color[1:]}" for color in (theme.panel, theme.field))
    return replace(theme, panel=panel, field=field)
