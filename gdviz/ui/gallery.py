"""Landscapes to choose from, each with a small picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gdviz.landscapes import Preset
from gdviz.resource_files import resource_path
from gdviz.ui.empty_state import EmptyState
from gdviz.ui.text_scale import letters, scaled
from gdviz.ui.tips import explain, wrapped
from gdviz.views.fonts import SMALL

__all__ = ["Gallery"]

_PICTURE = QSize(88, 62)
_CELL = QSize(104, 106)
_HEADING = 28
_ADVICE = "Search for others, such as “saddle” or “valley”, or type a formula of your own. (Ctrl+L)"
_NAME = Qt.ItemDataRole.UserRole
_PIXMAP = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class Gallery(QWidget):
    """Pictures of landscapes under their groups, with a field to search them.

    Parameters
    ----------
    presets : sequence of Preset

    Signals
    -------
    preset_picked(str)
        A preset's name.
    """

    preset_picked = Signal(str)

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self._current = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search landscapes")
        self.search.setAccessibleName("Search landscapes")
        explain(self.search, "Leave only landscapes whose name or description holds these words.")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.list = _Pictures()
        self.list.setAccessibleName("Landscapes")
        explain(self.list, "What is descended. Choose one, and a first descent begins.")
        for group in dict.fromkeys(preset.group for preset in presets):
            self.list.addItem(_heading(group))
            for preset in presets:
                if preset.group == group:
                    self.list.addItem(_entry(preset))
        self.list.itemClicked.connect(self._on_picked)
        self.list.itemActivated.connect(self._on_picked)
        self._nothing = EmptyState("No landscape has these words.", _ADVICE)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 0)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.list, 1)

    def show_current(self, name: str) -> None:
        """Mark a preset, or none if there is no such, without telling of it."""
        if name == self._current:
            return
        self._current = name
        self.list.clearSelection()
        self.list.setCurrentRow(-1)
        for item in self._entries():
            if item.data(_NAME) == name:
                self.list.setCurrentItem(item)
                item.setSelected(True)
                self.list.scrollToItem(item)

    def names(self) -> list[str]:
        """Return the names of the presets that the search has left."""
        return [item.data(_NAME) for item in self._entries() if not item.isHidden()]

    def item(self, name: str) -> QListWidgetItem:
        """Return the entry of a preset."""
        return next(item for item in self._entries() if item.data(_NAME) == name)

    def _entries(self) -> list[QListWidgetItem]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item for item in items if item.data(_NAME)]

    @Slot(str)
    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        heading, shown = None, 0
        for row in range(self.list.count()):
            item = self.list.item(row)
            if not item.data(_NAME):
                if heading is not None:
                    heading.setHidden(not shown)
                heading, shown = item, 0
                continue
            told = f"{item.text()} {item.data(_NAME)} {item.toolTip()}".casefold()
            item.setHidden(not all(word in told for word in words))
            shown += not item.isHidden()
        if heading is not None:
            heading.setHidden(not shown)
        self._nothing.setVisible(not self.names())
        self.list.setVisible(bool(self.names()))

    @Slot(QListWidgetItem)
    def _on_picked(self, item: QListWidgetItem) -> None:
        name = item.data(_NAME)
        if name:
            self._current = name
            self.preset_picked.emit(name)


class _Pictures(QListWidget):
    """The entries in rows, as many beside each other as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        # A click leaves the keys to the playhead: Home would choose the first landscape.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setItemDelegate(_Delegate(self))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentItem() is not None:
                self.itemActivated.emit(self.currentItem())
            event.accept()
            return
        super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a picture with its title beneath; headings over the whole width."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        listed = self.parent()
        assert isinstance(listed, QListWidget)
        if not index.data(_NAME):
            wide = max(listed.viewport().width() - 2, scaled(listed, _CELL.width()))
            return QSize(wide, scaled(listed, _HEADING))
        return QSize(scaled(listed, _CELL.width()), scaled(listed, _CELL.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette: QPalette = option.palette
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not index.data(_NAME):
            listed = self.parent()
            assert isinstance(listed, QListWidget)
            painter.setFont(letters(listed, bold=True))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(area.adjusted(4, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        self._paint_entry(painter, area, palette, state, index)
        painter.restore()

    def _paint_entry(
        self,
        painter: QPainter,
        area: QRect,
        palette: QPalette,
        state: QStyle.StateFlag,
        index: _Index,
    ) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        cell = area.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(cell, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(palette.color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(cell, 6, 6)
        listed = self.parent()
        assert isinstance(listed, QListWidget)
        wide, high = scaled(listed, _PICTURE.width()), scaled(listed, _PICTURE.height())
        picture = QRect(cell.x() + (cell.width() - wide) // 2, cell.y() + 6, wide, high)
        painter.drawPixmap(picture, _pixmap(listed, index))
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QColor(palette.color(QPalette.ColorRole.WindowText))
            painter.setPen(ring)
            painter.drawRoundedRect(cell, 6, 6)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        painter.setPen(palette.color(role))
        painter.setFont(letters(listed, SMALL))
        top = picture.bottom() + 2
        words = QRect(cell.x() + 2, top, cell.width() - 4, cell.bottom() - top)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, index.data())


def _pixmap(listed: QListWidget, index: _Index) -> QPixmap:
    """Return an entry's picture, loaded when it is first painted."""
    kept = index.data(_PIXMAP)
    if isinstance(kept, QPixmap):
        return kept
    pixmap = QPixmap(str(resource_path("thumbnails", f"{index.data(_NAME)}.png")))
    listed.model().setData(index, pixmap, _PIXMAP)
    return pixmap


def _heading(group: str) -> QListWidgetItem:
    item = QListWidgetItem(group)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _entry(preset: Preset) -> QListWidgetItem:
    item = QListWidgetItem(preset.title)
    item.setData(_NAME, preset.name)
    told = preset.summary + (f"\n{preset.reference}" if preset.reference else "")
    item.setToolTip(wrapped(told))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, preset.title)
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, preset.summary)
    return item
