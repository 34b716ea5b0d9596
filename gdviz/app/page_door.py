"""Making a page of the companions when it is first wanted, and not when the window opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from gdviz.app.lectern import Lectern
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.ui.canvas import Canvas
from gdviz.views.plot_view import PlotView

__all__ = ["Page", "PageDoor"]


class Page(Protocol):
    """What computes and shows something on a page of its own."""

    @property
    def view(self) -> PlotView:
        """What it is shown in."""

    @property
    def canvas(self) -> Canvas:
        """The card of the view."""

    def refresh(self) -> None:
        """Show what is to be seen now."""

    def stop(self) -> None:
        """End what computes; the window is about to close."""


Shown = TypeVar("Shown", bound=Page)


class PageDoor(QObject, Generic[Shown]):
    """Leads to a page: by its button, its key, or because an experiment shows it.

    Parameters
    ----------
    name : str
        Of the page, among the companions and where it is enlarged.
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
        name: str,
        screen: Screen,
        action: QAction,
        lectern: Lectern,
        theming: Theming,
        make: Callable[[], Shown],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._screen = screen
        self._lectern = lectern
        self._theming = theming
        self._make = make
        self._display: Shown | None = None
        screen.companions.page_wanted.connect(self._on_page_wanted)
        action.triggered.connect(self._on_enlarge)

    @property
    def made(self) -> bool:
        """Whether it has been wanted yet."""
        return self._display is not None

    @property
    def display(self) -> Shown:
        """What computes and shows; it is made by asking for it."""
        if self._display is None:
            self._display = made = self._make()
            theme = self._theming.theme
            made.view.set_theme(theme)
            made.canvas.set_theme(theme)
            self._screen.later[self._name] = (made.view, made.canvas)
            self._screen.companions.add(self._name, made.canvas)
            self._lectern.staging.add(self._name)
            self._lectern.pointing.add(made.canvas)
        return self._display

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        if self._display is not None:
            self._display.stop()

    @Slot(str)
    def _on_page_wanted(self, page: str) -> None:
        if page == self._name:
            self.display.refresh()

    @Slot()
    def _on_enlarge(self) -> None:
        if not self.made:
            self.display.refresh()
        self._lectern.staging.stage.toggle(self._name)
