"""Numbers that a lesson watches: at first, now, and the change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gdviz.lessons import Attempt, Value, Watched
from gdviz.numbers import format_number, format_signed
from gdviz.ui.value_label import ValueLabel

__all__ = ["WatchTable"]

_COLUMNS = (
    ("at first", "What it was when this step began."),
    ("now", "What it is now."),
    ("change", "What it is now less what it was at first."),
)
_RATIO_TIP = "How much the second number has changed for each unit by which the first one has."
_WIDEST = "−88.88"
_NAME_WIDTH = 76
_RIGHT = Qt.AlignmentFlag.AlignRight


class WatchTable(QWidget):
    """A row for each watched quantity; with exactly two, their changes' ratio beneath them."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: tuple[Watched, ...] = ()
        self._cells: dict[tuple[str, str], ValueLabel] = {}
        self._parts: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)

    def set_watched(self, watched: tuple[Watched, ...]) -> None:
        """Make a row for each."""
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._cells, self._watched = [], {}, watched
        self.setVisible(bool(watched))
        if not watched:
            return
        self._grid.setColumnStretch(0, 1)
        under_pointer = all(each.quantity.place == "probe" for each in watched)
        columns = _COLUMNS[1:2] if under_pointer else _COLUMNS
        for column, (title, tip) in enumerate(columns, start=1):
            shown = "under the pointer" if under_pointer else title
            self._add(_muted(shown, tip, right=True), 0, column)
            self._grid.setColumnStretch(column, 2)
        for row, each in enumerate(watched, start=1):
            self._add(_name_of(each.label), row, 0)
            for column, (title, _tip) in enumerate(columns, start=1):
                self._add_cell(each.label, title, row, column)
        if len(watched) == 2 and not under_pointer:
            first, second = (each.label for each in watched)
            self._add(_muted(f"Δ{second} / Δ{first}", _RATIO_TIP), 3, 0, span=2)
            self._add_cell("ratio", "change", 3, 3)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the numbers of a step; those that there are not stay empty."""
        for each in self._watched:
            self._set(each.label, "at first", attempt.first.get(each.quantity))
            self._set(each.label, "now", attempt.now.get(each.quantity))
            change = attempt.change(each.quantity)
            if (cell := self._cells.get((each.label, "change"))) is not None:
                cell.show_text("" if not change else format_signed(change))
        if (cell := self._cells.get(("ratio", "change"))) is not None:
            ratio = attempt.ratio
            cell.show_text("" if ratio is None else format_number(ratio))

    def text(self, row: str, column: str) -> str:
        """Return what a cell shows: ``text("x", "now")``, ``text("ratio", "change")``."""
        return self._cells[row, column].text()

    def _set(self, row: str, column: str, value: Value) -> None:
        cell = self._cells.get((row, column))
        if cell is not None:
            cell.show_text(format_number(value) if isinstance(value, float) else "")

    def _add_cell(self, row_name: str, column_name: str, row: int, column: int) -> None:
        label = ValueLabel(f"{row_name} {column_name}", _WIDEST, _RIGHT)
        self._cells[row_name, column_name] = label
        self._add(label, row, column)

    def _add(self, part: QWidget, row: int, column: int, span: int = 1) -> None:
        self._parts.append(part)
        self._grid.addWidget(part, row, column, 1, span)


def _name_of(label: str) -> QLabel:
    """Return a row's name, which wraps before it pushes numbers out of the panel."""
    name = _muted(label, "")
    name.setWordWrap(True)
    name.setMinimumWidth(min(name.fontMetrics().horizontalAdvance(label) + 2, _NAME_WIDTH))
    return name


def _muted(text: str, tip: str, *, right: bool = False) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setToolTip(tip)
    if right:
        label.setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
    return label
