"""A button that starts several optimizers at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gdviz.optimizers import OPTIMIZERS
from gdviz.ui.icons import icon
from gdviz.ui.optimizer_box import grouped_optimizers, optimizer_tip
from gdviz.ui.text_scale import text_scale
from gdviz.ui.tips import explain, wrapped
from gdviz.views.theme import Theme

__all__ = ["DEFAULT_RACE", "RaceButton"]

DEFAULT_RACE = ("gd", "momentum", "nesterov", "rmsprop", "adam", "newton")
_KEY = "(Ctrl+Shift+R)"
_NOBODY = "Choose who races: no optimizer is checked."


class RaceButton(QToolButton):
    """Starts the optimizers that are checked in its menu where the current run starts.

    Signals
    -------
    race_wanted(tuple of str)
        The keys of the optimizers that are checked, at least one.
    keys_picked(tuple of str)
        Others are checked, by the user's hand.
    """

    race_wanted = Signal(object)
    keys_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setText("Race")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Race")
        self._menu = _StayingMenu(self)
        self._menu.setAccessibleName("Optimizers in the race")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self.complete)
        self._entries: dict[str, QAction] = {}
        self._keys: tuple[str, ...] = ()
        self._theme: Theme | None = None
        self.setMenu(self._menu)
        self.clicked.connect(self._on_clicked)
        self.set_keys(DEFAULT_RACE)

    @property
    def keys(self) -> tuple[str, ...]:
        """The optimizers that are checked, in the menu's order."""
        return self._keys

    def set_keys(self, keys: Iterable[str]) -> None:
        """Check some optimizers and no others, without telling of it; unknown keys are left out."""
        chosen = set(keys)
        self._keys = tuple(key for key in OPTIMIZERS if key in chosen)
        for key, entry in self._entries.items():
            entry.setChecked(key in chosen)
        self._say()

    @Slot()
    def complete(self) -> None:
        """Fill the menu, which loads all optimizers; done as soon as somebody comes near."""
        if self._entries:
            return
        for title, kinds in grouped_optimizers().items():
            self._menu.addSection(title)
            for kind in kinds:
                entry = self._menu.addAction(kind.title.replace("&", "&&"))
                entry.setToolTip(wrapped(optimizer_tip(kind)))
                entry.setCheckable(True)
                entry.setChecked(kind.key in self._keys)
                entry.triggered.connect(self._on_checked)
                self._entries[kind.key] = entry
        self._say()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.complete()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.complete()
        super().focusInEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Recolor the icon."""
        self._theme = theme
        self.setIcon(icon("flag", theme, text_scale(self)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._theme is not None:
            self.set_theme(self._theme)

    def _say(self) -> None:
        """Name those who race in the tooltip."""
        names = [entry.text() for entry in self._entries.values() if entry.isChecked()]
        named = ", ".join(names).replace("&&", "&") or "the checked optimizers"
        told = f"Start {named} where the current run starts, each at a rate that suits it."
        explain(self, f"{told} {_KEY}" if self._keys else _NOBODY, "race")

    @Slot()
    def _on_checked(self) -> None:
        self._keys = tuple(key for key, entry in self._entries.items() if entry.isChecked())
        self._say()
        self.keys_picked.emit(self._keys)

    @Slot()
    def _on_clicked(self) -> None:
        if self.keys:
            self.race_wanted.emit(self.keys)
        else:
            self.showMenu()


class _StayingMenu(QMenu):
    """A menu that stays open while its entries are checked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        entry = self.actionAt(event.position().toPoint())
        if not self._check(entry):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys or not self._check(self.activeAction()):
            super().keyPressEvent(event)

    @staticmethod
    def _check(entry: QAction | None) -> bool:
        if entry is None or not entry.isCheckable():
            return False
        entry.trigger()
        return True
