"""Everything that is to be written is written, in order, also while the window closes."""

import threading

import pytest

from gdviz.session.scribe import Scribe


@pytest.fixture
def scribe(qapp):
    scribe = Scribe()
    yield scribe
    scribe.stop()


def test_jobs_are_done_in_order_in_another_thread(qtbot, scribe):
    done, told, threads = [], [], set()

    def job(number):
        threads.add(threading.get_ident())
        done.append(number)

    for number in range(20):
        scribe.write(lambda number=number: job(number), told.append)
    assert scribe.busy
    qtbot.waitUntil(lambda: not scribe.busy)
    assert done == list(range(20))
    assert told == [""] * 20
    assert threads != {threading.get_ident()}
    assert len(threads) == 1


def test_a_job_that_fails_tells_why_and_the_next_one_is_done(qtbot, scribe):
    told, done = [], []

    def fail():
        raise OSError("the disk is full")

    scribe.write(fail, told.append)
    scribe.write(lambda: done.append(1), told.append)
    qtbot.waitUntil(lambda: not scribe.busy)
    assert told == ["the disk is full", ""]
    assert done == [1]


def test_stopping_does_first_what_was_asked_for(scribe):
    gate, done = threading.Event(), []
    scribe.write(lambda: gate.wait(5.0), lambda _reason: None)
    for number in range(5):
        scribe.write(lambda number=number: done.append(number), lambda _reason: None)
    gate.set()
    scribe.stop()
    assert done == list(range(5))


def test_without_a_job_there_is_no_thread(scribe):
    assert not scribe._thread.isRunning()
    scribe.stop()
