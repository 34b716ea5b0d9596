"""The steps of a lesson as small numbered buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

__all__ = ["LessonDots"]

_IN_A_ROW = 9


class LessonDots(QWidget):
    """Shows which steps are done and which one is shown; a click goes to a step.

    Signals
    -------
    step_picked(int)
    """

    step_picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps of the lesson")
        self.buttons: list[QToolButton] = []
        self._titles: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3)

    def set_steps(self, titles: Sequence[str]) -> None:
        """Make a button for each step."""
        if tuple(titles) == self._titles:
            return
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._titles, self.buttons = tuple(titles), []
        for number in range(len(titles)):
            button = QToolButton()
            button.setObjectName("dot")
            button.setText(str(number + 1))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, step=number: self.step_picked.emit(step))
            self._grid.addWidget(button, number // _IN_A_ROW, number % _IN_A_ROW)
            self.buttons.append(button)
        self._grid.setColumnStretch(_IN_A_ROW, 1)

    def show_progress(self, current: int, done: Collection[int]) -> None:
        """Show where one is, and which steps are done.

        Parameters
        ----------
        current : int
            The step's place; one that there is none of for none.
        done : collection of int
        """
        for number, (button, title) in enumerate(zip(self.buttons, self._titles, strict=True)):
            state = "current" if number == current else "done" if number in done else "open"
            ticked = " (done)" if number in done else ""
            button.setToolTip(f"{number + 1}. {title}{ticked}")
            button.setAccessibleName(f"Step {number + 1}: {title}{ticked}")
            button.setText("✓" if state == "done" else str(number + 1))
            if button.property("state") != state:
                button.setProperty("state", state)
                button.style().unpolish(button)
                button.style().polish(button)
