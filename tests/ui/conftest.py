"""Panels in a window of their own, worked by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gdviz.ui.palette import palette, style_sheet
from gdviz.views.fonts import font
from gdviz.views.theme import LIGHT

NARROW = 248


@pytest.fixture
def window_of(qtbot):
    """Call with a panel to get it into a window, and hands on it."""
    made = []

    def make(panel, width=NARROW, height=620, theme=LIGHT):
        made.append(PanelWindow(qtbot, panel, width, height, theme))
        return made[-1]

    yield make
    made.clear()


class PanelWindow:
    """Shows a panel as a dock of the main window would."""

    def __init__(self, qtbot, panel, width, height, theme):
        self.qtbot = qtbot
        application = QApplication.instance()
        application.setStyle("Fusion")
        application.setFont(font())
        self.widget = QWidget()
        self.widget.setPalette(palette(theme))
        self.widget.setStyleSheet(style_sheet(theme))
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 4, 8, 0)
        layout.addWidget(panel)
        qtbot.addWidget(self.widget)
        self.widget.resize(width, height)
        with qtbot.waitActive(self.widget):
            self.widget.show()
            self.widget.activateWindow()

    def type(self, entry, text):
        """Type into a field, and press Enter."""
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        entry.selectAll()
        QTest.keyClicks(entry, text)
        QTest.keyClick(entry, Qt.Key.Key_Return)

    def click(self, widget):
        """Click a widget at its left, where a check box has its mark."""
        at = widget.rect().center()
        at.setX(min(at.x(), 10))
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def choose(self, box, text):
        """Choose an entry of a combo box by keys."""
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Space)
        popup = box.view()
        self.qtbot.waitUntil(popup.isVisible)
        row = box.findText(text)
        assert row >= 0, f"there is no '{text}'"
        enabled = [at for at in range(box.count()) if box.model().item(at).isEnabled()]
        QTest.keyClick(popup, Qt.Key.Key_Home)
        for _ in range(enabled.index(row)):
            QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not popup.isVisible())
