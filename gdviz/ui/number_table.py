"""The numbers of one run, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout

from gdviz.engine import Trajectory
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.number_grid import NumberGrid
from gdviz.ui.number_table_model import NumberTableModel
from gdviz.ui.tips import explain
from gdviz.views.theme import Theme

__all__ = ["NumberTable"]


class NumberTable(QFrame):
    """A card with a table of a run's numbers, however many there are.

    Signals
    -------
    step_picked(int)
        A step to go to.
    """

    step_picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._step = 0
        self._model = NumberTableModel()
        self.grid = NumberGrid(self._model)
        self.grid.step_picked.connect(self.step_picked)
        self.grid.copied.connect(self._on_copied)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.follow = _button(
            "Follow", "Keep the step that everything shows in view while it plays."
        )
        self.follow.setCheckable(True)
        self.follow.toggled.connect(self.set_following)
        self.copy_all = _button(
            "Copy all", "Copy all rows, as a table for spreadsheets and other programs."
        )
        self.copy_all.clicked.connect(self.grid.copy_all)
        self._note, self._warning = _line("muted"), _line("error")
        self._empty = EmptyState("No numbers yet.", NO_RUN)
        self._menu = self._made_menu()
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 4, 0)
        top.setSpacing(4)
        top.addStretch(1)
        top.addWidget(self.follow)
        top.addWidget(self.copy_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        for line in (self._note, self._warning):
            layout.addWidget(line)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.grid, 1)
        layout.addStretch(0)
        self.set_trajectory(None, (), 0)

    @property
    def warning(self) -> str:
        """What was left out when copying; empty if nothing was."""
        return self._warning.text()

    def set_trajectory(
        self, trajectory: Trajectory | None, parameters: Sequence[str], row: int
    ) -> None:
        """Show a run; one that has grown keeps its place.

        Parameters
        ----------
        trajectory : Trajectory or None
        parameters : sequence of str
            The names of the parameters.
        row : int
            Which of the trajectory's runs.
        """
        if not self._model.set_trajectory(trajectory, parameters, row):
            self.grid.begin_anew()
            self._tell(self._warning, "")
        self._tell(self._note, "" if trajectory is None else trajectory.thinned)
        self._empty.setVisible(trajectory is None)
        self.grid.setVisible(trajectory is not None)
        self.follow.setEnabled(trajectory is not None)
        self.copy_all.setEnabled(trajectory is not None)
        self.grid.show_row(self._model.row_of(self._step))

    def set_step(self, step: int) -> None:
        """Highlight the step that everything shows."""
        self._step = step
        self.grid.show_row(self._model.row_of(step))

    @Slot(bool)
    def set_following(self, on: bool) -> None:
        """Keep the highlighted row in view wherever the user scrolls, or leave that to them."""
        self.follow.setChecked(on)
        self.grid.following = on
        if on:
            self.grid.scroll_to_current()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.grid.set_theme(theme)

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        copy = QAction("&Copy", menu)
        # Shown only: the table itself listens to the key.
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.grid.copy_selected)
        everything = QAction("Copy &all", menu)
        everything.triggered.connect(self.grid.copy_all)
        menu.addActions([copy, everything])
        return menu

    @staticmethod
    def _tell(line: QLabel, text: str) -> None:
        line.setText(text)
        line.setVisible(bool(text))

    @Slot(int, int)
    def _on_copied(self, rows: int, wanted: int) -> None:
        short = f"Only the first {rows:,} of {wanted:,} rows were copied; export a .csv for all."
        self._tell(self._warning, short if rows < wanted else "")

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        self._menu.popup(self.grid.viewport().mapToGlobal(at))


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(text)
    explain(button, tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _line(look: str) -> QLabel:
    label = QLabel()
    label.setObjectName(look)
    label.setWordWrap(True)
    label.setContentsMargins(8, 0, 8, 0)
    label.hide()
    return label
