"""A word on a colored ground."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QLabel

from gdviz.views.theme import Theme

__all__ = ["Badge", "Severity"]

Severity = Literal["good", "attention", "bad", "neutral"]

_MARKS: dict[Severity, str] = {"good": "✓", "attention": "!", "bad": "✕", "neutral": "•"}


class Badge(QLabel):
    """A word with a mark and a color that say how serious it is.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._severity: Severity = "neutral"
        self.setContentsMargins(8, 2, 8, 2)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._color()

    def show_word(self, word: str, severity: Severity) -> None:
        """Show a word; nothing where it is empty."""
        text = f"{_MARKS[severity]} {word}" if word else ""
        if text != self.text():
            self._severity = severity
            self.setText(text)
            self.setAccessibleName(word)
            self._color()

    def _color(self) -> None:
        theme = self._theme
        color = {
            "good": theme.partials[1],
            "attention": theme.tangent,
            "bad": theme.warning,
            "neutral": theme.muted,
        }[self._severity]
        ground = "transparent" if not self.text() else theme.field
        edge = "transparent" if not self.text() else color
        self.setStyleSheet(
            f"color: {color}; background: {ground}; border: 1px solid {edge};"
            "border-radius: 6px; font-weight: 600;"
        )
