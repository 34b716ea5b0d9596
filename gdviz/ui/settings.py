"""What the program remembers between launches."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

__all__ = ["Layout", "Settings"]

_LAYOUT_VERSION = 4


@dataclass(frozen=True)
class Layout:
    """Where a window and its panels are, as Qt remembers it.

    Attributes
    ----------
    geometry, panels : QByteArray
        Of the window, and of its docks and toolbars.
    """

    geometry: QByteArray
    panels: QByteArray

    @classmethod
    def of(cls, window: QMainWindow) -> Layout:
        """Return a window's."""
        return cls(window.saveGeometry(), window.saveState(_LAYOUT_VERSION))

    def restore_panels(self, window: QMainWindow) -> None:
        """Put docks and toolbars back to where they were."""
        window.restoreState(self.panels, _LAYOUT_VERSION)


class Settings:
    """The window's layout, the theme, the recent files and so on, in Qt's own settings store.

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
    def recent(self) -> tuple[str, ...]:
        """The paths of the files that were opened last, the newest first."""
        try:
            paths = json.loads(str(self._store.value("recent", "[]")))
        except ValueError:
            return ()
        kept = paths if isinstance(paths, list) else []
        return tuple(path for path in kept if isinstance(path, str))

    @recent.setter
    def recent(self, paths: Iterable[str]) -> None:
        self._store.setValue("recent", json.dumps(list(paths)))

    @property
    def export(self) -> str:
        """What was asked for in the Export dialog, as text; empty if nothing was."""
        return str(self._store.value("export", ""))

    @export.setter
    def export(self, text: str) -> None:
        self._store.setValue("export", text)

    @property
    def export_folder(self) -> str:
        """Where files were last written; empty if none were."""
        return str(self._store.value("export_folder", ""))

    @export_folder.setter
    def export_folder(self, path: str) -> None:
        self._store.setValue("export_folder", path)

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

    @property
    def text_scale(self) -> float:
        """How large letters are; 1 is the usual size."""
        return self._number("text_scale", 1.0)

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._store.setValue("text_scale", scale)

    @property
    def presenting_scale(self) -> float:
        """How much larger they are when presenting."""
        return self._number("presenting_scale", 1.5)

    @presenting_scale.setter
    def presenting_scale(self, scale: float) -> None:
        self._store.setValue("presenting_scale", scale)

    @property
    def lesson(self) -> str:
        """The path of the lesson that was open last; empty if there was none."""
        return str(self._store.value("lesson", ""))

    @lesson.setter
    def lesson(self, path: str) -> None:
        self._store.setValue("lesson", path)

    @property
    def aside(self) -> tuple[str, ...]:
        """The panels that have made room for the lesson, by title."""
        return tuple(filter(None, str(self._store.value("aside", "")).split(",")))

    @aside.setter
    def aside(self, titles: Iterable[str]) -> None:
        self._store.setValue("aside", ",".join(titles))

    def learned(self, key: str) -> tuple[int, frozenset[int]]:
        """Return at which step of a lesson someone was, and the places of those that are done.

        Parameters
        ----------
        key : str
            By which the lesson is known; letters, digits and hyphens.
        """
        kept = str(self._store.value(f"learned/{key}", ""))
        numbers = [int(word) for word in kept.split(",") if word.isdecimal()]
        return (numbers[0] if numbers else 0), frozenset(numbers[1:])

    def keep_learned(self, key: str, at: int, done: Iterable[int]) -> None:
        """Remember how far someone has come with a lesson."""
        self._store.setValue(f"learned/{key}", ",".join(map(str, (at, *sorted(done)))))

    def restore_layout(self, window: QMainWindow) -> None:
        """Bring a window back to where it was; it stays as it is at the first launch."""
        geometry, state = self._store.value("geometry"), self._store.value("layout")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            window.restoreState(state, _LAYOUT_VERSION)

    def save_layout(self, layout: Layout) -> None:
        """Remember where a window and its panels are."""
        self._store.setValue("geometry", layout.geometry)
        self._store.setValue("layout", layout.panels)
        self._store.sync()

    def _number(self, key: str, usual: float) -> float:
        """Return a remembered number; the usual one if what is there isn't one."""
        try:
            number = float(str(self._store.value(key, usual)))
        except ValueError:
            return usual
        return number if math.isfinite(number) else usual
