"""What is drawn over the plots on demand, and how the history is drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.export.figure_spec import FigureSpec
from gdviz.ui.actions import Actions

__all__ = ["Overlays"]

_KEYS = {"eigen": "eigen_directions", "components": "components"}


class Overlays(QObject):
    """Keeps the switches of one thing in step, wherever they stand."""

    def __init__(
        self, screen: Screen, actions: Actions, runs: RunDisplay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._actions = actions
        self._runs = runs
        self._quantity, self._log = "loss", (False, True)
        screen.verdict.eigen_directions_picked.connect(self.show_eigen_directions)
        screen.update.arrows_picked.connect(self.show_components)
        actions["eigen_directions"].triggered.connect(self.show_eigen_directions)
        actions["components"].triggered.connect(self.show_components)
        screen.history_controls.quantity_picked.connect(self.show_quantity)
        screen.history_controls.log_picked.connect(self.show_log)
        self._show_history()

    @property
    def shown(self) -> frozenset[str]:
        """The names of what is drawn over the plots."""
        return frozenset(name for name, key in _KEYS.items() if self._actions[key].isChecked())

    def show(self, name: str, shown: bool) -> None:
        """Draw one of the overlays, or not; a name that there is none of changes nothing."""
        if name == "eigen":
            self.show_eigen_directions(shown)
        elif name == "components":
            self.show_components(shown)

    @Slot(bool)
    def show_eigen_directions(self, shown: bool) -> None:
        """Draw the Hessian's eigen-directions at the current point, or not."""
        self._actions["eigen_directions"].setChecked(shown)
        self._screen.verdict.show_eigen_directions(shown)
        self._screen.contour.set_eigen_directions(shown)

    @Slot(bool)
    def show_components(self, shown: bool) -> None:
        """Draw the parts of the next step as arrows, or not."""
        self._actions["components"].setChecked(shown)
        self._screen.update.show_arrows(shown)
        self._runs.show_components(shown)

    @Slot(str)
    def show_quantity(self, quantity: str) -> None:
        """Draw something else of the runs against their steps."""
        self._quantity = quantity
        self._show_history()

    @Slot(bool, bool)
    def show_log(self, x: bool, y: bool) -> None:
        """Draw the history's axes logarithmically, or not."""
        self._log = (x, y)
        self._show_history()

    def dressed(self, spec: FigureSpec) -> FigureSpec:
        """Return what a picture shows, with its history drawn as in the window."""
        return replace(spec, quantity=self._quantity, log=self._log[1])

    def _show_history(self) -> None:
        self._screen.history_controls.show_state(self._quantity, *self._log)
        self._screen.history.set_quantity(self._quantity)
        self._screen.history.set_log(*self._log)
