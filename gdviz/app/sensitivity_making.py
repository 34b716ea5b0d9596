"""Wiring what tells of sensitivity to a window, on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gdviz.app.conductor import Conductor
from gdviz.app.overlays import Overlays
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.main_window import MainWindow

if TYPE_CHECKING:
    from gdviz.app.sensitivity_display import SensitivityDisplay

__all__ = ["SensitivityParts", "make_sensitivity"]


class SensitivityParts(Protocol):
    """What it needs of a window."""

    window: MainWindow
    screen: Screen
    session: Session
    conductor: Conductor
    player: Player


def make_sensitivity(
    parts: SensitivityParts, runs: RunDisplay, overlays: Overlays, courtesy: Courtesy
) -> SensitivityDisplay:
    """Make what measures the surroundings of the current point and shows them."""
    from gdviz.app.sensitivity_display import SensitivityDisplay

    return SensitivityDisplay(
        *(parts.screen, parts.session, parts.conductor, parts.player),
        *(runs, overlays, courtesy, parts.window),
    )
