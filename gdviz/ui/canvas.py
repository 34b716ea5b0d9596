"""A plot on the screen, with its title."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.icons import icon
from gdviz.ui.plot_area import PlotArea
from gdviz.ui.text_scale import scaled, text_scale
from gdviz.ui.tips import explain, wrapped
from gdviz.views.plot_view import PlotView
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import Theme

__all__ = ["Canvas", "card"]

# Every move counts, or the last one of a quick movement would be lost and the numbers told
# would be those of a place that the pointer has left. Qt itself joins moves that pile up.
pg.setConfigOption("mouseRateLimit", -1)

_SHORTEST_TITLE = 48
_AFTER_TOOL = 8
_LOWEST = 100
_LARGER_TIP = "Give this view the room of all others, to see small steps.  (1 to 7)"
_SMALLER_TIP = "See all views of the descent again.  (` or Esc)"


class Canvas(QFrame):
    """A card that shows a view under a title line.

    Parameters
    ----------
    view : PlotView or SurfaceView
    hint : str
        What the mouse does here.
    *tools : QWidget
        What stands at the right of the title line.

    Signals
    -------
    enlarge_wanted()
        It is to have all the room of the views, or to give it back.
    """

    enlarge_wanted = Signal()

    def __init__(self, view: PlotView | SurfaceView, hint: str, *tools: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._tip = _Title(), ""
        self._usual_hint = hint
        self._hint = _Hint(hint)
        self._hint.setIndent(8)
        self._theme: Theme | None = None
        self._enlarged = False
        self.plot_area = PlotArea()
        self.plot_area.setCentralItem(view.plot)
        self.plot_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot_area.setMinimumSize(168, _LOWEST)
        self.enlarge_button = _EnlargeButton()
        self.enlarge_button.clicked.connect(self.enlarge_wanted)
        self._parts = parts = FlowLayout(gap=4)
        parts.add(self._title)
        parts.add(self._hint, stretch=True)
        for tool in tools:
            parts.add(tool)
        self._line = top = QHBoxLayout()
        top.setContentsMargins(12, 8, 4, 0)
        top.setSpacing(0)
        top.addLayout(parts, 1)
        top.addWidget(self.enlarge_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.plot_area, 1)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for as many lines as the title and the tools need in the width that there is."""
        least, line = super().minimumSizeHint(), self._line
        high = max(line.heightForWidth(self.width()), line.minimumSize().height())
        return QSize(least.width(), high + _LOWEST + scaled(self, 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def set_title(self, title: str) -> None:
        """Say what the view shows."""
        self._title.setText(title)
        self._show_tip()
        self.plot_area.setAccessibleName(title)

    def set_tip(self, tip: str) -> None:
        """Say how the view is read, to whoever rests on the title."""
        self._tip = tip
        self.plot_area.setAccessibleDescription(tip)
        self._show_tip()

    def _show_tip(self) -> None:
        self._title.setToolTip(wrapped(f"{self._title.text()}\n{self._tip}".strip()))

    def add_tool(self, tool: QWidget) -> None:
        """Put something at the end of the title line."""
        self._parts.add(tool)

    def add_leading(self, tool: QWidget) -> None:
        """Put something at the beginning of the title line."""
        self._parts.add_first(tool)
        self._title.setContentsMargins(_AFTER_TOOL, 0, 0, 0)

    def show_title(self, shown: bool) -> None:
        """Show the title, or leave its place to the tools."""
        self._title.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """Change the background and the icon."""
        self._theme = theme
        self.plot_area.setBackground(theme.panel)
        self._show_state()

    def show_enlarged(self, way_back: str) -> None:
        """Say how to go back, while it has all the room of the views; else empty."""
        self._enlarged = bool(way_back)
        self._hint.setText(way_back or self._usual_hint)
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
            self._show_state()

    def _fit(self) -> None:
        """Take over the size of the letters."""
        self.plot_area.set_text_scale(text_scale(self))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, scaled(self, 4))  # round corners beneath the plot

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double-click on the title line for a wish to see it larger, or to go back."""
        if event.position().y() < self.plot_area.geometry().top():
            self.enlarge_wanted.emit()
        else:
            super().mouseDoubleClickEvent(event)

    def _show_state(self) -> None:
        if self._theme is not None:
            self.enlarge_button.show_state(self._theme, enlarged=self._enlarged)


class _EnlargeButton(QToolButton):
    """Gives a view all the room, or takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_state(self, theme: Theme, *, enlarged: bool) -> None:
        self.setIcon(icon("minimize-2" if enlarged else "maximize-2", theme, text_scale(self)))
        tip = _SMALLER_TIP if enlarged else _LARGER_TIP
        explain(self, tip)
        self.setAccessibleName("All views" if enlarged else "Enlarge")


class _Title(QLabel):
    """A title that is cut short where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("title")

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), scaled(self, _SHORTEST_TITLE)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawItemText(
            self.rect(),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self.palette(),
            True,
            shown,
            self.foregroundRole(),
        )


class _Hint(QLabel):
    """Words that are shown whole, or not at all where there is no room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setObjectName("muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.sizeHint().width() <= self.width():
            super().paintEvent(event)


def card(content: QWidget) -> QFrame:
    """Return a card around something that has none of its own."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(8, 8, 8, 8)
    layout.addWidget(content)
    return frame
