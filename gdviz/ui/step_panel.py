"""The numbers of the step that everything shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number, format_signed
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.tips import explain, wrapped
from gdviz.ui.value_label import ValueLabel

__all__ = ["StepNumbers", "StepPanel"]

_PER_PARAMETER = (
    ("value", "Where the run stands at this step."),
    (
        "slope",
        "The partial derivative: how the loss changes along this parameter alone.",
    ),
    ("last step", "What the step that led here added to the parameter."),
)
_OF_THE_POINT = (
    ("loss", "The height of the landscape here."),
    ("|∇f|", "The length of the gradient: how steep it is, straight uphill."),
    ("|step|", "How far the step that led here went."),
)
_WIDEST = "−8.888×10⁻⁸⁸"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
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
    """A small table: a column for each parameter, then the numbers of the whole point."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._parameters: tuple[str, ...] = ()
        self._cells: dict[tuple[str, str], ValueLabel] = {}
        self._labels: list[QWidget] = []
        self._empty = EmptyState("No step yet.", NO_RUN)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(4)  # two columns fit beside their names in the dock
        self._table.setVerticalSpacing(4)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.addLayout(self._table)
        column.addStretch(1)
        self._pages = QStackedLayout(self)  # as high without a run as with one
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)

    def set_parameters(self, names: tuple[str, ...]) -> None:
        """Make a column for each parameter."""
        if names == self._parameters:
            return
        self._parameters = names
        for label in self._labels:
            self._table.removeWidget(label)
            label.deleteLater()
        self._labels, self._cells = [], {}
        for column, name in enumerate(names, start=1):
            self._place(_muted(name), 0, column)
            self._table.setColumnStretch(column, 1)
        for row, (kind, tip) in enumerate(_PER_PARAMETER, start=1):
            self._name_row(row, kind, tip)
            for column, name in enumerate(names, start=1):
                self._add(kind, name, row, column, tip)
        gap = len(_PER_PARAMETER) + 1
        self._table.setRowMinimumHeight(gap, 8)
        for row, (kind, tip) in enumerate(_OF_THE_POINT, start=gap + 1):
            self._name_row(row, kind, tip)
            self._add(kind, "", row, 1, tip)

    def show_numbers(self, numbers: StepNumbers | None) -> None:
        """Show the numbers of a step; None when there is no run."""
        self._pages.setCurrentIndex(0 if numbers is None else 1)
        if numbers is None or numbers.taken is None:
            for cell in self._cells.values():
                cell.show_text("")
        if numbers is None:
            return
        for axis, name in enumerate(self._parameters):
            self._set("value", name, format_number(float(numbers.params[axis])))
            self._set("slope", name, format_number(float(numbers.gradient[axis])))
            if numbers.taken is not None:
                self._set("last step", name, format_signed(float(numbers.taken[axis])))
        self._set("loss", "", format_number(numbers.loss))
        self._set("|∇f|", "", format_number(_length(numbers.gradient)))
        if numbers.taken is not None:
            self._set("|step|", "", format_number(_length(numbers.taken)))

    def text(self, row: str, column: str = "") -> str:
        """Return what a cell shows, for example ``text("slope", "x")`` or ``text("loss")``."""
        return self._cells[row, column].text()

    def _name_row(self, row: int, kind: str, tip: str) -> None:
        label = _muted(kind)
        label.setToolTip(wrapped(tip))
        self._place(label, row, 0)

    def _add(self, kind: str, name: str, row: int, column: int, tip: str) -> None:
        label = ValueLabel(f"{kind} {name}".strip(), _WIDEST, Qt.AlignmentFlag.AlignRight)
        explain(label, tip)
        self._cells[kind, name] = label
        self._place(label, row, column)

    def _place(self, label: QWidget, row: int, column: int) -> None:
        self._labels.append(label)
        if isinstance(label, ValueLabel):
            self._table.addWidget(label, row, column)
        else:
            self._table.addWidget(label, row, column, _RIGHT if column else _LEFT)

    def _set(self, kind: str, name: str, text: str) -> None:
        self._cells[kind, name].show_text(text)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    return label


def _length(vector: FloatArray) -> float:
    return math.hypot(*vector.tolist())  # which no large number overflows
