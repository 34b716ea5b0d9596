"""The runs of an experiment as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gdviz.experiment import Experiment, Run
from gdviz.numbers import format_number
from gdviz.ui.run_words import run_words, tip

__all__ = ["Column", "RunListModel", "RunSummary", "stretches"]

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TRACK_TIP = "Recorded elsewhere and laid over the landscape; it can't be edited."


@dataclass(frozen=True)
class RunSummary:
    """How a run ended, or how far it has come.

    Attributes
    ----------
    word : str
        The outcome in one short word, such as ``"converged"``.
    sentence : str
        The same in a sentence.
    loss : float
        The loss in the end.
    step : int
        The step at which it ended.
    """

    word: str
    sentence: str
    loss: float
    step: int


class Column(IntEnum):
    """What stands in a column."""

    EYE = 0
    NAME = 1
    LOSS = 2
    STEPS = 3
    OUTCOME = 4


_HEADERS = {
    Column.EYE: ("", "Click an eye to hide a run from the views, or to show it."),
    Column.NAME: ("Run", "The color in which it is drawn, and its name.\nDouble-click to rename."),
    Column.LOSS: ("Final loss", "The loss at the last step: how low the run has come."),
    Column.STEPS: ("Steps", "How many steps were taken until it ended."),
    Column.OUTCOME: ("Outcome", "How it ended: at rest, at its last step,\nor beyond all bounds."),
}


class RunListModel(QAbstractTableModel):
    """Reads an experiment and what is known of its runs; changes neither.

    Runs are told apart by their colors, which are all different in a list that was edited
    here: so a run that moves takes its selection, its editor and its place in view along.

    Signals
    -------
    renamed(int, str)
        A row, and what was typed as its name.
    """

    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._experiment: Experiment | None = None
        self._runs: tuple[Run, ...] = ()
        self._tracks: tuple[str, ...] = ()
        self._looks: object = None
        self._summaries: Sequence[RunSummary | None] = ()

    @property
    def runs(self) -> int:
        """The number of rows that are runs; those beneath were recorded elsewhere."""
        return len(self._runs)

    def run(self, row: int) -> Run | None:
        """Return the run of a row; None for one that was recorded."""
        return self._runs[row] if row < len(self._runs) else None

    def summary(self, row: int) -> RunSummary | None:
        """Return what is known of a row's end; None while nothing is."""
        return self._summaries[row] if row < len(self._summaries) else None

    def is_shown(self, row: int) -> bool:
        """Tell whether the views show a row."""
        if self._experiment is None or row >= min(len(self._runs), len(self._experiment.runs)):
            return True
        return self._experiment.is_shown(row)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show other runs; rows that stay are the same rows for whoever points at them."""
        tracks = tuple(track.name for track in experiment.tracks)
        before, self._experiment = self._runs, experiment
        looks_before = self._looks
        self._looks = _looks(experiment)
        if experiment.runs is not before:
            self._replace_runs(experiment.runs)
        if tracks != self._tracks:
            self._replace_tracks(tracks)
        if self._looks != looks_before:  # a start that is dragged changes nothing in the rows
            self._tell_changed()

    def set_summaries(self, summaries: Sequence[RunSummary | None]) -> None:
        """Show how the runs ended: one for each run, then one for each recorded one."""
        before, self._summaries = self._summaries, tuple(summaries)
        if self._summaries != before:
            self._tell_changed()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._runs) + len(self._tracks)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.row() >= len(self._runs):
            return Qt.ItemFlag.ItemNeverHasChildren
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NAME else flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        text, told = _HEADERS[Column(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return told
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (Column.LOSS, Column.STEPS) else _LEFT
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole and column is Column.NAME:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._words(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._eye_word(row) if column is Column.EYE else self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column is Column.NAME:
            return ". ".join(self._words(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (Column.LOSS, Column.STEPS) else _LEFT
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed as a name; it is shown once it is in the experiment."""
        row = index.row()
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value) != self._runs[row].label:
            self.renamed.emit(row, str(value))
        return True

    def _text(self, row: int, column: Column) -> str:
        if column is Column.EYE:
            return ""
        run, summary = self.run(row), self.summary(row)
        if column is Column.NAME:
            return run.label if run is not None else self._tracks[row - len(self._runs)]
        if column is Column.OUTCOME and run is None:
            return "recorded"
        if summary is None:
            return ""
        if column is Column.LOSS:
            return format_number(summary.loss)
        return f"{summary.step:,}" if column is Column.STEPS else summary.word

    def _eye_word(self, row: int) -> str:
        run = self.run(row)
        return "hidden" if run is not None and run.hidden else "shown"

    def _words(self, row: int) -> list[str]:
        run, summary = self.run(row), self.summary(row)
        if run is None:
            lines = [self._tracks[row - len(self._runs)], _TRACK_TIP]
        else:
            assert self._experiment is not None
            lines = run_words(run, self._experiment.landscape.parameters)
        if summary is not None:
            lines.append(f"Loss {format_number(summary.loss)} after {summary.step:,} steps")
            lines.append(summary.sentence)
        return lines

    def _replace_runs(self, runs: tuple[Run, ...]) -> None:
        """Take runs out, move and add some, so that those which stay keep their rows' identity."""
        if _distinct(self._runs) and _distinct(runs):
            kept = {run.color for run in runs}
            self._drop([row for row, run in enumerate(self._runs) if run.color not in kept])
            self._sort(runs)
            here = {run.color for run in self._runs}
            for first, last in stretches(
                [r for r, run in enumerate(runs) if run.color not in here]
            ):
                self.beginInsertRows(_NOWHERE, first, last)
                self._runs = (*self._runs[:first], *runs[first : last + 1], *self._runs[first:])
                self.endInsertRows()
        else:
            self._drop(list(range(len(runs), len(self._runs))))
            if len(runs) > len(self._runs):
                self.beginInsertRows(_NOWHERE, len(self._runs), len(runs) - 1)
                self._runs = runs
                self.endInsertRows()
        self._runs = runs

    def _drop(self, rows: list[int]) -> None:
        for first, last in reversed(stretches(rows)):
            self.beginRemoveRows(_NOWHERE, first, last)
            self._runs = self._runs[:first] + self._runs[last + 1 :]
            self.endRemoveRows()

    def _sort(self, runs: tuple[Run, ...]) -> None:
        """Bring the runs that there are into the order of others."""
        before = {run.color: row for row, run in enumerate(self._runs)}
        order = [before[run.color] for run in runs if run.color in before]
        if order == sorted(order):
            return
        self.layoutAboutToBeChanged.emit()
        place = {row: number for number, row in enumerate(order)}
        old = self.persistentIndexList()
        new = [self.index(place.get(index.row(), index.row()), index.column()) for index in old]
        self._runs = tuple(self._runs[row] for row in order)
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _replace_tracks(self, tracks: tuple[str, ...]) -> None:
        first = len(self._runs)
        if self._tracks:
            self.beginRemoveRows(_NOWHERE, first, first + len(self._tracks) - 1)
            self._tracks = ()
            self.endRemoveRows()
        if tracks:
            self.beginInsertRows(_NOWHERE, first, first + len(tracks) - 1)
            self._tracks = tracks
            self.endInsertRows()

    def _tell_changed(self) -> None:
        rows = self.rowCount()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(Column) - 1))


def _distinct(runs: tuple[Run, ...]) -> bool:
    return len({run.color for run in runs}) == len(runs)


def stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Return ascending rows as first and last of each unbroken stretch."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _looks(experiment: Experiment) -> object:
    """Return what of an experiment is seen in the rows."""
    solo = experiment.selection if experiment.view.solo else None
    return ([(run.label, run.color, run.hidden) for run in experiment.runs], solo)
