"""Making the page of learning rates when it is first wanted, and not when the window opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from gdviz.app.lectern import Lectern
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming

if TYPE_CHECKING:
    from gdviz.app.sweep_display import SweepDisplay

__all__ = ["SweepDoor"]

_PAGE = "sweep"


class SweepDoor(QObject):
    """Leads to the page: by its button, its key, or because an experiment shows it.

    Parameters
    ----------
    screen : Screen
    action : QAction
        That enlarges the page.
    lectern : Lectern
    theming : Theming
    make : callable
        Makes what computes and shows.
    """

    def __init__(
        self,
        screen: Screen,
        action: QAction,
        lectern: Lectern,
        theming: Theming,
        make: Callable[[], SweepDisplay],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._lectern = lectern
        self._theming = theming
        self._make = make
        self._display: SweepDisplay | None = None
        screen.companions.page_wanted.connect(self._on_page_wanted)
        action.triggered.connect(self._on_enlarge)

    @property
    def made(self) -> bool:
        """Whether it has been wanted yet."""
        return self._display is not None

    @property
    def display(self) -> SweepDisplay:
        """What computes and shows; it is made by asking for it."""
        if self._display is None:
            self._display = made = self._make()
            theme = self._theming.theme
            made.view.set_theme(theme)
            made.canvas.set_theme(theme)
            self._screen.later[_PAGE] = (made.view, made.canvas)
            self._screen.companions.add(_PAGE, made.canvas)
            self._lectern.staging.add(_PAGE)
            self._lectern.pointing.add(made.canvas)
        return self._display

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        if self._display is not None:
            self._display.stop()

    @Slot(str)
    def _on_page_wanted(self, page: str) -> None:
        if page == _PAGE:
            self.display.refresh()

    @Slot()
    def _on_enlarge(self) -> None:
        if not self.made:
            self.display.refresh()
        self._lectern.staging.stage.toggle(_PAGE)
