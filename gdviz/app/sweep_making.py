"""Wiring the page of learning rates to a window, on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gdviz.app.editor import Editor
from gdviz.session.courtesy import Courtesy
from gdviz.session.session import Session
from gdviz.ui.main_window import MainWindow

if TYPE_CHECKING:
    from gdviz.app.sweep_display import SweepDisplay
    from gdviz.engine.bulk.pilot import Pilots

__all__ = ["SweepParts", "make_sweep"]


class SweepParts(Protocol):
    """What it needs of a window."""

    window: MainWindow
    session: Session
    editor: Editor

    @property
    def kernels(self) -> Pilots:
        """Where compiled kernels come from."""


def make_sweep(parts: SweepParts, courtesy: Courtesy) -> SweepDisplay:
    """Make what computes sweeps and shows them."""
    from gdviz.app.sweep_display import SweepDisplay
    from gdviz.app.sweep_editor import SweepEditor

    editor = SweepEditor(parts.session, parts.editor, parts.window)
    editor.refused.connect(parts.window.show_message)
    return SweepDisplay(parts.session, editor, courtesy, parts.kernels, parts.window)
