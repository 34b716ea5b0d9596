"""The window's layout, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gdviz.ui.action_table import MENUS, Submenu
from gdviz.ui.actions import Actions
from gdviz.ui.dock_frame import DockFrame
from gdviz.ui.palette import ICON
from gdviz.ui.probe_labels import ProbeLabels
from gdviz.ui.text_scale import scaled

__all__ = ["MainWindow"]

_FIRST_SIZE = QSize(1280, 800)
_SHARE_OF_PANELS = 4
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
_BESIDE_PANELS, _ALONE = (0, 4, 0, 0), (8, 8, 8, 8)
_TOOLS = (
    ("open", "save"),
    ("undo", "redo"),
    ("clear", "reset", "zoom_reset"),
    ("export",),
    ("learn", "present", "theme_toggle", "help"),
)


class MainWindow(QMainWindow):
    """Toolbar on top, docks at the sides, views in the middle, playback beneath.

    Attributes
    ----------
    help_actions : list of QAction
        Those that explain, for dialogs to have them too.
    close_guards : list of callable
        Asked in turn before the window closes; it stays where one answers False.

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
        self._submenus: dict[str, QMenu] = {}
        self.help_actions: list[QAction] = []
        self.close_guards: list[Callable[[], bool]] = []
        self._tools: QToolBar | None = None

    def fill(
        self, top: QWidget, bottom: tuple[QWidget, ...], playback: QWidget, caption: QWidget
    ) -> None:
        """Put one view above the others, the playback bar beneath, a caption for a while above."""
        beneath = _splitter(Qt.Orientation.Horizontal, bottom, (1,) * len(bottom))
        splitter = _splitter(Qt.Orientation.Vertical, (top, beneath), (3, 2))
        splitter.setSizes([420, 260])
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(*_BESIDE_PANELS)
        layout.setSpacing(8)
        caption.hide()
        layout.addWidget(caption)
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
        left = area is Qt.DockWidgetArea.LeftDockWidgetArea
        right = area is Qt.DockWidgetArea.RightDockWidgetArea
        holder = DockFrame(panel, width, QMargins(8 if left else 0, 4, 8 if right else 0, 0))
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

    def fit_docks(self) -> None:
        """Make the panels at the sides as wide as their letters ask for, if there is room."""
        shown = self._in_place()
        frames = [dock.widget() for dock in shown]
        widths = [frame.wanted_width for frame in frames if isinstance(frame, DockFrame)]
        room = self.width() // _SHARE_OF_PANELS
        self._resize(shown, [min(width, room) for width in widths], Qt.Orientation.Horizontal)
        needs = [frame.wanted_height for frame in frames if isinstance(frame, DockFrame)]
        self._resize(shown, needs, Qt.Orientation.Vertical)

    def show_alone(self, alone: bool) -> None:
        """Show nothing but the middle, or the menus and the status bar again.

        Panels and toolbar come back by way of `restoreState`.
        """
        center = self.centralWidget()
        layout = None if center is None else center.layout()
        if layout is not None:
            layout.setContentsMargins(*(_ALONE if alone else _BESIDE_PANELS))
        self.menuBar().setVisible(not alone)
        self.statusBar().setVisible(not alone)
        if alone:
            for part in (*self._docks, *self.findChildren(QToolBar)):
                part.hide()

    def dock_sizes(self) -> list[QSize]:
        """Return how large the panels are."""
        return [dock.size() for dock in self._in_place()]

    def _resize(
        self, docks: list[QDockWidget], sizes: list[int], orientation: Qt.Orientation
    ) -> None:
        """Resize docks side by side, one side of the window after the other."""
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        areas = _SIDES if orientation is Qt.Orientation.Horizontal else (bottom, *_SIDES)
        for area in areas:
            there = [n for n, dock in enumerate(docks) if self.dockWidgetArea(dock) == area]
            if there:
                self.resizeDocks([docks[n] for n in there], [sizes[n] for n in there], orientation)

    def _in_place(self) -> list[QDockWidget]:
        """Return the docks that share the window; those behind others keep sizes of the past."""
        shown = [dock for dock in self._docks if dock.isVisible() and not dock.isFloating()]
        return [dock for dock in shown if self.rect().intersects(dock.geometry())]

    def split_sizes(self) -> list[list[int]]:
        """Return how the middle is shared among the views."""
        return [splitter.sizes() for splitter in self.findChildren(QSplitter)]

    def set_split_sizes(self, sizes: list[list[int]]) -> None:
        """Share the middle as it was."""
        for splitter, shares in zip(self.findChildren(QSplitter), sizes, strict=True):
            splitter.setSizes(shares)

    def add_actions(self, actions: Actions) -> None:
        """Fill the menus and the toolbar."""
        for title, keys in MENUS.items():
            menu = self.menuBar().addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            for entry in keys:
                self._add_entry(menu, entry, actions)
            if title == "View":
                menu.addSeparator()
                for dock in self._docks:
                    menu.addAction(dock.toggleViewAction())
        self.help_actions = [actions["help"], actions["whats_this"]]
        self._tools = toolbar = QToolBar("Tools")
        toolbar.setObjectName("Tools")
        self._fit_icons()
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

    def submenu(self, title: str) -> QMenu:
        """Return a menu in a menu, by its title in the table."""
        return self._submenus[title]

    def show_probe(self, parts: Sequence[str]) -> None:
        """Say what is under the pointer, at the right of the status bar."""
        self._probe.show_parts(parts)

    def show_message(self, text: str) -> None:
        """Say something at the left of the status bar."""
        self.statusBar().showMessage(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_icons()

    def _add_entry(self, menu: QMenu, entry: str | Submenu | None, actions: Actions) -> None:
        if entry is None:
            menu.addSeparator()
            return
        if isinstance(entry, str):
            menu.addAction(actions[entry])
            return
        title, keys = entry
        self._submenus[title] = submenu = menu.addMenu(title)
        submenu.setToolTipsVisible(True)
        for key in keys:
            submenu.addAction(actions[key])

    def _fit_icons(self) -> None:
        if self._tools is not None:
            self._tools.setIconSize(QSize(scaled(self, ICON), scaled(self, ICON)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(guard() for guard in self.close_guards):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


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
