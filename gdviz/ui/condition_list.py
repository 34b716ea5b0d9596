"""What a lesson's step asks one to do, each with a tick once it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdviz.ui.tick_mark import TickMark
from gdviz.views.theme import LIGHT, Theme

__all__ = ["ConditionList"]


class ConditionList(QWidget):
    """A row for each condition."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    @property
    def done(self) -> list[bool]:
        """For each row whether it has its tick."""
        return [row.mark.done for row in self._rows]

    @property
    def words(self) -> list[str]:
        """What the rows say."""
        return [row.label.text() for row in self._rows]

    def set_conditions(self, words: Sequence[str]) -> None:
        """Show these, none of them done yet."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(each) for each in words]
        for row in self._rows:
            row.mark.set_theme(self._theme)
            self._layout.addWidget(row)
        self.setVisible(bool(words))

    def show_held(self, held: Collection[int]) -> None:
        """Tick the rows at these places."""
        for number, row in enumerate(self._rows):
            row.show_done(number in held)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        for row in self._rows:
            row.mark.set_theme(theme)


class _Row(QWidget):
    """A mark and the words beside it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.mark = TickMark()
        self.label = QLabel(words)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        self.show_done(False)

    def show_done(self, done: bool) -> None:
        self.mark.show_done(done)
        self.label.setAccessibleName(f"{'Done' if done else 'To do'}: {self.label.text()}")
