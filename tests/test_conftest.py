"""The guards in ``conftest.py`` catch what they are there to catch."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LEAVES_SOMETHING = """
    import logging
    import threading
    from PySide6.QtCore import QThread, QTimer, qWarning

    kept = []

    def test_thread():
        threading.Thread(target=threading.Event().wait, name="stray", daemon=True).start()

    def test_qt_thread(qapp):
        kept.append(QThread())
        kept[-1].start()

    def test_timer(qapp):
        kept.append(QTimer())
        kept[-1].start(10_000)

    def test_log():
        logging.getLogger("anything").warning("unheard of")

    def test_silence(expect_log):
        expect_log("never said")

    def test_qt_log(qapp):
        qWarning("unheard of")
"""

LEAVES_NOTHING = """
    import logging
    import threading
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QWidget

    kept = []

    def test_threads(qapp):
        threading.Thread(target=lambda: None).start()
        kept.append(QThread())
        kept[-1].start()
        kept[-1].quit()

    def test_timer(qtbot):
        widget = QWidget()
        qtbot.addWidget(widget)
        QTimer(widget).start(10_000)

    def test_log(expect_log):
        expect_log("heard .*")
        logging.getLogger("anything").error("heard of")
"""


@pytest.fixture
def run(pytester):
    def run(source):
        pytester.makepyfile(source)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider")

    guards = Path(__file__).with_name("conftest.py")
    pytester.makeconftest(guards.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\n")
    return run


def test_what_is_left_behind_fails(run):
    result = run(LEAVES_SOMETHING)
    result.assert_outcomes(passed=5, errors=5, failed=1)
    result.stdout.fnmatch_lines_random(
        [
            "threads still running: *stray*",
            "left behind: *QThread* is running",
            "left behind: *QTimer* is active",
            "unexpected WARNING of anything: unheard of",
            "expected a log message matching 'never said'",
        ]
    )


def test_what_is_cleaned_up_passes(run):
    run(LEAVES_NOTHING).assert_outcomes(passed=3)
