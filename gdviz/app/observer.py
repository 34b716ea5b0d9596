"""What a lesson is told of the window, now and then."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.lessons import USES, Observed
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.action_table import ACTIONS
from gdviz.ui.actions import Actions
from gdviz.views.curve_view import CurveView

__all__ = ["Observer", "OverlaySwitches"]

_EVERY_MS = 50


class OverlaySwitches(Protocol):
    """What can be drawn over the plots on demand."""

    @property
    def shown(self) -> frozenset[str]:
        """The names of what is drawn."""

    def show_only(self, names: frozenset[str]) -> None:
        """Draw these and no others."""


class Observer(QObject):
    """Takes a snapshot when something has changed, at most 20 times a second.

    Signals
    -------
    seen(Observed)
    """

    seen = Signal(object)

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        runs: RunDisplay,
        overlays: OverlaySwitches,
        actions: Actions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._player = player
        self._runs = runs
        self._overlays = overlays
        self._probe: tuple[float, ...] | None = None
        self._used: frozenset[str] = frozenset()
        self._watching = False
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_EVERY_MS)
        self._due.timeout.connect(self._look)
        for changed in (
            session.experiment_changed,
            conductor.trajectories_changed,
            conductor.finished,
            player.record_changed,
            player.playing_changed,
        ):
            changed.connect(self._on_changed)
        screen.contour.hovered.connect(self._on_hovered)
        screen.surface.hovered.connect(self._on_hovered)
        for curve in (screen.curve, screen.beside):
            curve.hovered.connect(partial(self._on_curve_hovered, curve))
        screen.companions.currentChanged.connect(self._on_changed)
        for spec in ACTIONS:
            actions[spec.key].toggled.connect(self._on_changed)  # what is drawn over the plots
        self._note_uses(actions)

    def watch(self, watching: bool) -> None:
        """Look from now on, or no more."""
        self._watching = watching
        if watching:
            self._due.start()
        else:
            self._due.stop()

    def begin(self) -> None:
        """Forget what has been used and pointed at."""
        self._used, self._probe = frozenset(), None

    def snapshot(self) -> Observed:
        """Return what there is to see now."""
        step = self._conductor.step_at(self._player.record)
        return Observed(
            experiment=self._session.experiment,
            trajectory=None if self._conductor.computing else self._runs.current,
            step=step,
            probe=self._probe,
            overlays=self._overlays.shown,
            used=self._used,
            playing=self._player.playing,
            page=self._screen.companions.page,
        )

    @Slot()
    def _on_changed(self, *_: object) -> None:
        if self._watching and not self._due.isActive():
            self._due.start()

    @Slot()
    def _look(self) -> None:
        if self._watching:
            self.seen.emit(self.snapshot())

    @Slot(object)
    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self._probe = at
        self._on_changed()

    def _on_curve_hovered(self, curve: CurveView, value: float | None) -> None:
        point = curve.point
        if value is None or point is None:
            self._probe = None
        else:
            probed = point.copy()
            probed[curve.axis] = value
            self._probe = tuple(probed.tolist())
        self._on_changed()

    def _note_uses(self, actions: Actions) -> None:
        contour, curves = self._screen.contour, (self._screen.curve, self._screen.beside)
        by_hand = {
            "click": (contour.start_picked, *(c.value_picked for c in curves)),
            "add": (contour.start_added, *(c.value_added for c in curves)),
            "drag": (
                contour.start_dragged,
                contour.point_dragged,
                *(c.point_dragged for c in curves),
            ),
        }
        for use in USES:
            signals = by_hand.get(use) or (actions[use].triggered,)
            for signal in signals:
                signal.connect(lambda *_, name=use: self._note(name))

    def _note(self, use: str) -> None:
        self._used |= {use}
        self._on_changed()
