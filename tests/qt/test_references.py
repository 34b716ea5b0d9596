"""The Qt binding keeps the reference counts of None, True and False.

Some releases of PySide6 drop a reference whenever a virtual method returns to Qt or a
signal is delivered. Before Python 3.12, where these objects became immortal, the count
reaches zero after enough repaints and ends the process.
"""

import gc
import sys

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

ROUNDS = 1000
WATCHED = (None, True, False)

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on"
)


class Sender(QObject):
    flag = Signal(bool)
    anything = Signal(object)
    nothing = Signal()


class Canvas(QWidget):
    """Overrides what views override, with each kind of return value."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawLine(0, 0, self.width(), self.height())
        painter.end()

    def eventFilter(self, watched, event):
        return False

    def hasHeightForWidth(self):
        return True


def counts():
    return {repr(value): sys.getrefcount(value) for value in WATCHED}


def drift(action, rounds=ROUNDS):
    """Return by how much each count moved over `rounds` calls, after a warm-up.

    Garbage that other tests have left holds thousands of references; it is collected before.
    """
    for _ in range(20):
        action()
    gc.collect()
    gc.disable()
    try:
        before = counts()
        for _ in range(rounds):
            action()
        after = counts()
    finally:
        gc.enable()
    return {name: after[name] - before[name] for name in before}


def assert_kept(moved):
    # One reference a round would be a thousand; caches and garbage move a few. A count
    # that rises is harmless: it takes no memory and ends nothing.
    assert all(by > -ROUNDS // 10 for by in moved.values()), moved


def test_repainting_a_widget(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.installEventFilter(canvas)
    canvas.show()
    assert_kept(drift(canvas.repaint))


def test_repainting_a_plot(qtbot):
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    plot.resize(120, 90)
    plot.plot([0.0, 1.0, 4.0, 9.0], symbol="o")
    plot.show()
    assert_kept(drift(plot.viewport().repaint))


def test_moving_a_curve(qtbot):
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    plot.resize(120, 90)
    curve = plot.plot([0.0, 1.0])
    plot.show()

    def move():
        curve.setData([0.0, 1.0, 4.0])
        plot.viewport().repaint()

    assert_kept(drift(move))


@pytest.mark.parametrize(
    ("signal", "arguments"),
    [
        pytest.param("flag", (True,), id="True"),
        pytest.param("flag", (False,), id="False"),
        pytest.param("anything", (None,), id="None"),
        pytest.param("anything", (True,), id="object"),
        pytest.param("nothing", (), id="nothing"),
    ],
)
def test_emitting(qtbot, signal, arguments):
    sender = Sender()
    received = []
    getattr(sender, signal).connect(lambda *values: received.clear())
    assert_kept(drift(lambda: getattr(sender, signal).emit(*arguments)))


def test_asking_and_setting_flags(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)

    def ask():
        canvas.setEnabled(not canvas.isEnabled())
        canvas.setProperty("touched", None)
        canvas.setProperty("touched", True)
        canvas.property("touched")
        canvas.heightForWidth(10)

    assert_kept(drift(ask))


def test_delivering_queued_calls(qtbot, qapp):
    def queue():
        QTimer.singleShot(0, lambda: None)
        qapp.processEvents()

    assert_kept(drift(queue))
