"""What the program remembers between launches."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

__all__ = ["Settings"]

_LAYOUT_VERSION = 3


class Settings:
    """The window's layout and the theme, in Qt's own settings store.

    Parameters
    ----------
    store : QSettings
    """

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def theme(self) -> str:
        """``"system"``, ``"light"`` or ``"dark"``."""
        return str(self._store.value("theme", "system"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def folder(self) -> str:
        """Where files were last opened; empty for the system's own choice."""
        return str(self._store.value("folder", ""))

    @folder.setter
    def folder(self, path: str) -> None:
        self._store.setValue("folder", path)

    @property
    def racers(self) -> tuple[str, ...]:
        """The optimizers that race; empty if nobody has chosen any."""
        return tuple(filter(None, str(self._store.value("racers", "")).split(",")))

    @racers.setter
    def racers(self, keys: Iterable[str]) -> None:
        self._store.setValue("racers", ",".join(keys))

    @property
    def welcomed(self) -> bool:
        """Whether the hint of the first launch has done its work."""
        return str(self._store.value("welcomed", "false")) in ("true", "True")

    @welcomed.setter
    def welcomed(self, done: bool) -> None:
        self._store.setValue("welcomed", done)

    def restore_layout(self, window: QMainWindow) -> None:
        """Bring a window back to where it was; it stays as it is at the first launch."""
        geometry, state = self._store.value("geometry"), self._store.value("layout")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            window.restoreState(state, _LAYOUT_VERSION)

    def save_layout(self, window: QMainWindow) -> None:
        """Remember where a window is."""
        self._store.setValue("geometry", window.saveGeometry())
        self._store.setValue("layout", window.saveState(_LAYOUT_VERSION))
        self._store.sync()
