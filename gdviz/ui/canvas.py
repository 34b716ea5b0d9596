"""A plot on the screen, with its title."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from gdviz.views.plot_view import PlotView
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import Theme

__all__ = ["Canvas", "card"]

# Every move counts, or the last one of a quick movement would be lost and the numbers told
# would be those of a place that the pointer has left. Qt itself joins moves that pile up.
pg.setConfigOption("mouseRateLimit", -1)

_SHORTEST_TITLE = 48


class Canvas(QFrame):
    """A card that shows a view under a title line.

    Parameters
    ----------
    view : PlotView or SurfaceView
    hint : str
        What the mouse does here.
    tools : QWidget, optional
        What stands at the right of the title line.
    """

    def __init__(
        self, view: PlotView | SurfaceView, hint: str, tools: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = _Title()
        hint_label = _Hint(hint)
        self.plot_area = pg.GraphicsView()
        self.plot_area.setCentralItem(view.plot)
        self.plot_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot_area.setMinimumSize(216, 132)
        self._top = top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(hint_label, 1)
        if tools is not None:
            top.addWidget(tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.plot_area, 1)

    def set_title(self, title: str) -> None:
        """Say what the view shows."""
        self._title.setText(title)
        self._title.setToolTip(title)
        self.plot_area.setAccessibleName(title)

    def add_tool(self, tool: QWidget) -> None:
        """Put something at the end of the title line."""
        self._top.addWidget(tool)

    def add_leading(self, tool: QWidget) -> None:
        """Put something at the beginning of the title line."""
        self._top.insertWidget(0, tool)

    def show_title(self, shown: bool) -> None:
        """Show the title, or leave its place to the tools."""
        self._title.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """Change the background."""
        self.plot_area.setBackground(theme.panel)


class _Title(QLabel):
    """A title that is cut short where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("title")

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), _SHORTEST_TITLE), whole.height())

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
