"""What is drawn over the plots on demand, and how the history is drawn."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.experiment.look import Look
from gdviz.experiment.overlays import OVERLAYS
from gdviz.ui.actions import Actions

__all__ = ["Overlays"]

_EXCLUSIVE = ("tangent_plane", "quadratic")
_OF_ARROWS = ("downhill_arrows", "equal_arrows")


class Overlays(QObject):
    """Keeps the switches of one thing in step, wherever they stand.

    Signals
    -------
    changed()
        Others are shown.
    """

    changed = Signal()

    def __init__(
        self, screen: Screen, actions: Actions, runs: RunDisplay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._actions = actions
        self._runs = runs
        self._shown: frozenset[str] = frozenset()
        self._quantity, self._log = "loss", (False, True)
        for name in OVERLAYS:
            actions[name].triggered.connect(lambda on, overlay=name: self.show(overlay, shown=on))
        screen.verdict.eigen_directions_picked.connect(
            lambda on: self.show("eigen_directions", shown=on)
        )
        screen.update.arrows_picked.connect(lambda on: self.show("components", shown=on))
        screen.history_controls.quantity_picked.connect(self.show_quantity)
        screen.history_controls.log_picked.connect(self.show_log)
        self._show_history()
        self._show()

    @property
    def shown(self) -> frozenset[str]:
        """The names of those that are drawn, of `gdviz.experiment.overlays.OVERLAYS`."""
        return self._shown

    def show(self, name: str, *, shown: bool) -> None:
        """Draw one of the overlays, or not.

        The tangent plane and the quadratic model exclude each other; who asks for another kind
        of arrows wants to see them.
        """
        names = {name} | ({"arrows"} if name in _OF_ARROWS else set())
        rivals = set(_EXCLUSIVE) - {name} if name in _EXCLUSIVE else set()
        self.show_only((self._shown | names) - rivals if shown else self._shown - {name})

    def show_only(self, names: frozenset[str]) -> None:
        """Draw these overlays and no others."""
        if names != self._shown:
            self._shown = frozenset(names)
            self._show()
            self.changed.emit()
        else:
            self._show_switches()

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

    @property
    def look(self) -> Look:
        """What is drawn over the views, and how the history is drawn."""
        drawn = tuple(name for name in OVERLAYS if name in self._shown)
        return Look(overlays=drawn, quantity=self._quantity, log=self._log)

    def _show(self) -> None:
        self._show_switches()
        screen = self._screen
        for view in (screen.contour, screen.surface, screen.curve, screen.beside):
            view.set_overlays(self._shown)
        self._runs.show_components("components" in self._shown)

    def _show_switches(self) -> None:
        for name in OVERLAYS:
            self._actions[name].setChecked(name in self._shown)
        self._screen.verdict.show_eigen_directions("eigen_directions" in self._shown)
        self._screen.update.show_arrows("components" in self._shown)

    def _show_history(self) -> None:
        self._screen.history_controls.show_state(self._quantity, *self._log)
        self._screen.history.set_quantity(self._quantity)
        self._screen.history.set_log(*self._log)
