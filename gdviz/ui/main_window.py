"""The window's layout, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.actions import MENUS, Actions
from gdviz.ui.probe_labels import ProbeLabels

__all__ = ["MainWindow"]

_FIRST_SIZE = QSize(1280, 800)
_TOOLS = (
    ("undo", "redo"),
    ("clear", "reset", "zoom_reset"),
    ("export",),
    ("theme_toggle", "keys"),
)


class MainWindow(QMainWindow):
    """Toolbar on top, docks at the sides, views in the middle, playback beneath.

    Signals
    -------
    closing()
        The window is about to close.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("gdviz")
        self.resize(_FIRST_SIZE)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        self._probe = ProbeLabels()
        self.statusBar().addPermanentWidget(self._probe)
        self.statusBar().setContentsMargins(8, 0, 8, 0)
        self.statusBar().setSizeGripEnabled(False)
        self._docks: list[QDockWidget] = []

    def fill(self, views: tuple[QWidget, QWidget], playback: QWidget) -> None:
        """Put the views above one another and the playback bar beneath them."""
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        for view, stretch in zip(views, (3, 2), strict=True):
            splitter.addWidget(view)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.setSizes([420, 260])
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(splitter, 1)
        layout.addWidget(playback)
        self.setCentralWidget(center)

    def add_dock(self, title: str, panel: QWidget, area: Qt.DockWidgetArea, width: int) -> None:
        """Put a panel into a dock that can be moved, hidden and restored."""
        dock = QDockWidget(title)
        dock.setObjectName(title)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        left = area is Qt.DockWidgetArea.LeftDockWidgetArea
        layout.setContentsMargins(8 if left else 0, 4, 0 if left else 8, 0)
        layout.addWidget(panel)
        dock.setWidget(holder)
        dock.setMinimumWidth(width)
        self.addDockWidget(area, dock)
        self._docks.append(dock)
        self.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
