"""The table in the list of runs: what mouse and keys do to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QWidget

from gdviz.ui.movable_rows import MovableRows
from gdviz.ui.run_list_model import Column, RunListModel, stretches
from gdviz.ui.run_row_delegate import RunRowDelegate
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain
from gdviz.views.theme import LIGHT, Theme

__all__ = ["RunTable"]

_EYE_WIDTH = 26
_ROOM_FOR_NAME = 140
_SCROLL_BAR = 10
_TALL, _LOW = 38, 26
_Flag = QItemSelectionModel.SelectionFlag
_Move = QAbstractItemView.CursorAction


class RunTable(MovableRows):
    """Rows of runs: selected, hidden, renamed and moved by hand.

    Signals
    -------
    selection_picked(tuple of int)
        The selected rows, the current one first; only by the user's hand.
    shown_picked(tuple of int, bool)
        Rows that are to be shown or hidden.
    moved(int)
        The selected rows are to go down by so many places.
    """

    selection_picked = Signal(object)
    shown_picked = Signal(object, bool)
    moved = Signal(int)

    def __init__(self, model: RunListModel) -> None:
        super().__init__()
        self._runs = model
        self._selection: tuple[int, ...] = ()
        self._wanted: tuple[int, ...] | None = None
        self._eye: int | None = None
        self._focus_color = QColor(LIGHT.accent)
        self._delegate = RunRowDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setObjectName("runs")
        self.setAccessibleName("Runs")
        explain(self, "The runs: select one to see its numbers, several to change them together.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.row_dropped.connect(self._on_dropped)
        for changed in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(self.cancel_drag)  # the rows are others than those that were taken up
        self._set_up_headers()

    @property
    def movable(self) -> int:
        return self._runs.runs

    @property
    def compact(self) -> bool:
        """Whether rows are two lines high, for lack of width."""
        return self._delegate.compact

    @property
    def selection(self) -> tuple[int, ...]:
        """The selected rows, the current one first."""
        blocks = self.selectionModel().selection()
        rows: set[int] = set()
        for block in map(blocks.at, range(blocks.count())):
            rows.update(range(block.top(), block.bottom() + 1))
        if not rows:
            return ()
        current = self.currentIndex().row()
        before = self._selection[0] if self._selection else -1
        first = next((row for row in (current, before) if row in rows), min(rows))
        return (first, *sorted(rows - {first}))

    def set_theme(self, theme: Theme) -> None:
        """Use other colors."""
        self._focus_color = QColor(theme.accent)
        self.set_line_color(self._focus_color)
        self._delegate.set_theme(theme)
        self.viewport().update()

    def show_selection(self, rows: Sequence[int]) -> None:
        """Select rows, the first one being the current one, without telling of it.

        A name that is being typed comes first: the current row then changes when it is done.
        """
        wanted = (*rows[:1], *sorted(rows[1:]))
        if self.state() is QAbstractItemView.State.EditingState:
            self._wanted = wanted
            return
        model, selected = self._runs, self.selectionModel()
        self._selection = wanted
        last = len(Column) - 1
        if wanted and self.currentIndex().row() != wanted[0]:
            selected.setCurrentIndex(model.index(wanted[0], Column.NAME), _Flag.NoUpdate)
        if self.selection != wanted:
            blocks = QItemSelection()
            for top, bottom in stretches(sorted(wanted)):
                blocks.select(model.index(top, 0), model.index(bottom, last))
            selected.select(blocks, _Flag.ClearAndSelect)
            self._selection = wanted

    @Slot()
    def edit_name(self) -> None:
        """Let the current run's name be typed."""
        row = self.currentIndex().row()
        if 0 <= row < self._runs.runs:
            index = self._runs.index(row, Column.NAME)
            self.scrollTo(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit(index)

    @Slot()
    def toggle_shown(self) -> None:
        """Tell that the selected runs are to be hidden, or shown if all are hidden."""
        rows = tuple(sorted(self.selection))
        if rows:
            self.shown_picked.emit(rows, all(self._is_hidden(row) for row in rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._eye = self._eye_at(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if self._eye is not None:
            return
        if plain and self.indexAt(event.position().toPoint()).row() in self._selection:
            super().mousePressEvent(event)  # perhaps a drag begins: a click ends with the release
        else:
            self._by_hand(super().mousePressEvent, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._eye = self._eye_at(event)
        if self._eye is None:
            self._by_hand(super().mouseDoubleClickEvent, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._eye is None:
            self._by_hand(super().mouseMoveEvent, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        eye, self._eye = self._eye, None
        if eye is None:
            self._by_hand(super().mouseReleaseEvent, event)
        elif self._eye_at(event) == eye:
            rows = tuple(sorted(self._selection)) if eye in self._selection else (eye,)
            self.shown_picked.emit(rows, self._is_hidden(eye))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if self.selection:
                self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_F2:
            self.edit_name()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # rows are whole: these keys are the playhead's
        else:
            self._by_hand(super().keyPressEvent, event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first or the last run, where a table would go along the row."""
        ends = {_Move.MoveHome: 0, _Move.MoveEnd: self._runs.runs - 1}
        if action in ends and self._runs.runs:
            return self._runs.index(ends[action], Column.NAME)
        return super().moveCursor(action, keys)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.show_selection(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._delegate.fit()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        row = self._selection[0] if self._selection else -1
        if not 0 <= row < self._runs.runs:
            return
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(QRectF(0, top, 3, height), self._focus_color)
            if self.hasFocus():
                painter.setPen(QPen(self._focus_color, 2))
                ring = QRectF(1, top + 1, self.viewport().width() - 2, height - 2)
                painter.drawRoundedRect(ring, 3, 3)

    def _set_up_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        for header in (rows, columns):
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)  # a larger one would keep rows from following the default
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fit()

    def _fit(self) -> None:
        """Give each column its width, and rows a second line where columns find no room."""
        advance = self.fontMetrics().horizontalAdvance
        steps, outcome = advance("100,000") + 12, advance("converged") + 16
        least, loss = advance("−8.8×10⁻⁸⁸") + 6, advance("−8.888×10⁻⁸⁸") + 12
        eye, tall, low = (scaled(self, pixels) for pixels in (_EYE_WIDTH, _TALL, _LOW))
        room = self.width() - scaled(self, _SCROLL_BAR + _ROOM_FOR_NAME) - eye
        compact = room < steps + outcome + loss
        widths = {
            Column.EYE: eye,
            Column.LOSS: max(least, min(room, loss)),
            Column.STEPS: steps,
            Column.OUTCOME: outcome,
        }
        self.setMinimumHeight(3 * tall)
        self.horizontalHeader().setMinimumSectionSize(eye)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        for column in (Column.STEPS, Column.OUTCOME):
            self.setColumnHidden(column, compact)
        self._delegate.compact = compact
        self.verticalHeader().setDefaultSectionSize(tall if compact else low)

    def _by_hand(self, handle: Callable[..., None], event: QEvent) -> None:
        """Let an event be handled, and tell what it has selected."""
        handle(event)
        picked = self.selection
        if not picked:
            self.show_selection(self._selection)  # a list of runs has a current one
        elif picked != self._selection:
            self._selection = picked
            self.selection_picked.emit(picked)
            self.viewport().update()

    def _eye_at(self, event: QMouseEvent) -> int | None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        there = index.column() == Column.EYE and 0 <= index.row() < self._runs.runs
        return index.row() if there and event.button() is Qt.MouseButton.LeftButton else None

    def _is_hidden(self, row: int) -> bool:
        run = self._runs.run(row)
        return run is not None and run.hidden

    @Slot(int, int)
    def _on_dropped(self, row: int, gap: int) -> None:
        """Tell by how much the selected rows move so that they stand at the gap."""
        self.show_selection(self._selection)
        rows = [*self._selection, row]
        first, last = min(rows), max(rows)
        if gap <= first:
            by = gap - first
        elif gap > last:
            by = gap - last - 1
        else:
            by = gap - row if gap <= row else gap - row - 1
            by = by if len(set(rows)) < last - first + 1 else 0
        if by:
            self.moved.emit(by)
