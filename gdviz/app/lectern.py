"""What one teaches with: enlarged views, the laser pointer, the presentation, the text size."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdviz.app.caption_display import CaptionDisplay
from gdviz.app.conductor import Conductor
from gdviz.app.display import Display
from gdviz.app.pointing import Pointing
from gdviz.app.presentation import Presentation
from gdviz.app.probe_display import ProbeDisplay
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.app.staging import Staging
from gdviz.app.text_size import TextSize
from gdviz.app.theming import Theming
from gdviz.session.session import Session
from gdviz.ui.actions import Actions

__all__ = ["Lectern"]


class Lectern(QObject):
    """Makes what a lecture needs, and connects it with its actions.

    Attributes
    ----------
    staging : Staging
    pointing : Pointing
    presentation : Presentation
    """

    def __init__(
        self,
        screen: Screen,
        actions: Actions,
        session: Session,
        conductor: Conductor,
        display: Display,
        runs: RunDisplay,
        theming: Theming,
        text_size: TextSize,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.staging = Staging(screen, session, actions, display, self)
        self.pointing = Pointing(
            screen, session, actions, ProbeDisplay(screen, session, self), self
        )
        self.presentation = Presentation(
            screen.window,
            actions,
            screen.caption,
            theming,
            text_size,
            self.staging.stage,
            conductor,
            self,
        )
        caption = CaptionDisplay(screen, session, runs, self)
        self.presentation.changed.connect(caption.refresh)
        self._window = screen.window
        for key, act in (
            ("text_larger", text_size.larger),
            ("text_smaller", text_size.smaller),
            ("text_normal", text_size.reset),
            ("keys", self.presentation.show_keys),
            ("stop", self.presentation.escape),
            ("mathematics", self._toggle_mathematics),
        ):
            actions[key].triggered.connect(act)
        theming.theme_changed.connect(screen.caption.set_theme)
        theming.theme_changed.connect(self.pointing.laser.set_theme)

    def _toggle_mathematics(self) -> None:
        self._window.toggle_dock("Mathematics")
        if self.presentation.on:
            self._window.fit_docks()  # equations in large letters need a wide panel
