"""Click anything, and it says what it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QHelpEvent, QWhatsThisClickedEvent
from PySide6.QtWidgets import QApplication, QTabBar, QWhatsThis, QWidget

from gdviz.help import Library
from gdviz.help.markup import to_html
from gdviz.ui.panel_tips import PANELS
from gdviz.ui.tips import topic_of
from gdviz.views.fonts import FAMILIES

__all__ = ["WhatsThis", "explanation"]

_LETTERS = f"font-family: {', '.join(FAMILIES)}"


class WhatsThis(QObject):
    """Answers Qt's What's This mode with the beginning of the topic of what is clicked.

    Parameters
    ----------
    library : Library
    parent : QWidget
        In whose window it works.

    Signals
    -------
    topic_wanted(str)
        The whole topic is asked for.
    """

    topic_wanted = Signal(str)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._speaker = _Speaker(parent)
        self._speaker.linked.connect(self.topic_wanted)
        self._speaker.hide()

    def enter(self) -> None:
        """Wait for a click; a second call, or Esc, ends it."""
        if QWhatsThis.inWhatsThisMode():
            QWhatsThis.leaveWhatsThisMode()
            return
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        QWhatsThis.enterWhatsThisMode()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer for every widget, as long as the mode lasts."""
        kind = event.type()
        if kind is QEvent.Type.LeaveWhatsThisMode:
            application = QApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
        elif isinstance(watched, QWidget) and kind in (
            QEvent.Type.QueryWhatsThis,
            QEvent.Type.WhatsThis,
        ):
            return self._answer(watched, event)
        return False

    def _answer(self, widget: QWidget, event: QEvent) -> bool:
        topic = topic_of(widget)
        if isinstance(widget, QTabBar) and isinstance(event, QHelpEvent):
            title = widget.tabText(widget.tabAt(event.pos()))
            topic = PANELS[title][1] if title in PANELS else topic
        if topic not in self._library:
            return False
        event.accept()
        if event.type() is QEvent.Type.WhatsThis and isinstance(event, QHelpEvent):
            told = explanation(self._library, topic)
            self._speaker.stand_in_for(widget)
            QWhatsThis.showText(event.globalPos(), told, self._speaker)
        return True


class _Speaker(QWidget):
    """Where Qt puts a What's This, and whom it tells that a link in it was clicked."""

    linked = Signal(str)

    def stand_in_for(self, widget: QWidget) -> None:
        """Take the place of a widget, without being seen."""
        ground = self.parentWidget()
        assert ground is not None
        place = ground.mapFromGlobal(widget.mapToGlobal(QPoint()))
        self.setGeometry(QRect(place, widget.size()))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WhatsThisClicked:
            assert isinstance(event, QWhatsThisClickedEvent)
            self.linked.emit(event.href())
            return True
        return super().event(event)


def explanation(library: Library, key: str) -> str:
    """Return what a What's This says of a topic, as HTML: its beginning, and a link to more."""
    topic = library[key]
    told = to_html(topic.summary, ()) + to_html(topic.hint, (), boxed=False)
    html = f'<h3>{topic.title}</h3>{told}<p><a href="{key}">More…</a></p>'
    # Our letters have no heavier weight, and are the only ones; Qt would take others.
    for tag, style in (("b", "font-weight: 600"), ("h3", "font-weight: 600"), ("code", _LETTERS)):
        html = html.replace(f"<{tag}>", f'<{tag} style="{style}">')
    return html
