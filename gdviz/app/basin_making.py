"""Wiring the page of basin maps to a window, on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gdviz.app.conductor import Conductor
from gdviz.app.editor import Editor
from gdviz.app.run_editor import RunEditor
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.main_window import MainWindow

if TYPE_CHECKING:
    from gdviz.app.basin_display import BasinDisplay
    from gdviz.engine.bulk.pilot import Pilots

__all__ = ["BasinParts", "make_basins"]


class BasinParts(Protocol):
    """What it needs of a window."""

    window: MainWindow
    session: Session
    conductor: Conductor
    player: Player
    editor: Editor
    run_editor: RunEditor

    @property
    def kernels(self) -> Pilots:
        """Where compiled kernels come from."""


def make_basins(parts: BasinParts, courtesy: Courtesy) -> BasinDisplay:
    """Make what computes basin maps and shows them."""
    from gdviz.app.basin_display import BasinDisplay
    from gdviz.app.basin_editor import BasinEditor

    editor = BasinEditor(parts.session, parts.editor, parts.window)
    editor.refused.connect(parts.window.show_message)
    made = BasinDisplay(
        *(parts.session, editor, parts.conductor, parts.player),
        *(courtesy, parts.kernels, parts.window),
    )
    made.view.start_picked.connect(parts.editor.pick_start)
    made.view.start_added.connect(parts.run_editor.add_start)
    made.view.domain_picked.connect(parts.editor.pick_domain)
    made.view.told.connect(parts.window.show_message)
    return made
