"""A hand for documents: what one does to save, open, leave and restore them."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from gdviz.ui.ask_box import AskBox
from tests.app.conftest import CONTROL, LEFT, NO_KEYS
from tests.app.run_hand import SHIFT, RunHand


class DocumentHand(RunHand):
    """What a user does with documents."""

    @property
    def window(self):
        return self.workbench.window

    @property
    def documents(self):
        return self.workbench.door.documents

    @property
    def title(self):
        """What the window manager shows: the mark is there while something is unsaved."""
        title = self.window.windowTitle()
        return title.replace("[*]", "*" if self.window.isWindowModified() else "")

    @property
    def message(self):
        return self.window.statusBar().currentMessage()

    @property
    def boxes(self):
        """The questions that are open."""
        return [box for box in self.window.findChildren(AskBox) if box.isVisible()]

    def move_start(self, params=(-1.0, 2.0)):
        """Click the landscape, which is an edit, and hold the playhead."""
        self.activate()
        self.click_contour(params)
        self.hold()

    def save(self):
        self.activate()
        self.key(Qt.Key.Key_S, CONTROL)

    def save_as(self, path):
        """Press the keys, type a path and press Enter."""
        self.activate()
        self.key(Qt.Key.Key_S, CONTROL | SHIFT)
        self.fill_dialog(path)

    def fill_dialog(self, path):
        """Type a path into the dialog that is open, and press Enter."""
        dialog = self.dialog()
        self.key(Qt.Key.Key_A, CONTROL)
        self.keys(str(path))
        self.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())

    def dialog(self):
        """Return the file dialog once it has the keys."""

        def found():
            return [one for one in self.window.findChildren(QFileDialog) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        (dialog,) = found()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    def wait_saved(self):
        self.qtbot.waitUntil(lambda: not self.documents.saving)

    def box(self):
        """Return the question once it has the keys."""
        self.qtbot.waitUntil(lambda: len(self.boxes) == 1)
        (box,) = self.boxes
        self.qtbot.waitUntil(box.isActiveWindow)
        return box

    def answer(self, key):
        """Click an answer of the question that is open."""
        box = self.box()
        button = box.buttons[key]
        QTest.mouseClick(
            box.windowHandle(), LEFT, NO_KEYS, button.mapTo(box, button.rect().center())
        )
        self.qtbot.waitUntil(lambda: not isValid(box) or not box.isVisible())

    def drop(self, path):
        """Drop a file on the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(QPointF(300, 300).toPoint(), copy, mime, left, NO_KEYS)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(
            self.window, QDropEvent(QPointF(300, 300), copy, mime, left, NO_KEYS)
        )

    def wait_title(self, title):
        self.qtbot.waitUntil(lambda: self.title == title, timeout=10_000)
