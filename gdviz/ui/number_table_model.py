"""One run's numbers as rows of a table, read from the trajectory's arrays when asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gdviz.engine import Trajectory
from gdviz.numbers import format_number

__all__ = ["NumberTableModel"]

_Index = QModelIndex | QPersistentModelIndex
_Kind = Literal["step", "param", "loss", "partial", "slope", "moved"]
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Column:
    """What stands in a column; `axis` is the parameter, where it is of one."""

    kind: _Kind
    title: str
    tip: str
    axis: int = 0


class NumberTableModel(QAbstractTableModel):
    """Step, parameters, loss, partial derivatives, |∇f| and |step| of one run.

    No row exists before it is looked at: a million of them take no more memory than their
    trajectory.
    """

    def __init__(self) -> None:
        super().__init__()
        self._trajectory: Trajectory | None = None
        self._run = 0
        self._rows = 0
        self._parameters: tuple[str, ...] = ()
        self._columns: tuple[_Column, ...] = ()
        self._current = -1

    @property
    def current(self) -> int:
        """The row of the step that everything shows; −1 for none."""
        return self._current

    @property
    def titles(self) -> list[str]:
        """What stands above the columns."""
        return [column.title for column in self._columns]

    def step(self, row: int) -> int:
        """Return the step of a row."""
        assert self._trajectory is not None
        return int(self._trajectory.steps[row])

    def row_of(self, step: int) -> int:
        """Return the row of a step, or of the last one before it; −1 if there are none."""
        if self._trajectory is None:
            return -1
        return min(max(self._trajectory.record_at(step), 0), self._rows - 1)

    def set_trajectory(
        self, trajectory: Trajectory | None, parameters: Sequence[str], run: int
    ) -> bool:
        """Show a run of a trajectory.

        Parameters
        ----------
        trajectory : Trajectory or None
        parameters : sequence of str
            Their names.
        run : int
            Which of the trajectory's runs.

        Returns
        -------
        bool
            Whether it is what was shown before, perhaps with more steps; its rows then
            stay, and others are added.
        """
        names = tuple(parameters)
        if trajectory is not None and self._continues(trajectory, names, run):
            rows = _shown(trajectory, run)
            before, self._trajectory, self._run = self._rows, trajectory, run
            if rows > before:
                self.beginInsertRows(_NOWHERE, before, rows - 1)
                self._rows = rows
                self.endInsertRows()
            else:
                self._tell_changed(0, rows - 1)
            return True
        self.beginResetModel()
        self._trajectory, self._run = trajectory, run
        self._rows = 0 if trajectory is None else _shown(trajectory, run)
        if names != self._parameters:
            self._parameters, self._columns = names, _columns(names)
        self._current = -1
        self.endResetModel()
        return False

    def set_current(self, row: int) -> None:
        """Highlight a row, and no other."""
        before, self._current = self._current, row
        for changed in {before, row} if before != row else ():
            if 0 <= changed < self._rows:
                self._tell_changed(changed, changed)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def text(self, row: int, number: int) -> str:
        """Return what stands in a row of a column; empty where there is no number."""
        column = self._columns[number]
        value = self._value(row, column)
        if value is None:
            return ""
        return f"{value:,.0f}" if column.kind == "step" else format_number(value)

    def texts(self, number: int, rows: NDArray[np.int64]) -> list[str]:
        """Return a column's numbers in some rows, exact to the last bit.

        Parameters
        ----------
        number : int
            The column.
        rows : ndarray of int, shape (k,)

        Returns
        -------
        list of str
            k numbers as Python writes them; empty where there is none.
        """
        assert self._trajectory is not None
        made, run, column = self._trajectory, self._run, self._columns[number]
        if column.kind == "step":
            return [str(step) for step in made.steps[rows].tolist()]
        if column.kind == "param":
            values = made.params[rows, run, column.axis]
        elif column.kind == "loss":
            values = made.loss[rows, run]
        elif column.kind == "partial":
            values = made.gradient[rows, run, column.axis]
        elif column.kind == "slope":
            values = np.hypot.reduce(made.gradient[rows, run], axis=-1)
        else:
            taken = (rows > 0) & (made.steps[rows] - made.steps[rows - 1] == 1)
            with np.errstate(all="ignore"):
                moves = made.params[rows, run] - made.params[rows - 1, run]
            lengths = np.hypot.reduce(moves, axis=-1)
            pairs = zip(lengths.tolist(), taken.tolist(), strict=True)
            return [repr(length) if known else "" for length, known in pairs]
        return [repr(value) for value in values.tolist()]

    def _value(self, row: int, column: _Column) -> float | None:
        """Return one number; None for a step that nobody took or that was not kept."""
        assert self._trajectory is not None
        made, run = self._trajectory, self._run
        if column.kind == "step":
            return int(made.steps[row])
        if column.kind == "param":
            return float(made.params[row, run, column.axis])
        if column.kind == "loss":
            return float(made.loss[row, run])
        if column.kind == "partial":
            return float(made.gradient[row, run, column.axis])
        if column.kind == "slope":
            return math.hypot(*made.gradient[row, run].tolist())
        if row == 0 or made.steps[row] - made.steps[row - 1] != 1:
            return None
        here, before = made.params[row, run].tolist(), made.params[row - 1, run].tolist()
        return math.hypot(*(a - b for a, b in zip(here, before, strict=True)))

    def _continues(self, trajectory: Trajectory, names: tuple[str, ...], run: int) -> bool:
        """Tell whether a trajectory begins with all that is shown."""
        shown, rows = self._trajectory, self._rows
        if shown is None or names != self._parameters or _shown(trajectory, run) < rows:
            return False
        if trajectory.params.shape[2] != shown.params.shape[2]:
            return False
        return all(
            trajectory.steps[row] == shown.steps[row]
            and np.array_equal(trajectory.params[row, run], shown.params[row, self._run])
            for row in (0, rows // 2, rows - 1)
        )

    def _tell_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))


def _shown(trajectory: Trajectory, run: int) -> int:
    """Return how many records of a run are steps that it took."""
    return min(trajectory.records, trajectory.record_at(trajectory.last_step[run]) + 1)


def _columns(names: tuple[str, ...]) -> tuple[_Column, ...]:
    return (
        _Column("step", "step", "The step, counted from 0, the start."),
        *(
            _Column("param", name, f"The value of {name} after this step.", axis)
            for axis, name in enumerate(names)
        ),
        _Column("loss", "loss", "The height of the landscape there."),
        *(
            _Column("partial", f"∂f/∂{name}", f"How the loss changes along {name} alone.", axis)
            for axis, name in enumerate(names)
        ),
        _Column("slope", "|∇f|", "The length of the gradient: how steep it is."),
        _Column("moved", "|step|", "How far the step that led here went."),
    )
