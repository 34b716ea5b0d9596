"""Everything that explains: the help, the hint of the first launch, the words in empty plots."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdviz.app.conductor import Conductor
from gdviz.app.helping import Helping
from gdviz.app.playback_control import PlaybackControl
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.app.vacancy import Vacancy
from gdviz.app.welcome import Welcome
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.settings import Settings

__all__ = ["Guidance"]

_UNHURRIED = 0.25  # of the usual speed: a newcomer sees single steps


class Guidance(QObject):
    """Makes what explains, and the hint for those who have never been here.

    Attributes
    ----------
    helping : Helping
    welcome : Welcome or None
        None unless it is still to be told where to click.
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        actions: Actions,
        theming: Theming,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._actions = actions
        self._theming = theming
        self.helping = Helping(screen, actions, theming, self)
        self.welcome: Welcome | None = None
        Vacancy(screen, session, self)

    def greet(self, settings: Settings, playback: PlaybackControl) -> None:
        """Say once where to click, and let the first descent walk."""
        if settings.welcomed:
            return
        self.welcome = Welcome(
            self._screen,
            self._session,
            self._conductor,
            self._actions,
            self.helping,
            self._theming,
            settings,
            self,
        )
        playback.set_speed(_UNHURRIED)
