"""What each panel is for, on its title and its tab; and its topic."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMainWindow, QTabBar, QToolTip

from gdviz.ui.tips import explain, wrapped

__all__ = ["PANELS", "PanelTips"]

PANELS: Mapping[str, tuple[str, str]] = {
    "Landscape": ("What is descended: a landscape of the gallery, a formula or a file.", "gallery"),
    "Learn": (
        "A lesson: short steps, each with something to do that is noticed when it is done.",
        "lessons",
    ),
    "This step": (
        "The numbers of the step that all views show: place, slope, loss, and how far it went.",
        "this-step",
    ),
    "Mathematics": (
        "The loss and its derivatives as formulas, with the current point's numbers put in.",
        "mathematics",
    ),
    "Update": ("The next step taken apart: what each part of the rule adds to it.", "update"),
    "Runs": (
        "Who descends: every run with its color, how it ended and how low it came.",
        "run-list",
    ),
    "Settings": (
        "The selected run's optimizer with its learning rate, its start and how many steps.",
        "optimizer",
    ),
    "Verdict": ("What the selected run does and why, and what would help.", "verdict"),
    "Sensitivity": (
        "How sharp or flat it is around the current point, and how far the quadratic model holds.",
        "sensitivity",
    ),
    "Swarm": (
        "Very many starts at once: where they begin, how they are drawn, what became of them.",
        "swarm",
    ),
    "Numbers": ("Every number of every step of the selected run, to read and to copy.", "numbers"),
}
"""By the panel's title: its tooltip, and its topic in the help."""

_BUTTONS = {
    "qt_dockwidget_closebutton": "Close this panel. The View menu opens it again.",
    "qt_dockwidget_floatbutton": "Take this panel out of the window, or put it back.",
}


class PanelTips(QObject):
    """Keeps the tooltips of panels and of their tabs, which Qt makes anew as panels move.

    Parameters
    ----------
    window : QMainWindow
        With all its panels.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.refresh)
        for dock in window.findChildren(QDockWidget):
            if dock.windowTitle() in PANELS:
                explain(dock, *PANELS[dock.windowTitle()])
            for name, tip in _BUTTONS.items():
                for button in dock.findChildren(QAbstractButton, name):
                    explain(button, tip)
            for changed in (dock.visibilityChanged, dock.dockLocationChanged, dock.topLevelChanged):
                changed.connect(self._on_changed)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a tab's tooltip, which Qt does for tabs only whose titles are cut short."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            assert isinstance(watched, QTabBar)
            tip = watched.tabToolTip(watched.tabAt(event.pos()))
            QToolTip.showText(event.globalPos(), tip, watched)
            return True
        return False

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self._due.start()

    @Slot()
    def refresh(self) -> None:
        """Give every tab its panel's tooltip."""
        for bar in self._window.findChildren(QTabBar):
            for tab in range(bar.count()):
                if bar.tabText(tab) in PANELS:
                    bar.installEventFilter(self)
                    bar.setTabToolTip(tab, wrapped(PANELS[bar.tabText(tab)][0]))
