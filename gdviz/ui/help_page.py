"""A page of the help in the window's letters and colors."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from gdviz.help import Topic
from gdviz.help.markup import to_html
from gdviz.help.search import places_of
from gdviz.views.theme import LIGHT, Theme

__all__ = ["HelpPage", "page_style"]

_TINT = 0.28
_MOST_MARKED = 400


class HelpPage(QTextBrowser):
    """Shows one topic; links tell where they lead.

    Parameters
    ----------
    known : container of str
        The topics that there are.

    Signals
    -------
    topic_picked(str)
        A link to this topic was followed.
    """

    topic_picked = Signal(str)

    def __init__(self, known: Container[str]) -> None:
        super().__init__()
        self._known = known
        self._topic: Topic | None = None
        self._words: Sequence[str] = ()
        self._theme = LIGHT
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Help page")
        self.document().setDocumentMargin(24)
        self.anchorClicked.connect(self._on_link)

    def show_topic(self, topic: Topic, words: Sequence[str] = ()) -> None:
        """Show a topic from its beginning, with some words marked."""
        self._topic, self._words = topic, words
        self._render()
        self.setAccessibleDescription(topic.title)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark()

    def mark(self, words: Sequence[str]) -> None:
        """Mark other words on the page."""
        self._words = words
        self._mark()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors; the page stays where it is."""
        self._theme = theme
        at = self.verticalScrollBar().value()
        self._render()
        self._mark()
        self.verticalScrollBar().setValue(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._render()
            self._mark()

    def _render(self) -> None:
        if self._topic is None:
            return
        self.document().setDefaultStyleSheet(
            page_style(self._theme, self.fontInfo().pixelSize() + 1)
        )
        self.setHtml(f"<h1>{self._topic.title}</h1>{to_html(self._topic.text, self._known)}")

    def _mark(self) -> None:
        shade = QColor(self._theme.minimum)
        shade.setAlphaF(_TINT if self._theme.dark else 2 * _TINT)
        look = QTextCharFormat()
        look.setBackground(shade)
        marked = []
        for begin, end in places_of(self._words, self.toPlainText())[:_MOST_MARKED]:
            cursor = QTextCursor(self.document())
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one = QTextEdit.ExtraSelection()
            one.cursor, one.format = cursor, look
            marked.append(one)
        self.setExtraSelections(marked)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.topic_picked.emit(url.toString())


def page_style(theme: Theme, pixels: int) -> str:
    """Return how a topic's HTML is dressed, its letters so many pixels high."""
    large, larger = round(1.15 * pixels), round(1.6 * pixels)
    return f"""
        b {{ font-weight: 600; }}
        h1 {{ font-size: {larger}px; font-weight: 600; margin-top: 0; margin-bottom: 12px;
            color: {theme.text}; }}
        h2 {{ font-size: {large}px; font-weight: 600; margin-top: 12px; margin-bottom: 6px;
            color: {theme.text}; }}
        p, li, td, th {{ font-size: {pixels}px; color: {theme.text}; line-height: 145%; }}
        p {{ margin-top: 6px; margin-bottom: 6px; }}
        ul {{ margin-top: 0; margin-bottom: 10px; }}
        li {{ margin-bottom: 4px; }}
        a {{ color: {theme.accent}; text-decoration: none; }}
        th {{ color: {theme.muted}; font-weight: 400; }}
        code, pre {{ font-family: 'Inter', 'Gdviz Symbols'; background-color: {theme.field};
            color: {theme.text}; }}
        pre {{ margin: 0; }}
        table.try, table.code {{ background-color: {theme.field}; margin-top: 4px;
            margin-bottom: 0; }}
        table.grid td {{ padding-right: 20px; }}
    """
