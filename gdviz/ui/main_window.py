"""The window's layout, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.action_table import MENUS
from gdviz.ui.actions import Actions
from gdviz.ui.probe_labels import ProbeLabels

__all__ = ["MainWindow"]

_FIRST_SIZE = QSize(1280, 800)
_LOWEST = 120
_TOOLS = (
    ("open",),
    ("undo", "redo"),
    ("clear", "reset", "zoom_reset"),
    ("export",),
    ("learn", "theme_toggle", "keys"),
)


class MainWindow(QMainWindow):
    """Toolbar on top, docks at the sides, views in the middle, playback beneath.

    Signals
    -------
    closing()
        The window is about to close.
    file_dropped(str)
        A file was dropped on the window: its path.
    """

    closing = Signal()
    file_dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("gdviz")
        self.resize(_FIRST_SIZE)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        # What opens at the bottom takes its room from the views, not from the panels beside them.
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        self._probe = ProbeLabels()
        self.statusBar().addPermanentWidget(self._probe)
        self.statusBar().setContentsMargins(8, 0, 8, 0)
        self.statusBar().setSizeGripEnabled(False)
        self.setAcceptDrops(True)
        self._docks: list[QDockWidget] = []

    def fill(self, top: QWidget, bottom: tuple[QWidget, ...], playback: QWidget) -> None:
        """Put one view above the others, and the playback bar beneath them."""
        beneath = _splitter(Qt.Orientation.Horizontal, bottom, (1,) * len(bottom))
        splitter = _splitter(Qt.Orientation.Vertical, (top, beneath), (3, 2))
        splitter.setSizes([420, 260])
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(splitter, 1)
        layout.addWidget(playback)
        self.setCentralWidget(center)

    def add_dock(
        self,
        title: str,
        panel: QWidget,
        area: Qt.DockWidgetArea,
        width: int,
        beside: str = "",
        *,
        below: str = "",
        right_of: str = "",
        hidden: bool = False,
    ) -> QDockWidget:
        """Put a panel into a dock that can be moved, hidden and restored.

        Parameters
        ----------
        title : str
        panel : QWidget
        area : Qt.DockWidgetArea
        width : int
            In pixels, at least.
        beside : str
            The title of a dock with which it shares its place, as a tab behind it.
        below, right_of : str
            The title of a dock that leaves it half of its place.
        hidden : bool
            Whether it is closed at first.
        """
        dock = QDockWidget(title)
        dock.setObjectName(title)
        holder = _Holder(width)
        layout = QVBoxLayout(holder)
        left = area is Qt.DockWidgetArea.LeftDockWidgetArea
        right = area is Qt.DockWidgetArea.RightDockWidgetArea
        layout.setContentsMargins(8 if left else 0, 4, 8 if right else 0, 0)
        layout.addWidget(panel)
        dock.setWidget(holder)
        dock.visibilityChanged.connect(holder.setVisible)
        self.addDockWidget(area, dock)
        for other in self._docks:
            if other.windowTitle() == beside:
                self.tabifyDockWidget(other, dock)
                other.raise_()
                holder.hide()
            elif other.windowTitle() == below:
                self.splitDockWidget(other, dock, Qt.Orientation.Vertical)
            elif other.windowTitle() == right_of:
                self.splitDockWidget(other, dock, Qt.Orientation.Horizontal)
        self._docks.append(dock)
        if hidden:
            dock.hide()
        self.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        return dock

    def docks_at(self, area: Qt.DockWidgetArea) -> list[QDockWidget]:
        """Return the docks on one side that are open, whether in front or behind a tab."""
        return [
            dock
            for dock in self._docks
            if self.dockWidgetArea(dock) is area and not dock.isHidden() and not dock.isFloating()
        ]

    def share_height(self, titles: Sequence[str], shares: Sequence[int]) -> None:
        """Divide the height among docks that stand above one another."""
        docks = [dock for title in titles for dock in self._docks if dock.windowTitle() == title]
        heights = [share * self.height() for share in shares]
        self.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def toggle_dock(self, title: str) -> None:
        """Open a dock that is closed, or close it."""
        for dock in self._docks:
            if dock.windowTitle() == title:
                dock.setVisible(dock.isHidden())

    def raise_dock(self, title: str) -> None:
        """Bring a dock into view."""
        for dock in self._docks:
            if dock.windowTitle() == title:
                dock.show()
                dock.raise_()

    def add_actions(self, actions: Actions) -> None:
        """Fill the menus and the toolbar."""
        for title, keys in MENUS.items():
            menu = self.menuBar().addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            for key in keys:
                if key is None:
                    menu.addSeparator()
                else:
                    menu.addAction(actions[key])
            if title == "View":
                menu.addSeparator()
                for dock in self._docks:
                    menu.addAction(dock.toggleViewAction())
        toolbar = QToolBar("Tools")
        toolbar.setObjectName("Tools")
        toolbar.setIconSize(QSize(20, 20))
        toolbar.setMovable(False)
        *groups, last = _TOOLS
        for number, keys in enumerate(groups):
            if number:
                toolbar.addSeparator()
            for key in keys:
                toolbar.addAction(actions[key])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        toolbar.addWidget(gap)
        for key in last:
            toolbar.addAction(actions[key])
        self.addToolBar(toolbar)

    def show_probe(self, parts: Sequence[str]) -> None:
        """Say what is under the pointer, at the right of the status bar."""
        self._probe.show_parts(parts)

    def show_message(self, text: str) -> None:
        """Say something at the left of the status bar."""
        self.statusBar().showMessage(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


class _Holder(QWidget):
    """A dock's content, at least as wide as it is to be at first.

    The dock's own minimum would stay what it once was, however narrow the panel becomes.
    Behind another tab Qt leaves a dock's content visible, but out of sight; this one is
    hidden then, so that panels know that they need not be kept up to date.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self._least = width
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(self._least, _LOWEST))


def _splitter(
    orientation: Qt.Orientation, parts: Sequence[QWidget], stretches: Sequence[int]
) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(8)
    for number, (part, stretch) in enumerate(zip(parts, stretches, strict=True)):
        splitter.addWidget(part)
        splitter.setStretchFactor(number, stretch)
    return splitter


def _dropped(event: QDropEvent) -> str:
    """Return the path of the first file that is being dropped; empty if there is none."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if paths else ""
