"""The topics of the help in a list, with what was searched for marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gdviz.help import Hit
from gdviz.help.search import places_of
from gdviz.ui.text_scale import letters, scaled
from gdviz.views.fonts import BODY, SMALL
from gdviz.views.theme import LIGHT, Theme

__all__ = ["HelpList"]

_KEY = Qt.ItemDataRole.UserRole
_EXCERPT = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_SIDE, _ABOVE, _LINE, _SMALL_LINE, _LINES = 10, 6, 18, 15, 2
_HEADING = 30


class HelpList(QListWidget):
    """Topics under their groups, or what a search has found, the best first.

    Signals
    -------
    typed(str)
        A letter was typed, which belongs into the search field.
    """

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName("Topics")

    def show_hits(self, hits: Sequence[Hit], words: Sequence[str]) -> None:
        """List topics; without words that were searched for, under their groups."""
        self.clear()
        self._delegate.words = words
        group = ""
        for hit in hits:
            topic = hit.topic
            if not words and topic.group != group:
                group = topic.group
                heading = QListWidgetItem(group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(heading)
            item = QListWidgetItem(topic.title)
            item.setData(_KEY, topic.key)
            item.setData(_EXCERPT, hit.excerpt if words else "")
            self.addItem(item)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def keys(self) -> list[str]:
        """The topics that are listed, in their order."""
        items = (self.item(row) for row in range(self.count()))
        return [item.data(_KEY) for item in items if item.data(_KEY)]

    @property
    def current(self) -> str:
        """The topic that is chosen; empty if none is."""
        row = self.currentRow()
        return str(self.item(row).data(_KEY) or "") if row >= 0 else ""

    def choose(self, key: str) -> None:
        """Choose a topic if it is listed, or none."""
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
                return
        self.setCurrentRow(-1)

    def move(self, by: int) -> None:  # type: ignore[override]
        """Choose the next topic, or the one before."""
        keys = self.keys
        if keys:
            at = keys.index(self.current) + by if self.current in keys else (0 if by > 0 else -1)
            self.choose(keys[min(max(at, 0), len(keys) - 1)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.text().isprintable() and event.text().strip() and not command:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a heading; or a title, and beneath it words of the text."""

    def __init__(self, parent: HelpList) -> None:
        super().__init__(parent)
        self._list = parent
        self.words: Sequence[str] = ()
        self.theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        if not index.data(_KEY):
            return QSize(0, scaled(self._list, _HEADING))
        beneath = _LINES * _SMALL_LINE + 2 if index.data(_EXCERPT) else 0
        return QSize(0, scaled(self._list, 2 * _ABOVE + _LINE + beneath))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = getattr(option, "rect")  # noqa: B009 -- the binding declares no attributes
        state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not index.data(_KEY):
            painter.setFont(letters(self._list, SMALL, bold=True))
            painter.setPen(QColor(theme.muted))
            words = area.adjusted(_SIDE, 0, 0, -4)
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom, index.data())
            painter.restore()
            return
        ink, muted, mark = theme.text, theme.muted, theme.accent
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
            ink = muted = mark = theme.on_accent
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.field))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        side, above = scaled(self._list, _SIDE), scaled(self._list, _ABOVE)
        room = area.adjusted(side, above, -side, 0)
        self._draw(painter, room, index.data(), letters(self._list, BODY), (ink, mark), 1)
        room.setTop(room.top() + scaled(self._list, _LINE + 2))
        self._draw(
            painter, room, index.data(_EXCERPT), letters(self._list, SMALL), (muted, mark), _LINES
        )
        painter.restore()

    def _draw(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        used: QFont,
        inks: tuple[str, str],
        most: int,
    ) -> None:
        """Draw words in so many lines, and those that were searched for heavier."""
        if not text:
            return
        if most == 1:
            metrics = QFontMetrics(used)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        layout = QTextLayout(text, used)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats([_marked(begin, end, inks[1]) for begin, end in self._places(text)])
        layout.beginLayout()
        height = 0.0
        for _line in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0.0, height))
            height += line.height()
        layout.endLayout()
        painter.setPen(QColor(inks[0]))
        layout.draw(painter, QPointF(room.topLeft()))

    def _places(self, text: str) -> list[tuple[int, int]]:
        return places_of(self.words, text)


def _marked(begin: int, end: int, color: str) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.DemiBold)
    look.setForeground(QColor(color))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = begin, end - begin, look
    return made
