"""The numbers of the step that everything shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number, format_signed

__all__ = ["StepNumbers", "StepPanel"]

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class StepNumbers:
    """What the panel shows of one run at one step.

    Attributes
    ----------
    step : int
    params, gradient : ndarray, shape (d,)
    loss : float
    taken : ndarray, shape (d,), or None
        The step that led here; None at the start.
    """

    step: int
    params: FloatArray
    gradient: FloatArray
    loss: float
    taken: FloatArray | None


class StepPanel(QFrame):
    """A small table: each parameter with its derivative and the step just taken."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._parameters: tuple[str, ...] = ()
        self._cells: dict[tuple[str, str], QLabel] = {}
        self._empty = QLabel("No run yet: click the landscape to start one.")
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(4)
        for column in (1, 2, 3):
            self._table.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._empty)
        layout.addLayout(self._table)
        layout.addStretch(1)

    def set_parameters(self, names: tuple[str, ...]) -> None:
        """Make a row for each parameter."""
        if names == self._parameters:
            return
        self._parameters = names
        while self._table.count():
            widget = self._table.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        self._cells = {}
        for column, title in enumerate(("", "value", "slope", "last step")):
            self._table.addWidget(_muted(title), 0, column, _RIGHT)
        for row, name in enumerate(names, start=1):
            self._table.addWidget(_muted(name), row, 0)
            for column, kind in enumerate(("value", "slope", "taken"), start=1):
                self._add(name, kind, row, column)
        bottom = len(names) + 1
        self._table.setRowMinimumHeight(bottom, 8)
        totals = (("loss", "loss"), ("|∇f|", "length of the gradient"), ("|step|", "its length"))
        for row, (name, tip) in enumerate(totals, start=bottom + 1):
            label = _muted(name)
            label.setToolTip(tip)
            self._table.addWidget(label, row, 0)
            self._add(name, "total", row, 1)

    def show_numbers(self, numbers: StepNumbers | None) -> None:
        """Show the numbers of a step; None when there is no run."""
        self._empty.setVisible(numbers is None)
        for label in self._cells.values():
            label.setText("")
        if numbers is None:
            return
        for axis, name in enumerate(self._parameters):
            self._set(name, "value", format_number(float(numbers.params[axis])))
            self._set(name, "slope", format_number(float(numbers.gradient[axis])))
            if numbers.taken is not None:
                self._set(name, "taken", format_signed(float(numbers.taken[axis])))
        self._set("loss", "total", format_number(numbers.loss))
        self._set("|∇f|", "total", format_number(_length(numbers.gradient)))
        if numbers.taken is not None:
            self._set("|step|", "total", format_number(_length(numbers.taken)))

    def text(self, row: str, column: str) -> str:
        """Return what a cell shows, for example ``text("x", "slope")``."""
        return self._cells[row, column].text()

    def _add(self, name: str, kind: str, row: int, column: int) -> None:
        label = QLabel()
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cells[name, kind] = label
        self._table.addWidget(label, row, column, _RIGHT)

    def _set(self, name: str, kind: str, text: str) -> None:
        self._cells[name, kind].setText(text)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    return label


def _length(vector: FloatArray) -> float:
    return float((vector**2).sum() ** 0.5)
