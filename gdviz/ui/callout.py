"""A card that points at something, for the one thing to be said at first."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gdviz.ui.icons import icon
from gdviz.ui.text_scale import scaled, text_scale
from gdviz.ui.tips import explain
from gdviz.views.theme import LIGHT, Theme

__all__ = ["Callout"]

_WIDTH = 324
_TAIL, _BASE = 16, 12
_ROUNDING = 10.0
_MARGIN = 14
_MOST = 0.7
_CORNERS = ((1, 1), (-1, 1), (1, -1), (-1, -1))


class Callout(QWidget):
    """A title, a sentence, a link and a button that closes it, in a corner of a plot.

    Whatever is clicked beside the link and the button goes on to what lies beneath.

    Parameters
    ----------
    ground : QWidget
        On which it lies.
    title, text : str
    link : str
        Words that can be clicked; empty for none.

    Signals
    -------
    closed()
        The button was pressed.
    linked()
        The link was clicked.
    """

    closed = Signal()
    linked = Signal()

    def __init__(self, ground: QWidget, title: str, text: str, link: str = "") -> None:
        super().__init__(ground)
        self._theme = LIGHT
        self._corner = _CORNERS[0]
        self.setAccessibleName(f"{title} {text}")
        self.setCursor(Qt.CursorShape.CrossCursor)
        heading, words = QLabel(title), QLabel(text)
        heading.setObjectName("title")
        self.link = QLabel(f'<a href="more">{escape(link)}</a>')
        self.link.linkActivated.connect(lambda _target: self.linked.emit())
        self.link.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setVisible(bool(link))
        for label in (heading, words):
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.button = QToolButton()
        self.button.setAccessibleName("Close the hint")
        explain(self.button, "Close this hint; it does not come back.")
        self.button.setIconSize(QSize(14, 14))
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(heading, 1)
        top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addLayout(top)
        self._column.addWidget(words)
        self._column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._turn(_CORNERS[0])

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.button.setIcon(icon("x", theme, text_scale(self)))
        self.update()

    def place(self, room: QRect, taken: list[QPoint]) -> None:
        """Lie in the corner of a room that hides the fewest of some points, or nowhere.

        Parameters
        ----------
        room : QRect
            In the ground's coordinates. One that the card would all but fill is left alone.
        taken : list of QPoint
            What should stay in view.
        """
        fits = self._rect_in(room, self._corner).height() <= _MOST * room.height()
        self.setVisible(fits and room.width() > 2 * _MARGIN)
        if self.isHidden():
            return
        best, fewest = _CORNERS[0], len(taken) + 1
        for corner in _CORNERS:
            hidden = sum(self._rect_in(room, corner).contains(point) for point in taken)
            if hidden < fewest:
                best, fewest = corner, hidden
        self._turn(best)
        self.setGeometry(self._rect_in(room, best))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.panel))
            painter.drawPath(self._outline())

    def _rect_in(self, room: QRect, corner: tuple[int, int]) -> QRect:
        """Return where it would lie: x is 1 at the right, y is 1 at the bottom."""
        width = min(scaled(self, _WIDTH), room.width() - 2 * _MARGIN)
        size = QSize(width, self.heightForWidth(width))
        inner = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        left = inner.right() - size.width() if corner[0] > 0 else inner.left()
        top = inner.bottom() - size.height() if corner[1] > 0 else inner.top()
        return QRect(QPoint(left, top), size)

    def _turn(self, corner: tuple[int, int]) -> None:
        """Leave room for the pointer on the side that looks to the middle."""
        self._corner = corner
        above, beneath = (_TAIL, 0) if corner[1] > 0 else (0, _TAIL)
        self._column.setContentsMargins(14, 10 + above, 8, 12 + beneath)
        self.update()

    def _outline(self) -> QPainterPath:
        _across, down = self._corner
        body = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        card = body.adjusted(0.0, _TAIL if down > 0 else 0.0, 0.0, 0.0 if down > 0 else -_TAIL)
        path, tail = QPainterPath(), QPainterPath()
        path.addRoundedRect(card, _ROUNDING, _ROUNDING)
        edge = card.top() if down > 0 else card.bottom()
        tip = body.top() if down > 0 else body.bottom()
        middle = card.center().x()
        tail.moveTo(QPointF(middle - _BASE, edge + down))
        tail.lineTo(QPointF(middle, tip))
        tail.lineTo(QPointF(middle + _BASE, edge + down))
        tail.closeSubpath()
        return path.united(tail)
