"""How a cell of a table of numbers is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdviz.ui.number_table_model import NumberTableModel
from gdviz.ui.run_row_delegate import selected_color
from gdviz.views.theme import LIGHT, Theme

__all__ = ["NumberDelegate"]

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NumberDelegate(QStyledItemDelegate):
    """Paints the text and its background only, which takes much less time than Qt's own way.

    The table is painted anew at every move of the playhead.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Use other colors."""
        self._text, self._on_accent = QColor(theme.text), QColor(theme.on_accent)
        self._accent, self._current = QColor(theme.accent), selected_color(theme)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = getattr(option, "rect")  # noqa: B009 -- the binding declares no attributes
        state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009
        model = index.model()
        assert isinstance(model, NumberTableModel)
        row = index.row()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, self._accent)
        elif row == model.current:
            painter.fillRect(area, self._current)
        painter.setPen(self._on_accent if selected else self._text)
        painter.drawText(area.adjusted(0, 0, -4, 0), _RIGHT, model.text(row, index.column()))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.drawRect(area.adjusted(1, 1, -2, -2))
