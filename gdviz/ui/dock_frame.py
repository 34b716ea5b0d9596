"""What stands between a dock and its panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gdviz.ui.text_scale import scaled, text_scale

__all__ = ["DockFrame"]

_LOWEST, _TALLEST_LEAST = 120, 240
_MOST_GROWTH = 1.3


class DockFrame(QWidget):
    """A dock's content, at least as wide as it is to be at first.

    The dock's own minimum would stay what it once was, however narrow the panel becomes.
    Behind another tab Qt leaves a dock's content visible, but out of sight; this one is
    hidden then, so that panels know that they need not be kept up to date. Where letters are
    so large that a panel would push the window off the screen, it scrolls.

    Parameters
    ----------
    panel : QWidget
    width : int
        In pixels at the usual text size.
    margins : QMargins
    """

    def __init__(self, panel: QWidget, width: int, margins: QMargins) -> None:
        super().__init__()
        self._panel = panel
        self._least = width
        self._margins = margins
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margins)
        layout.addWidget(_Scrolling(panel))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    @property
    def wanted_width(self) -> int:
        """How wide it is to be where the window has room."""
        return scaled(self, self._least)

    @property
    def wanted_height(self) -> int:
        """How high its panel is to be, at least."""
        return max(self._panel.minimumSizeHint().height(), scaled(self, _LOWEST))

    def minimumSizeHint(self) -> QSize:
        scale = text_scale(self)
        growth = min(scale, _MOST_GROWTH)  # the views need the room more
        least = QSize(round(self._least * growth), _LOWEST)
        inner = self._panel.minimumSizeHint().grownBy(self._margins)
        most = QSize(round(self._least * _MOST_GROWTH), round(_TALLEST_LEAST / growth))
        return least.expandedTo(inner.boundedTo(most))


class _Scrolling(QScrollArea):
    """Gives a panel all the room there is, and more where it can't do with that."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel = panel
        self.setWidget(panel)
        panel.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._panel and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint()

    def _fit(self) -> None:
        room, least = self.maximumViewportSize(), self._panel.minimumSizeHint()
        width = max(room.width(), least.width())
        height = room.height()
        if width > room.width():
            height -= self.horizontalScrollBar().sizeHint().height()
        if self._needed(width) > height:
            beside = room.width() - self.verticalScrollBar().sizeHint().width()
            width = max(beside, least.width())
        self._panel.resize(width, max(height, self._needed(width)))

    def _needed(self, width: int) -> int:
        """Return the least height of the panel in a width."""
        layout, least = self._panel.layout(), self._panel.minimumSizeHint().height()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return max(least, layout.minimumHeightForWidth(width))
