"""A combo box that stays as narrow as its panel."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain, wrapped

__all__ = ["ChoiceBox", "NarrowBox", "labeled"]

_WIDEST = "Schedule "
_NARROWEST = 84
_BESIDE_TEXT = 2


class ChoiceBox(QComboBox):
    """Chooses one of a few things, some of which may be out of reach for a while.

    Parameters
    ----------
    name : str
        For screen readers.
    tip : str
    """

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._tip = tip
        self.setView(_Choices())
        self.setAccessibleName(name)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_usable("")

    def add_choice(self, title: str, key: str, tip: str = "") -> None:
        """Add something to choose."""
        self.addItem(title, key)
        self.setItemData(self.count() - 1, wrapped(tip), Qt.ItemDataRole.ToolTipRole)

    def add_heading(self, title: str) -> None:
        """Add words above some choices, which can't be chosen."""
        self.addItem(title)
        heavy = self.font()
        heavy.setWeight(QFont.Weight.DemiBold)
        self.setItemData(self.count() - 1, heavy, Qt.ItemDataRole.FontRole)
        self._item_model().item(self.count() - 1).setEnabled(False)

    def set_choice_usable(self, key: str, tip: str, why_not: str = "") -> None:
        """Let something be chosen, or say why it can't be."""
        row = self.findData(key)
        self._item_model().item(row).setEnabled(not why_not)
        self.setItemData(row, wrapped(why_not or tip), Qt.ItemDataRole.ToolTipRole)

    def set_usable(self, why_not: str) -> None:
        """Let it be used, or say why it can't be."""
        self.setEnabled(not why_not)
        explain(self, why_not or self._tip)

    def show_choice(self, key: str) -> None:
        """Show what is chosen, without telling of it."""
        self.setCurrentIndex(self.findData(key))

    @property
    def shown_text(self) -> str:
        """What is written in the box: an ellipsis stands for what has no room."""
        return self._dressed().currentText

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as a combo box does, which would cut its words off in the middle of a letter."""
        painter = QStylePainter(self)
        option = self._dressed()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _dressed(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        room = field.width() - _BESIDE_TEXT
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + 2 * _BESIDE_TEXT
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        return option

    def _item_model(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model


class NarrowBox(ChoiceBox):
    """One that gives way where several stand in a line."""

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(self, _NARROWEST), super().minimumSizeHint().height())


class _Choices(QListView):
    """The open list, in which Home and End go to what can be chosen."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        model = self.model()
        rows = range(model.rowCount())
        usable = [row for row in rows if model.index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled]
        if usable and action == QAbstractItemView.CursorAction.MoveHome:
            return model.index(usable[0], 0)
        if usable and action == QAbstractItemView.CursorAction.MoveEnd:
            return model.index(usable[-1], 0)
        return super().moveCursor(action, modifiers)


class _Label(QLabel):
    """As wide as the longest of the words before such boxes, in letters of any size."""

    def minimumSizeHint(self) -> QSize:
        return self._fitted(super().minimumSizeHint())

    def sizeHint(self) -> QSize:
        return self._fitted(super().sizeHint())

    def _fitted(self, size: QSize) -> QSize:
        return size.expandedTo(QSize(self.fontMetrics().horizontalAdvance(_WIDEST), 0))


def labeled(title: str, box: QComboBox) -> QHBoxLayout:
    """Return a row with a box and what it is for; rows beneath each other line up."""
    label = _Label(title)
    label.setBuddy(box)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(box, 1)
    return row
