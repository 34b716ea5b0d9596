"""The gate is open while the window is idle and closed while it handles events."""

import threading
import time

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gdviz.session.courtesy import Courtesy


def test_it_is_open_before_any_event_loop_runs(qapp):
    courtesy = Courtesy()
    before = time.monotonic()
    courtesy.wait()
    assert time.monotonic() - before < 0.015


def test_it_is_closed_while_an_event_is_handled(qtbot, courtesy):
    seen = []
    QTimer.singleShot(0, lambda: seen.append(courtesy._idle.is_set()))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False]


def test_it_is_closed_while_a_widget_is_painted(qtbot, courtesy):
    seen = []

    class Canvas(QWidget):
        def paintEvent(self, event):
            seen.append(courtesy._idle.is_set())

    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitUntil(lambda: bool(seen))
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
    QTimer.singleShot(0, closed.set)
    watcher = threading.Thread(target=watch)
    watcher.start()
    loop.exec()
    watcher.join()
    assert opened == [True]


def test_a_closed_gate_lets_through_after_a_moment(qtbot, courtesy):
    waited = []

    def work():
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
        before = time.monotonic()
        courtesy.wait()
        waited.append(time.monotonic() - before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert waited[0] < 0.015
