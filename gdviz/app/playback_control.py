"""Playing: its speed, its buttons, and the plot that its playhead can be dragged in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.screen import Screen
from gdviz.session.player import Player
from gdviz.ui.actions import Actions
from gdviz.ui.icons import icon
from gdviz.ui.playback_bar import SPEEDS
from gdviz.views.theme import Theme

__all__ = ["PlaybackControl"]

_NEED_RECORDS = ("play", "forward", "back", "first", "last")


class PlaybackControl(QObject):
    """Connects the player with the bar, the actions and the views that show it."""

    def __init__(
        self,
        screen: Screen,
        actions: Actions,
        player: Player,
        conductor: Conductor,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._actions = actions
        self._player = player
        self._conductor = conductor
        self._theme, self._scale = theme, 1.0
        screen.playback.record_picked.connect(player.jump)
        screen.playback.speed_picked.connect(self.set_speed)
        screen.numbers.step_picked.connect(self.jump_to_step)
        screen.history.step_picked.connect(self.jump_to_step)
        player.playing_changed.connect(self._show_playing)
        player.length_changed.connect(self._enable)

    def set_theme(self, theme: Theme, scale: float = 1.0) -> None:
        """Draw the icon that changes in other colors or in another size; 1 is the usual one."""
        self._theme, self._scale = theme, scale
        self._show_icon()

    @Slot(int)
    def jump_to_step(self, step: int) -> None:
        """Pause and move to a step."""
        self._player.jump(self._conductor.record_at(step))

    @Slot(float)
    def set_speed(self, speed: float) -> None:
        """Play at another speed."""
        self._player.speed = speed
        self._screen.playback.show_speed(speed)

    def change_speed(self, by: int) -> None:
        """Play at the next speed of the list, or the one before."""
        place = SPEEDS.index(self._player.speed) + by
        self.set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    @Slot(bool)
    def _show_playing(self, playing: bool) -> None:
        self._actions["play"].setText("&Pause" if playing else "&Play")
        self._show_icon()

    @Slot(int)
    def _enable(self, records: int) -> None:
        for key in _NEED_RECORDS:
            self._actions[key].setEnabled(records > 0)

    def _show_icon(self) -> None:
        name = "pause" if self._player.playing else "play"
        self._actions["play"].setIcon(icon(name, self._theme, self._scale))
