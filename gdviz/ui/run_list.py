"""The list of runs: which one is looked at, which are shown, what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from gdviz.experiment import Experiment
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.race_button import RaceButton
from gdviz.ui.run_list_model import RunListModel, RunSummary
from gdviz.ui.run_table import RunTable
from gdviz.ui.tips import wrapped
from gdviz.views.theme import Theme

__all__ = ["RunList", "RunSummary"]

_TOOLS = ("many_starts", "duplicate", "solo", "remove")
_MENU = (
    *("rename", "duplicate", "hide", "solo", None),
    *("move_up", "move_down", None),
    *("many_starts", None, "remove"),
)
_NEEDS_RUNS = ("rename", "duplicate", "hide", "solo", "remove")
_NEEDS_TWO = ("move_up", "move_down")


class RunList(QFrame):
    """A card with a row of tools above a table of runs.

    Parameters
    ----------
    actions : mapping of str to QAction
        By key: ``"duplicate"``, ``"remove"``, ``"solo"`` (checkable), ``"many_starts"``,
        ``"rename"``, ``"hide"``, ``"move_up"``, ``"move_down"``. The list shows them, enables
        those that make sense, and shows whether solo is on. Of what they do it tells solo
        only; `edit_name` and `toggle_shown` are there for others to be connected to.

    Signals
    -------
    selection_picked(tuple of int)
        Rows of runs, the current one first; only by the user's hand.
    shown_picked(tuple of int, bool)
        Rows that are to be shown or hidden.
    renamed(int, str)
        A row and its name, perhaps an empty one.
    moved(int)
        The selected runs are to go down the list by so many places.
    solo_picked(bool)
        Whether nothing but the selected runs is to be shown.
    """

    selection_picked = Signal(object)
    shown_picked = Signal(object, bool)
    renamed = Signal(int, str)
    moved = Signal(int)
    solo_picked = Signal(bool)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._actions = actions
        self._count = QLabel()
        self._count.setObjectName("muted")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._empty = EmptyState("No runs.", NO_RUN)
        self.race = RaceButton()
        self.tools: dict[str, QToolButton] = {}
        self._model = RunListModel()
        self.table = RunTable(self._model)
        self._menu = self._made_menu()
        self._lay_out()
        self.table.selection_picked.connect(self._on_selection)
        self.table.shown_picked.connect(self.shown_picked)
        self.table.moved.connect(self.moved)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self._model.renamed.connect(self.renamed)
        actions["solo"].triggered.connect(self.solo_picked)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the runs and which of them are selected, without telling of it."""
        self._model.set_experiment(experiment)
        row = experiment.current_row
        others = tuple(r for r in experiment.selection if r != row and r < len(experiment.runs))
        self.table.show_selection(() if row is None else (row, *others))
        runs = len(experiment.runs)
        self._empty.setVisible(not runs)
        self.table.setVisible(self._model.rowCount() > 0)
        self._actions["solo"].setChecked(experiment.view.solo)
        for keys, least in ((_NEEDS_RUNS, 1), (_NEEDS_TWO, 2)):
            for key in keys:
                self._actions[key].setEnabled(runs >= least)
        self._say()

    def set_summaries(self, summaries: Sequence[RunSummary | None]) -> None:
        """Show how the runs ended, then the recorded ones; None where nothing is known yet."""
        self._model.set_summaries(summaries)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.race.set_theme(theme)
        self.table.set_theme(theme)

    @Slot()
    def edit_name(self) -> None:
        """Let the current run's name be typed."""
        self.table.edit_name()

    @Slot()
    def toggle_shown(self) -> None:
        """Tell that the selected runs are to be hidden, or shown if all are hidden."""
        self.table.toggle_shown()

    def _lay_out(self) -> None:
        tools = FlowLayout(gap=0)
        tools.add(self.race)
        tools.add(self._count, stretch=True)
        for key in _TOOLS:
            button = QToolButton()
            button.setDefaultAction(self._actions[key])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self._actions[key].text().replace("&", "").rstrip("…"))
            self.tools[key] = button
            tools.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addLayout(tools)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for key in _MENU:
            if key is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[key])
        return menu

    def _say(self) -> None:
        """Tell how many runs there are, and how many are selected if more than one."""
        runs, chosen = self._model.runs, len(self.table.selection)
        picked = f"{chosen:,} / {runs:,}" if chosen > 1 else f"{runs:,}"
        self._count.setText(picked if runs > 1 else "")
        told = f"{chosen:,} of {runs:,} runs are selected." if chosen > 1 else f"{runs:,} runs."
        self._count.setToolTip(wrapped(told))

    @Slot(object)
    def _on_selection(self, rows: tuple[int, ...]) -> None:
        self._say()
        self.selection_picked.emit(rows)

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        self._menu.popup(self.table.viewport().mapToGlobal(at))
