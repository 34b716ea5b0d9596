"""A table of numbers that is scrolled, selected from and copied."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from gdviz.ui.number_delegate import NumberDelegate
from gdviz.ui.number_table_model import NumberTableModel
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain
from gdviz.views.theme import Theme

__all__ = ["MOST_COPIED", "NumberGrid"]

MOST_COPIED = 200_000
_ROW = 22
_WIDEST = "−8.888×10⁻⁸⁸"
_TIP = (
    "Every step of the selected run. Double-click a row to go to its step; select cells and press "
    "Ctrl+C to copy them, exact to the last bit."
)


class NumberGrid(QTableView):
    """Rows of one height and columns of one width, so that no number is read to lay it out.

    The highlighted row is kept in view until the user scrolls away from it, and again once
    it was scrolled back to; or always, if `following`.

    Signals
    -------
    step_picked(int)
        A row was activated, by a double-click or Enter: its step.
    copied(int, int)
        How many rows were copied, and of how many.
    """

    step_picked = Signal(int)
    copied = Signal(int, int)

    def __init__(self, model: NumberTableModel) -> None:
        super().__init__()
        self._numbers = model
        self._away = False
        self._moving = False
        self.following = False
        self._delegate = NumberDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Numbers of the run")
        explain(self, _TIP)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A larger one would keep rows from following the default.
        self.verticalHeader().setMinimumSectionSize(1)
        self._fit()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.doubleClicked.connect(self._on_activated)

    def set_theme(self, theme: Theme) -> None:
        """Use other colors."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def begin_anew(self) -> None:
        """Forget where the user has scrolled: another run is shown."""
        self._away = False
        self._moving = True
        self.doItemsLayout()
        self.verticalScrollBar().setValue(0)
        self._moving = False
        self._fit()

    def show_row(self, row: int) -> None:
        """Highlight a row; keep it in view unless the user has scrolled away."""
        self._numbers.set_current(row)
        if self.following or not self._away:
            self.scroll_to_current()

    def scroll_to_current(self) -> None:
        """Bring the highlighted row into view."""
        row = self._numbers.current
        if row < 0:
            return
        sideways = self.horizontalScrollBar().value()
        self._moving = True
        self.scrollTo(self._numbers.index(row, max(self.columnAt(0), 0)))
        self._moving = False
        self.horizontalScrollBar().setValue(sideways)
        self._away = False

    def copy_selected(self) -> None:
        """Copy the selected cells, exact to the last bit, beneath the titles of their columns."""
        selection = self.selectionModel().selection()
        blocks = [selection.at(number) for number in range(selection.count())]
        if not blocks:
            return
        rows = np.unique(
            np.concatenate([np.arange(block.top(), block.bottom() + 1) for block in blocks])
        )
        columns = sorted({c for block in blocks for c in range(block.left(), block.right() + 1)})
        self._copy(rows, columns, selection)

    def copy_all(self) -> None:
        """Copy all rows, or as many as the clipboard should hold."""
        rows = np.arange(self._numbers.rowCount())
        if rows.size:
            self._copy(rows, list(range(self._numbers.columnCount())), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._away:
            self.scroll_to_current()

    @property
    def _least_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(_WIDEST) + 8

    def _fit(self) -> None:
        """Share the width evenly, but leave each column as much as its numbers need."""
        columns, row = self._numbers.columnCount(), scaled(self, _ROW)
        self.verticalHeader().setDefaultSectionSize(row)
        share = self.viewport().width() // max(columns, 1) if columns else 0
        self.horizontalHeader().setDefaultSectionSize(max(share, self._least_width))

    def _copy(
        self, rows: NDArray[np.int64], columns: list[int], selection: QItemSelection | None
    ) -> None:
        wanted = rows.size
        rows = rows[:MOST_COPIED]
        cells = []
        for column in columns:
            texts = self._numbers.texts(column, rows)
            if selection is not None:
                chosen = _chosen(selection, column, rows)
                texts = [text if c else "" for text, c in zip(texts, chosen, strict=True)]
            cells.append(texts)
        titles = self._numbers.titles
        lines = ["\t".join(titles[column] for column in columns)]
        lines += ["\t".join(line) for line in zip(*cells, strict=True)]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        self.copied.emit(int(rows.size), int(wanted))

    @Slot()
    def _on_scrolled(self) -> None:
        row = self._numbers.current
        if not self._moving and row >= 0:
            top = self.rowViewportPosition(row)
            self._away = top + self.rowHeight(row) <= 0 or top >= self.viewport().height()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.step_picked.emit(self._numbers.step(index.row()))


def _chosen(selection: QItemSelection, column: int, rows: NDArray[np.int64]) -> list[bool]:
    """Tell of each row whether its cell in a column is selected."""
    chosen = np.zeros(rows.shape, dtype=bool)
    for block in map(selection.at, range(selection.count())):
        if block.left() <= column <= block.right():
            chosen |= (rows >= block.top()) & (rows <= block.bottom())
    return [bool(known) for known in chosen.tolist()]
