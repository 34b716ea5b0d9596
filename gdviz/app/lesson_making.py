"""Wiring the Learn panel to a window, on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gdviz.app.conductor import Conductor
from gdviz.app.editor import Editor
from gdviz.app.lectern import Lectern
from gdviz.app.opening import Opening
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.session.courtesy import Courtesy
from gdviz.session.opener import Opener
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.main_window import MainWindow
from gdviz.ui.settings import Settings

if TYPE_CHECKING:
    from gdviz.app.lesson_files import LessonFiles
    from gdviz.app.observer import OverlaySwitches

__all__ = ["Parts", "make_lessons"]


class Parts(Protocol):
    """What lessons need of a window."""

    window: MainWindow
    screen: Screen
    actions: Actions
    session: Session
    editor: Editor
    conductor: Conductor
    player: Player
    opening: Opening
    theming: Theming
    lectern: Lectern


def make_lessons(
    parts: Parts,
    runs: RunDisplay,
    overlays: OverlaySwitches,
    settings: Settings,
    courtesy: Courtesy,
) -> LessonFiles:
    """Make the Learn panel and all that leads through it, and put it into its place."""
    parent = parts.window
    from gdviz.app.learning import Learning
    from gdviz.app.lesson_files import LessonFiles
    from gdviz.app.lesson_stage import LessonStage
    from gdviz.app.observer import Observer
    from gdviz.ui.learn_panel import LearnPanel

    panel, preparer = LearnPanel(), Opener(courtesy, parent)
    panel.set_theme(parts.theming.theme)
    parts.screen.learn.fill(panel)
    stage = LessonStage(
        *(parts.screen, parts.session, parts.editor, parts.conductor, parts.player),
        *(overlays, parts.lectern.staging.stage, parent),
    )
    observer = Observer(
        *(parts.screen, parts.session, parts.conductor, parts.player),
        *(runs, overlays, parts.actions, parent),
    )
    learning = Learning(panel, stage, observer, preparer, settings, parent)
    return LessonFiles(parts.window, panel, learning, parts.opening, settings, parent)
