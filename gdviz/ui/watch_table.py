"""Numbers that a lesson watches: at first, now, and the change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
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
_NARROWEST, _ROOM = 64, 60
_DIGITS = 4
_RIGHT = Qt.AlignmentFlag.AlignRight


class WatchTable(QWidget):
    """A row for each watched quantity; with exactly two, their changes' ratio beneath them."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: tuple[Watched, ...] = ()
        self._cells: dict[tuple[str, str], ValueLabel] = {}
        self._parts: list[QWidget] = []
        self._names: list[QLabel] = []
        self._attempt: Attempt | None = None
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
        self._parts, self._cells, self._names, self._watched = [], {}, [], watched
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
            name = _name_of(each.label)
            self._names.append(name)
            self._add(name, row, 0)
            for column, (title, _tip) in enumerate(columns, start=1):
                self._add_cell(each.label, title, row, column)
        if len(watched) == 2 and not under_pointer:
            first, second = (each.label for each in watched)
            self._add(_muted(f"Δ{second} / Δ{first}", _RATIO_TIP), 3, 0, span=2)
            self._add_cell("ratio", "change", 3, 3)
        self._share_width()

    def show_attempt(self, attempt: Attempt) -> None:
        """Show the numbers of a step; those that there are not stay empty."""
        self._attempt = attempt
        for each in self._watched:
            self._set(each.label, "at first", attempt.first.get(each.quantity))
            self._set(each.label, "now", attempt.now.get(each.quantity))
            self._set(each.label, "change", attempt.change(each.quantity) or None, signed=True)
        self._set("ratio", "change", attempt.ratio)

    def text(self, row: str, column: str) -> str:
        """Return what a cell shows: ``text("x", "now")``, ``text("ratio", "change")``."""
        return self._cells[row, column].text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        if self._attempt is not None:
            self.show_attempt(self._attempt)

    def _share_width(self) -> None:
        """Let names have the room that numbers leave."""
        columns = max(self._grid.columnCount() - 1, 1)
        room = max(self.width() - columns * _ROOM, _NARROWEST)
        for name in self._names:
            natural = name.fontMetrics().horizontalAdvance(name.text()) + 2
            name.setMinimumWidth(min(natural, room))

    def _set(self, row: str, column: str, value: Value, *, signed: bool = False) -> None:
        """Show a number with as many digits as there is room for, and all of them on hover."""
        cell = self._cells.get((row, column))
        if cell is None:
            return
        if not isinstance(value, float):
            cell.show_text("")
            cell.setToolTip("")
            return
        write = format_signed if signed else format_number
        texts = [write(value, digits) for digits in range(_DIGITS, 0, -1)]
        metrics = cell.fontMetrics()
        fitting = [text for text in texts if metrics.horizontalAdvance(text) <= cell.width()]
        cell.show_text(fitting[0] if fitting else texts[-1])
        cell.setToolTip(write(value, 12))

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
    return name


def _muted(text: str, tip: str, *, right: bool = False) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setToolTip(tip)
    if right:
        label.setAlignment(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
    return label
