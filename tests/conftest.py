"""What every test runs under: no screen, none of the user's settings, nothing left behind."""

import gc
import logging
import os
import re
import threading
import weakref

# Before anything imports Qt, which reads it once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QThreadPool, QTimer
from shiboken6 import isValid

# Everywhere the time of an example is the machine's affair; a build is to be repeatable,
# so there the examples are always the same, while a developer's runs look for new ones.
settings.register_profile("developer", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "developer")

GRACE = 1.0  # seconds that a thread which was told to stop may take


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    """Keep settings, caches and data of one test from the user's and from the next one's."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "config"))


@pytest.fixture(autouse=True)
def _no_leaked_threads():
    """Fail a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    left = [
        thread
        for thread in threading.enumerate()
        # A dummy stands for a thread that Qt started, and outlives it.
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in left:
        thread.join(GRACE)
    running = [thread.name for thread in left if thread.is_alive()]
    if running:
        pytest.fail(f"threads still running: {running}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_leaked_qt_objects(monkeypatch):
    """Fail a test that leaves a QThread running or a QTimer active.

    Qt has no list of its threads and timers, so what is started is noted here.
    """
    threads = _note_started(monkeypatch, QThread)
    timers = _note_started(monkeypatch, QTimer)
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if _active(timers):
        gc.collect()  # a timer in a cycle that nothing refers to any more is no leak
    leaked = [f"{timer!r} is active" for timer in _active(timers)]
    for timer in _active(timers):
        timer.stop()
    for thread in _running(threads):
        if not thread.wait(round(1000 * GRACE)):
            leaked.append(f"{thread!r} is running")
            # Left alone it would abort the process when it is collected.
            thread.quit()
            thread.wait(round(1000 * GRACE))
    if not QThreadPool.globalInstance().waitForDone(round(1000 * GRACE)):
        leaked.append("the global thread pool is busy")
    if leaked:
        pytest.fail("left behind: " + "; ".join(leaked), pytrace=False)


def _note_started(monkeypatch, kind):
    started = weakref.WeakSet()
    start = kind.start

    def noting_start(self, *args):
        started.add(self)
        return start(self, *args)

    monkeypatch.setattr(kind, "start", noting_start)
    return started


def _active(timers):
    return [timer for timer in timers if isValid(timer) and timer.isActive()]


def _running(threads):
    return [thread for thread in threads if isValid(thread) and thread.isRunning()]


class _LogRecords(logging.Handler):
    """Collects warnings and errors, and what a test said it expects of them."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []
        self.expected = []

    def emit(self, record):
        self.records.append(record)

    def complaints(self):
        """Yield what was logged unexpectedly, and what was expected in vain."""
        messages = [record.getMessage() for record in self.records]
        for record, message in zip(self.records, messages, strict=True):
            if not any(re.search(pattern, message) for pattern in self.expected):
                yield f"unexpected {record.levelname} of {record.name}: {message}"
        for pattern in self.expected:
            if not any(re.search(pattern, message) for message in messages):
                yield f"expected a log message matching {pattern!r}"


@pytest.fixture(autouse=True)
def _log_records():
    """Fail a test during which something logs a warning that was not expected."""
    handler = _LogRecords()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    complaints = list(handler.complaints())
    if complaints:
        pytest.fail("; ".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(_log_records):
    """Call with a regular expression that a logged warning or error must match."""
    return _log_records.expected.append
