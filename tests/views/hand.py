"""A mouse over a window that shows a view."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from gdviz.views.theme import LIGHT

SIZE = (640, 480)
NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class Hand:
    """A mouse over a window that shows a view."""

    def __init__(self, qtbot, view):
        self.view = view
        self.window = pg.GraphicsView()
        qtbot.addWidget(self.window)
        self.window.setCentralItem(view.plot)
        self.window.resize(*SIZE)
        view.set_theme(LIGHT)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def pixel(self, x, y):
        """Return the pixel of the viewport that shows a point, as a whole one."""
        scene = self.view.box.mapViewToScene(QPointF(x, y))
        return self.window.mapFromScene(scene)

    def unit(self):
        """Return how much one pixel is, along x and y."""
        return np.array(self.view.box.viewPixelSize())

    def click(self, x, y, button=LEFT, keys=NO_KEYS):
        self.click_pixel(self.pixel(x, y), button, keys)

    def click_pixel(self, pixel, button=LEFT, keys=NO_KEYS):
        self.move_to_pixel(pixel)
        self.send(QEvent.Type.MouseButtonPress, pixel, button, button, keys)
        self.send(QEvent.Type.MouseButtonRelease, pixel, button, NONE, keys)

    def double_click(self, x, y):
        pixel = self.pixel(x, y)
        self.click_pixel(pixel)
        self.send(QEvent.Type.MouseButtonDblClick, pixel, LEFT, LEFT)
        self.send(QEvent.Type.MouseButtonRelease, pixel, LEFT, NONE)

    def move(self, x, y):
        self.move_to_pixel(self.pixel(x, y))

    def move_to_pixel(self, pixel):
        self.send(QEvent.Type.MouseMove, pixel, NONE, NONE)

    def drag(self, begin, *stops, button=LEFT, release=True):
        """Press at a point, move over others, and let go at the last."""
        begin_pixel = self.pixel(*begin)
        pixels = [self.pixel(*stop) for stop in stops]
        self.move_to_pixel(begin_pixel)
        self.send(QEvent.Type.MouseButtonPress, begin_pixel, button, button)
        for pixel in pixels:
            self.send(QEvent.Type.MouseMove, pixel, NONE, button)
        if release:
            self.send(QEvent.Type.MouseButtonRelease, pixels[-1], button, NONE)

    def release(self, x, y, button=LEFT):
        self.send(QEvent.Type.MouseButtonRelease, self.pixel(x, y), button, NONE)

    def press(self, x, y, button=LEFT):
        self.move(x, y)
        self.send(QEvent.Type.MouseButtonPress, self.pixel(x, y), button, button)

    def pull(self, x, y, button=LEFT):
        """Move with the button down."""
        self.send(QEvent.Type.MouseMove, self.pixel(x, y), NONE, button)

    def send(self, kind, pixel, button, buttons, keys=NO_KEYS):
        viewport = self.window.viewport()
        everywhere = QPointF(viewport.mapToGlobal(pixel))
        event = QMouseEvent(kind, QPointF(pixel), everywhere, button, buttons, keys)
        QApplication.sendEvent(viewport, event)
        QApplication.processEvents()

    def turn_wheel(self, x, y, notches):
        viewport, pixel = self.window.viewport(), self.pixel(x, y)
        event = QWheelEvent(
            QPointF(pixel),
            QPointF(viewport.mapToGlobal(pixel)),
            QPoint(0, 0),
            QPoint(0, 120 * notches),
            NONE,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)


def told(signal):
    """Return the list that collects what a signal tells."""
    heard = []
    signal.connect(lambda *values: heard.append(values[0] if len(values) == 1 else values))
    return heard
