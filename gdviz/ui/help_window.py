"""The help: a list of topics that is searched, and the page of one of them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.help import Library
from gdviz.help.search import words_of
from gdviz.ui.empty_state import EmptyState
from gdviz.ui.help_list import HelpList
from gdviz.ui.help_page import HelpPage
from gdviz.ui.icons import icon
from gdviz.ui.palette import style_sheet
from gdviz.ui.text_scale import text_scale
from gdviz.ui.tips import explain
from gdviz.views.theme import Theme

__all__ = ["HelpWindow"]

_SIZE = QSize(920, 640)
_LIST_WIDTH = 280
_SEARCH_TIP = (
    "Words that a topic must hold; those that are named so come first. Up and Down choose, "
    "Enter goes on to the page. (Ctrl+F)"
)
_BACK_TIP = "Go back to the topic that was shown before this one. (Alt+Left)"
_FORWARD_TIP = "Go forward again to the topic that you have come back from. (Alt+Right)"


class HelpWindow(QWidget):
    """A window beside the main one, so that one can read and try at the same time.

    Parameters
    ----------
    library : Library

    Attributes
    ----------
    search : QLineEdit
    list : HelpList
    page : HelpPage
    back, forward : QToolButton
    nothing : EmptyState
        What is shown where a search finds nothing.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.setWindowTitle("Help — gdviz")
        self.resize(_SIZE)
        self._library = library
        self._visited: list[str] = []
        self._at = -1
        self._searching = False
        self._theme: Theme | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the help")
        self.search.setAccessibleName("Search the help")
        self.search.setClearButtonEnabled(True)
        explain(self.search, _SEARCH_TIP)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._read)
        self.search.installEventFilter(self)
        self.list = HelpList()
        explain(self.list, "The topics; choosing one shows its page. Type to search them.")
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self._read)
        self.list.typed.connect(self._on_typed)
        self.nothing = EmptyState()
        self.nothing.linkActivated.connect(self.search.setText)
        self.page = HelpPage(library)
        explain(self.page, "The topic that is chosen. Links lead to others.")
        self.page.topic_picked.connect(self.show_topic)
        self.back = _button("Back", _BACK_TIP)
        self.forward = _button("Forward", _FORWARD_TIP)
        self.back.clicked.connect(lambda: self._go(-1))
        self.forward.clicked.connect(lambda: self._go(1))
        self._lay_out()
        for keys, act in (
            ("Ctrl+F", self._focus_search),
            ("Alt+Left", lambda: self._go(-1)),
            ("Alt+Right", lambda: self._go(1)),
            ("Esc", self._leave),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._on_search("")
        self.show_topic(library.first)

    @property
    def topic(self) -> str:
        """The key of the topic that is shown."""
        return self._visited[self._at]

    @Slot(str)
    def show_topic(self, key: str) -> None:
        """Show a topic; one that there isn't, changes nothing."""
        if key not in self._library:
            return
        if self._at < 0 or self.topic != key:
            self._visited = [*self._visited[: self._at + 1], key]
            self._at += 1
            self._searching = False
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationFontChange and self._theme is not None:
            self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors, and sizes as the letters are."""
        self._theme = theme
        scale = text_scale(self)
        self.setStyleSheet(
            f"HelpWindow {{ background: {theme.window}; }}"
            f"HelpPage {{ background: {theme.panel}; }}{style_sheet(theme, scale)}"
        )
        self.list.set_theme(theme)
        self.page.set_theme(theme)
        self.back.setIcon(icon("arrow-left", theme, scale))
        self.forward.setIcon(icon("arrow-right", theme, scale))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows in the search field choose from the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in moves:
                self.list.move(moves[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._found = QStackedWidget()
        self._found.addWidget(self.list)
        self._found.addWidget(self.nothing)
        left, right = _card(), _card()
        for card, parts in (
            (left, (self.search, self._found)),
            (right, (self._tools(), self.page)),
        ):
            column = QVBoxLayout(card)
            column.setContentsMargins(8, 8, 8, 8)
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part)
        splitter = QSplitter()
        splitter.setHandleWidth(8)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LIST_WIDTH, _SIZE.width() - _LIST_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(splitter)

    def _tools(self) -> QWidget:
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addStretch(1)
        return tools

    def _show(self) -> None:
        topic = self._library[self.topic]
        self.page.show_topic(topic, words_of(self.search.text()))
        self.list.blockSignals(True)
        self.list.choose(self.topic)
        self.list.blockSignals(False)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at + 1 < len(self._visited))

    def _go(self, by: int) -> None:
        if 0 <= self._at + by < len(self._visited):
            self._at += by
            self._searching = False
            self._show()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        words, hits = words_of(text), self._library.search(text)
        self.list.blockSignals(True)
        self.list.show_hits(hits, words)
        self.list.blockSignals(False)
        self._found.setCurrentWidget(self.list if hits else self.nothing)
        if not hits:
            others = ", ".join(
                f'<a href="{escape(one)}">{escape(one)}</a>'
                for one in self._library.suggestions(text)
            )
            self.nothing.say(f"Nothing found for “{text.strip()}”.", "Try: ", others)
        elif words:
            self._show_found(hits[0].topic.key)
        if self._at >= 0:
            self.list.blockSignals(True)
            self.list.choose(self.topic)
            self.list.blockSignals(False)
        self.page.mark(words)

    def _show_found(self, key: str) -> None:
        """Show the best of what was found; what was found while typing on is not gone back to."""
        if self._searching:
            self._visited[self._at] = key
            self._show()
        else:
            self.show_topic(key)
            self._searching = True

    @Slot()
    def _on_chosen(self, *_: object) -> None:
        self.show_topic(self.list.current)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)

    @Slot()
    def _read(self, *_: object) -> None:
        """Go on to the page, whose keys scroll it."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave(self) -> None:
        """Take the search away, or else the window."""
        if self.search.text():
            self.search.clear()
            self._focus_search()
        else:
            self.close()


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    return card


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    explain(button, tip)
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
