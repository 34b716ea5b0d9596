"""The gate is open while the window is idle and closed while it handles events."""

import threading
import time

from PySide6.QtCore import QEventLoop, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gdviz.session.courtesy import Courtesy


def test_it_is_open_before_any_event_loop_runs(qapp):
    courtesy = Courtesy()
    before = time.monotonic()
    courtesy.wait()
    assert time.monotonic() - before < 0.015


def test_it_is_closed_while_a_watched_window_handles_an_event(qtbot, courtesy):
    seen = []

    class Button(QWidget):
        def mousePressEvent(self, event):
            seen.append(courtesy._idle.is_set())

    button = Button()
    qtbot.addWidget(button)
    courtesy.watch(button)
    with qtbot.waitExposed(button):
        button.show()
    courtesy._idle.set()
    QTest.mouseClick(button.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert seen == [False]


def test_it_is_closed_by_whoever_begins_work(qtbot, courtesy):
    seen = []

    def work():
        courtesy.busy()
        seen.append(courtesy._idle.is_set())

    QTimer.singleShot(0, work)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False]


def test_it_is_closed_while_a_widget_is_painted(qtbot, courtesy):
    seen = []

    class Canvas(QWidget):
        def paintEvent(self, event):
            seen.append(courtesy._idle.is_set())

    window = QWidget()
    canvas = Canvas(window)
    qtbot.addWidget(window)
    courtesy.watch(window)
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    courtesy._idle.set()
    canvas.update()
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert set(seen) == {False}


def test_it_opens_while_the_window_waits_for_events(courtesy):
    opened = []
    loop, closed = QEventLoop(), threading.Event()

    def watch():
        closed.wait()
        opened.append(courtesy._idle.wait(2.0))
        bell.rung.emit()

    class Bell(QObject):
        rung = Signal()

    bell = Bell()
    bell.rung.connect(loop.quit, Qt.ConnectionType.QueuedConnection)

    def close():
        courtesy.busy()
        closed.set()

    QTimer.singleShot(0, close)
    watcher = threading.Thread(target=watch)
    watcher.start()
    loop.exec()
    watcher.join()
    assert opened == [True]


def test_a_closed_gate_lets_through_after_a_moment(qtbot, courtesy):
    waited = []

    def work():
        courtesy.busy()
        before = time.monotonic()
        courtesy.wait()
        waited.append(time.monotonic() - before)

    QTimer.singleShot(0, work)
    qtbot.waitUntil(lambda: bool(waited))
    assert 0.015 < waited[0] < 1.0


def test_without_an_event_dispatcher_it_is_always_open():
    # A thread of Python's own has none.
    waited = []

    def work():
        courtesy = Courtesy()
        courtesy.busy()
        before = time.monotonic()
        courtesy.wait()
        waited.append(time.monotonic() - before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert waited[0] < 0.015
