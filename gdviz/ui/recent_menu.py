"""The files that were opened last, as a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gdviz.ui.tips import set_topic, wrapped

__all__ = ["RecentMenu"]

_MOST = 10
_NUMBERED = 9


class RecentMenu(QObject):
    """Fills a menu with files when it is about to be shown; those that are gone can't be chosen.

    Parameters
    ----------
    menu : QMenu
    clear : QAction
        In that menu: files are put above it.
    recent : callable
        Returns the paths, the newest first.

    Signals
    -------
    picked(str)
        The path that was chosen.
    """

    picked = Signal(str)

    def __init__(
        self,
        menu: QMenu,
        clear: QAction,
        recent: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._clear = clear
        self._recent = recent
        self._separator = menu.insertSeparator(clear)
        self._entries: list[QAction] = []
        menu.aboutToShow.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Show the files of now."""
        for entry in self._entries:
            self._menu.removeAction(entry)
            entry.deleteLater()
        paths = list(self._recent())
        names = [Path(path).name for path in paths]
        self._entries = [
            self._entry(number, path, clash=names.count(Path(path).name) > 1)
            for number, path in enumerate(paths[:_MOST], start=1)
        ]
        self._clear.setEnabled(bool(self._entries))
        if not self._entries:
            nothing = QAction("No files yet", self._menu)
            nothing.setEnabled(False)
            self._entries = [nothing]
        self._menu.insertActions(self._separator, self._entries)

    def _entry(self, number: int, path: str, *, clash: bool) -> QAction:
        """Return the entry of a file; its folder is named where names are the same."""
        file = Path(path)
        letter = {_NUMBERED + 1: "1&0"}.get(number, f"&{number}")
        name = (f"{file.name} — {file.parent}" if clash else file.name).replace("&", "&&")
        there = file.is_file()
        entry = QAction(f"{letter}  {name}" + ("" if there else " (not found)"), self._menu)
        entry.setEnabled(there)
        entry.setToolTip(wrapped(f"Open {path}" if there else f"There is no file {path} any more."))
        entry.setStatusTip(path)
        set_topic(entry, "saving")
        entry.triggered.connect(lambda _on=False, chosen=path: self.picked.emit(chosen))
        return entry
