"""The swarm's panel and its brush, as edits of the experiment."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.screen import Screen
from gdviz.app.swarm_display import SwarmDisplay
from gdviz.app.swarm_words import follows_words
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.experiment.whole_plane import Stroke, SwarmSpec
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.swarm_panel import SwarmPanel

__all__ = ["SwarmEditor"]

_BRUSH_ON = "Drag over the landscape to leave starts. Esc ends brushing."
_APART = 0.5  # of the radius, how far the brush moves between two touches


class SwarmEditor(QObject):
    """Connects the panel and the brush with the session.

    Attributes
    ----------
    panel : SwarmPanel
    """

    def __init__(
        self,
        screen: Screen,
        actions: Actions,
        session: Session,
        conductor: Conductor,
        player: Player,
        display: SwarmDisplay,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen, self._actions, self._session = screen, actions, session
        self._conductor, self._player, self._display = conductor, player, display
        self._last: tuple[float, float] | None = None
        self.panel = panel = SwarmPanel()
        panel.edited.connect(self._on_edited)
        panel.settled.connect(session.settle)
        panel.spread.connect(self._on_spread)
        panel.brush_picked.connect(self.brush)
        panel.brush_changed.connect(self._show_brush)
        session.experiment_changed.connect(self._on_experiment_changed)
        display.changed.connect(self._show_numbers)
        screen.contour.brushed.connect(self._on_brushed)
        screen.contour.brush_lifted.connect(self._on_lifted)
        actions["stop"].triggered.connect(self.put_down)
        screen.swarm.fill(panel)
        panel.show()
        self._show(session.experiment)

    @property
    def brushing(self) -> bool:
        """Whether the brush is on."""
        return self._actions["swarm_brush"].isChecked()

    def toggle(self, on: bool) -> None:
        """Show the swarm and watch it from its starts on, or hide it."""
        spec = self._session.experiment.plane.swarm
        self._session.settle()
        self._edit("Show swarm" if on else "Hide swarm", replace(spec, shown=on))
        self._session.settle()

    @Slot(bool)
    def brush(self, on: bool) -> None:
        """Let the mouse brush starts over the landscape, or not."""
        usable = on and self._session.experiment.landscape.dimension > 1
        self._actions["swarm_brush"].setChecked(usable)
        spec = self._session.experiment.plane.swarm
        if usable and (spec.kind, spec.shown) != ("brush", True):
            self._session.settle()
            self._edit("Brush swarm", replace(spec, kind="brush", shown=True))
            self._session.settle()
        self._last = None
        self._show_brush()
        if usable:
            self._screen.window.show_message(_BRUSH_ON)

    @Slot()
    def put_down(self) -> None:
        """End brushing."""
        if self.brushing:
            self.brush(False)

    @Slot(str, object)
    def _on_edited(self, text: str, spec: SwarmSpec) -> None:
        if spec.kind != "brush":
            self.put_down()
        self._edit(text, spec, merge=text)

    def _edit(self, text: str, spec: SwarmSpec, merge: str = "") -> None:
        experiment = self._session.experiment
        before = experiment.plane.swarm
        plane = replace(experiment.plane, swarm=spec)
        self._session.edit(text, replace(experiment, plane=plane), merge=merge)
        begun = spec.shown and not before.shown
        other = spec.shown and (spec.kind, spec.domain) != (before.kind, before.domain)
        if (begun or other) and self._conductor.last_step is not None:
            self._player.restart()  # it is the way from the starts on that is worth seeing

    @Slot(bool)
    def _on_spread(self, over_view: bool) -> None:
        spec = self._session.experiment.plane.swarm
        domain = self._screen.contour.domain if over_view else None
        self._session.settle()
        text = "Spread swarm over the view" if over_view else "Spread swarm over all"
        self._edit(text, replace(spec, domain=domain, shown=True))
        self._session.settle()

    # --- the brush ---

    @Slot()
    def _show_brush(self) -> None:
        on = self.brushing
        self.panel.show_brush(on)
        self._screen.contour.set_brush(self.panel.radius.value if on else None)

    @Slot(object)
    def _on_brushed(self, at: tuple[float, float]) -> None:
        radius = self.panel.radius.value
        across, up = (1.0 / size for size in self._screen.contour.box.viewPixelSize())
        if self._last is None:
            self._player.jump(0)
        else:
            away = math.hypot((at[0] - self._last[0]) * across, (at[1] - self._last[1]) * up)
            if away < _APART * radius:
                return
        self._last = at
        spec = self._session.experiment.plane.swarm
        try:
            stroke = Stroke(at, (radius / across, radius / up), int(self.panel.density.value))
            after = replace(spec, kind="brush", shown=True, strokes=(*spec.strokes, stroke))
        except UserError as error:
            self._screen.window.show_message(str(error))
            return
        self._edit("Brush swarm", after, merge="brush swarm")

    @Slot()
    def _on_lifted(self) -> None:
        self._last = None
        self._session.settle()
        if self._conductor.last_step is not None:
            self._player.restart()

    # --- what is shown ---

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, after: Experiment) -> None:
        self._show(after)

    def _show(self, experiment: Experiment) -> None:
        spec, flat = experiment.plane.swarm, experiment.landscape.dimension > 1
        if self.brushing and not flat:
            self.put_down()
        self.panel.set_spec(spec)
        self.panel.set_follows(follows_words(experiment))
        self.panel.set_usable(flat)
        if flat:
            self._show_numbers()

    @Slot()
    def _show_numbers(self) -> None:
        experiment = self._session.experiment
        spec, news = experiment.plane.swarm, self._display.news
        if experiment.landscape.dimension < 2:
            return
        if self._display.trouble:
            self.panel.show_hint(self._display.trouble)
        elif spec.shown and spec.kind == "brush" and not spec.strokes:
            self.panel.show_nothing_brushed()
        elif news is None:
            self.panel.show_hint("")
            self.panel.show_counts(None, "")
        else:
            self.panel.show_counts(news.picture.counts, news.kept)
