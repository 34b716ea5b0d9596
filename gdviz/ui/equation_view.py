"""Equations in a frame that scrolls, brought up to date without a pause."""

from __future__ import annotations

import time
from abc import abstractmethod

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from gdviz.ui.math_sheet import LineGroups, MathSheet
from gdviz.ui.tips import explain
from gdviz.ui.typeset import is_loaded
from gdviz.views.theme import Theme

__all__ = ["EquationView"]

_EVERY_MS = 30
_FIRST_MS = 600
_AGAIN_MS = 100
_BUDGET = 0.008
_SHARE = 1
_SCROLL_BAR = 12


class EquationView(QScrollArea):
    """Equations that follow the theme and the font size; copied as LaTeX.

    Nothing is typeset while it is hidden. Of a quick succession of changes only some are
    shown, and typesetting gives way to the window's events every few milliseconds and never
    takes more than half of the time.

    Parameters
    ----------
    between : int
        Pixels between groups of equations.
    bar : int
        How much of the width is left to the scroll bar.

    Attributes
    ----------
    patience : float
        For how many seconds it waits for somebody else to load the typesetter, in another
        thread, before it does so itself.
    """

    def __init__(self, between: int, bar: int = _SCROLL_BAR) -> None:
        super().__init__()
        self._bar = bar
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        explain(self, "Right-click, or press Ctrl+C, to copy the equations as LaTeX.")
        self.setAccessibleName("Equations")
        self.sheet = MathSheet(between)
        self.setWidget(self.sheet)
        self._coming: LineGroups | None = None
        self._stale = False
        self._spent = self._rested = 0.0
        self.patience = 0.0
        self._asked_at: float | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._refresh)

    @abstractmethod
    def _groups(self) -> LineGroups:
        """Return the equations that should be shown now."""

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.sheet.set_theme(theme)

    def latex(self) -> str:
        """Return all equations as LaTeX, one in a line."""
        return "\n".join(line.latex for line in self.sheet.lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.set_room(self.width() - self._bar)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._request()

    def hideEvent(self, event: QHideEvent) -> None:
        self._due.stop()
        self._coming = None
        super().hideEvent(event)

    def _request(self) -> None:
        """Have other equations shown, soon."""
        self._stale = True
        if self.isVisible() and not self._due.isActive():
            self._due.start(self._wait())

    @Slot()
    def _refresh(self) -> None:
        if not is_loaded() and self._is_patient():
            self._due.start(_AGAIN_MS)
            return
        if self._coming is None:
            self._stale = False
            self._coming = self._groups()
        begun = time.perf_counter()
        done = self.sheet.prepare(self._coming, _BUDGET)
        self._spent += time.perf_counter() - begun
        if not done:
            self._due.start(0)
            return
        self.sheet.set_groups(self._coming)
        self._coming = None
        self._rested = time.perf_counter() + _SHARE * self._spent
        self._spent = 0.0
        if self._stale:
            self._due.start(self._wait())

    def _is_patient(self) -> bool:
        now = time.perf_counter()
        self._asked_at = self._asked_at or now
        return now - self._asked_at < self.patience

    def _wait(self) -> int:
        """Return after how many milliseconds to go on."""
        if not is_loaded():
            return _FIRST_MS  # the typesetter takes a while to load: a first picture goes before
        return max(_EVERY_MS, round(1000 * (self._rested - time.perf_counter())))
