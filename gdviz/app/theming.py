"""Light or dark: as the system is, or as the user wants it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gdviz.ui.palette import palette
from gdviz.ui.settings import Settings
from gdviz.views.contrast import high_contrast
from gdviz.views.theme import DARK, LIGHT, THEMES, Theme

__all__ = ["Theming"]


class Theming(QObject):
    """Chooses the theme and follows the system's.

    Signals
    -------
    theme_changed(Theme)
    """

    theme_changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._contrast = False
        self._choice = settings.theme if settings.theme in THEMES else "system"
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> str:
        """``"system"``, ``"light"`` or ``"dark"``."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        theme = THEMES.get(self._choice, DARK if dark else LIGHT)
        return high_contrast(theme) if self._contrast else theme

    def set_contrast(self, high: bool) -> None:
        """Color everything for a projector, or for a screen."""
        self._contrast = high
        self.apply()

    def choose(self, choice: str) -> None:
        """Use a theme from now on, or follow the system."""
        self._choice = choice
        self._settings.theme = choice
        self.apply()

    def toggle(self) -> None:
        """Change to the other theme."""
        self.choose("light" if self.theme.dark else "dark")

    def apply(self) -> None:
        """Color the application and tell everyone."""
        colors = palette(self.theme)
        if QApplication.palette() != colors:
            QApplication.setPalette(colors)
        self.theme_changed.emit(self.theme)

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self.apply()
