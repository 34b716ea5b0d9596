"""The worker does the newest job, drops all others, and can always be stopped."""

import threading
import time
from itertools import count

import pytest
from PySide6.QtCore import QThread

from gdviz.errors import UserError
from gdviz.session.worker import Worker

LIMIT = 5_000  # milliseconds that anything here may take at most
PROMPT = 2.0  # seconds in which a thread has to stop


@pytest.fixture
def events(worker):
    """Return the list that collects everything the worker tells."""
    told = []
    worker.result.connect(lambda value: told.append(("result", value)))
    worker.finished.connect(lambda: told.append(("finished",)))
    worker.failed.connect(lambda reason: told.append(("failed", reason)))
    return told


def endless(started=None, label="endless"):
    """Return a job that never ends by itself, and sets `started` when it has begun."""

    def job():
        for number in count():
            yield f"{label} {number}"
            if started is not None:
                started.set()

    return job


def test_results_arrive_in_order_and_then_the_end(qtbot, worker, events):
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter("abc"))
    assert events == [("result", "a"), ("result", "b"), ("result", "c"), ("finished",)]


def test_none_is_not_a_result(qtbot, worker, events):
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter([None, 0, None, "", None]))
    assert events == [("result", 0), ("result", ""), ("finished",)]


def test_a_job_runs_in_the_thread_and_its_results_arrive_in_this_one(qtbot, worker):
    here, seen = QThread.currentThread(), {}
    worker.result.connect(lambda value: seen.update(arrived=QThread.currentThread()))

    def job():
        seen["worked"] = QThread.currentThread().objectName()
        yield 1

    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(job)
    assert seen == {"worked": "worker of a test", "arrived": here}


def test_a_newer_request_ends_an_endless_job(qtbot, worker, events):
    started = threading.Event()
    worker.request(endless(started))
    qtbot.waitUntil(started.is_set, timeout=LIMIT)
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter(["newer"]))
    assert events[-2:] == [("result", "newer"), ("finished",)]
    assert [event for event in events if event == ("finished",)] == [("finished",)]


def test_what_an_older_job_had_sent_is_dropped_on_arrival(qtbot, worker, events):
    sent = threading.Event()

    def older():
        yield "stale"
        yield "stale too"
        sent.set()
        yield from endless()()

    worker.request(older)
    assert sent.wait(PROMPT)  # with no events handled here: both results wait in the queue
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter(["newer"]))
    assert events == [("result", "newer"), ("finished",)]


def test_a_failure_of_an_older_job_is_dropped_as_well(qtbot, worker, events):
    failing = threading.Event()

    def older():
        failing.set()
        raise UserError("too late")
        yield

    worker.request(older)
    assert failing.wait(PROMPT)
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter(["newer"]))
    assert events == [("result", "newer"), ("finished",)]


def test_of_many_requests_at_once_only_the_newest_is_worked_on(qtbot, worker, events):
    begun = []

    def job(number):
        def generator():
            begun.append(number)
            yield number

        return generator

    started, gate = threading.Event(), threading.Event()

    def blocking():
        started.set()
        gate.wait(PROMPT)
        yield "blocking"

    worker.request(blocking)
    assert started.wait(PROMPT)
    for number in range(50):
        worker.request(job(number))
    gate.set()
    qtbot.waitUntil(lambda: ("finished",) in events, timeout=LIMIT)
    assert begun == [49]
    assert events == [("result", 49), ("finished",)]


def test_cancel_drops_the_job_and_its_results_without_a_word(qtbot, worker, events):
    started = threading.Event()
    worker.request(endless(started))
    assert started.wait(PROMPT)
    worker.cancel()
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter(["after"]))
    assert events == [("result", "after"), ("finished",)]


def test_a_users_mistake_arrives_as_its_message(qtbot, worker, events):
    def job():
        yield "before"
        raise UserError("the learning rate is nonsense")

    with qtbot.waitSignal(worker.failed, timeout=LIMIT) as failed:
        worker.request(job)
    assert failed.args == ["the learning rate is nonsense"]
    assert events == [("result", "before"), ("failed", "the learning rate is nonsense")]


def test_a_job_that_cannot_even_begin_fails(qtbot, worker):
    with qtbot.waitSignal(worker.failed, timeout=LIMIT) as failed:
        worker.request(lambda: (1 / 0 for _ in range(1)))
    assert failed.args == ["division by zero"]


def test_lack_of_memory_is_told_in_words(qtbot, worker):
    def job():
        raise MemoryError
        yield

    with qtbot.waitSignal(worker.failed, timeout=LIMIT) as failed:
        worker.request(job)
    assert failed.args == ["there is not enough memory for this"]


def test_another_error_without_a_message_is_not_called_lack_of_memory(qtbot, worker):
    def job():
        raise AssertionError
        yield

    with qtbot.waitSignal(worker.failed, timeout=LIMIT) as failed:
        worker.request(job)
    assert "memory" not in failed.args[0]
    assert "AssertionError" in failed.args[0]


def test_after_a_failure_the_next_job_is_done(qtbot, worker, events):
    with qtbot.waitSignal(worker.failed, timeout=LIMIT):
        worker.request(lambda: iter([1 / 0]))
    with qtbot.waitSignal(worker.finished, timeout=LIMIT):
        worker.request(lambda: iter(["next"]))
    assert events[-2:] == [("result", "next"), ("finished",)]


def test_stop_ends_an_endless_job_promptly(qapp, courtesy):
    worker = Worker("to be stopped", courtesy)
    started = threading.Event()
    worker.request(endless(started))
    assert started.wait(PROMPT)
    before = time.monotonic()
    worker.stop()
    assert time.monotonic() - before < PROMPT
    assert not worker._thread.isRunning()


def test_stop_may_be_called_twice_and_before_any_job(qapp, courtesy):
    worker = Worker("idle", courtesy)
    worker.stop()
    worker.stop()
    assert not worker._thread.isRunning()


def test_nothing_arrives_after_stop(qapp, worker, events):
    started = threading.Event()
    worker.request(endless(started))
    assert started.wait(PROMPT)
    worker.stop()
    qapp.processEvents()
    assert events == []


def test_a_job_is_closed_when_it_is_dropped(qtbot, worker):
    started, closed = threading.Event(), threading.Event()

    def job():
        try:
            yield from endless(started)()
        finally:
            closed.set()

    worker.request(job)
    assert started.wait(PROMPT)
    worker.cancel()
    assert closed.wait(PROMPT)
