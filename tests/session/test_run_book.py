"""The book has each run's trajectory, and computes only what it does not know."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QTimer

import gdviz
from gdviz.engine import Outcome
from gdviz.errors import UserError
from gdviz.experiment import Run
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer
from gdviz.session.run_book import RunBook

LIMIT = 10_000
VALLEY, ROSENBROCK = preset("valley").build(), preset("rosenbrock").build()
START = (-3.0, 4.0)
GD = optimizer("gd", learning_rate=0.1)
CRAWL = optimizer("gd", learning_rate=1e-9)
RUNS = (
    Run(GD, START),
    Run(optimizer("adam", learning_rate=0.1), START),
    Run(optimizer("gd", learning_rate=0.2), (1.0, 1.0)),
    Run(optimizer("newton"), START, steps=20),
)


@pytest.fixture
def book(runner):
    return RunBook(runner)


def done(book, qtbot, runs, landscape=VALLEY):
    with qtbot.waitSignal(book.finished, timeout=LIMIT):
        book.request(landscape, runs)
    qtbot.waitUntil(lambda: not book.computing, timeout=LIMIT)
    return book.trajectories


def assert_is(trajectory, run, landscape=VALLEY):
    expected = gdviz.descend(landscape, run.optimizer, run.start, run.steps)
    records = trajectory.records
    assert trajectory.params.tobytes() == expected.params[:records].tobytes()
    assert trajectory.outcome == expected.outcome


def test_there_is_one_trajectory_for_each_run_in_order(book, qtbot):
    found = done(book, qtbot, RUNS)
    assert len(found) == len(RUNS)
    for trajectory, run in zip(found, RUNS, strict=True):
        assert_is(trajectory, run)


def requested(runner, monkeypatch):
    """Return the numbers of rows of each request that reaches the runner."""
    rows = []
    request = runner.request

    def noting(descents):
        rows.append(sum(descent.rows for descent in descents))
        request(descents)

    monkeypatch.setattr(runner, "request", noting)
    return rows


def test_only_what_has_changed_is_computed_again(book, runner, qtbot, monkeypatch):
    before = done(book, qtbot, RUNS)
    rows = requested(runner, monkeypatch)
    changed = (RUNS[0], replace(RUNS[1], start=(0.0, 1.0)), *RUNS[2:])
    after = done(book, qtbot, changed)
    assert rows == [1]
    assert_is(after[1], changed[1])
    for place in (0, 2, 3):
        assert after[place] is before[place]


def test_names_colors_and_order_cost_nothing(book, runner, qtbot, monkeypatch):
    before = done(book, qtbot, RUNS)
    rows = requested(runner, monkeypatch)
    shuffled = (replace(RUNS[3], name="fast", hidden=True), RUNS[0], RUNS[2], RUNS[1], RUNS[0])
    after = done(book, qtbot, shuffled)
    assert rows == [0]
    assert [one is before[place] for one, place in zip(after, (3, 0, 2, 1, 0), strict=True)] == [
        True
    ] * 5


def test_another_landscape_is_computed_whole(book, runner, qtbot, monkeypatch):
    done(book, qtbot, RUNS)
    rows = requested(runner, monkeypatch)
    after = done(book, qtbot, RUNS, ROSENBROCK)
    assert rows == [4]
    assert_is(after[0], RUNS[0], ROSENBROCK)


def test_until_its_first_record_a_run_shows_what_it_was(book, qtbot):
    before = done(book, qtbot, RUNS)
    moved = tuple(replace(run, start=(0.5, 0.5)) for run in RUNS)
    book.request(VALLEY, moved)
    assert book.computing
    assert [one is old for one, old in zip(book.trajectories, before, strict=True)] == [True] * 4
    qtbot.waitUntil(lambda: not book.computing, timeout=LIMIT)
    for trajectory, run in zip(book.trajectories, moved, strict=True):
        assert_is(trajectory, run)


def test_what_was_never_begun_shows_nothing_once_stopped(book, qtbot):
    done(book, qtbot, RUNS[:2])
    endless = (Run(CRAWL, START, 10_000_000), Run(replace(CRAWL, weight_decay=0.1), START))
    with qtbot.waitSignal(book.changed, timeout=LIMIT):
        book.request(VALLEY, endless)
    book.cancel()
    assert not book.computing
    first, second = book.trajectories
    assert first.outcome == (Outcome.RUNNING,)
    assert second is None


def test_requests_that_come_faster_than_they_are_computed_end_with_the_newest(book, qtbot):
    slow = [Run(optimizer(key), START, steps=400) for key in ("gd", "adam", "nadam", "lion")]
    shown = []
    book.changed.connect(lambda: shown.append(book.trajectories))
    hand = QTimer()
    hand.start(4)
    for shift in np.linspace(0.0, 3.0, 40).tolist():
        book.request(VALLEY, [replace(run, start=(shift, 1.0)) for run in slow])
        with qtbot.waitSignal(hand.timeout, timeout=LIMIT):
            pass
    hand.stop()
    qtbot.waitUntil(lambda: not book.computing, timeout=LIMIT)
    assert len(shown) > 3, "the picture stands still while the hand moves"
    for trajectory in book.trajectories:
        assert tuple(trajectory.params[0, 0]) == (3.0, 1.0)


def test_an_endless_run_gives_way_to_a_newer_request(book, qtbot):
    book.request(VALLEY, [Run(CRAWL, START, 10_000_000)])
    book.request(VALLEY, [Run(GD, START)])
    qtbot.waitUntil(lambda: not book.computing, timeout=LIMIT)
    assert_is(book.trajectories[0], Run(GD, START))


def test_a_bad_run_is_refused_and_nothing_is_left(book, qtbot):
    done(book, qtbot, RUNS)
    with pytest.raises(UserError, match="start must have shape"):
        book.request(VALLEY, [Run(GD, (1.0,))])
    assert book.trajectories == ()
    assert not book.computing


def test_a_step_is_taken_apart(book, qtbot):
    done(book, qtbot, RUNS)
    detail = book.detail(1, 5)
    assert detail.optimizer == RUNS[1].optimizer
    assert detail.params.tobytes() == book.trajectories[1].params[5, 0].tobytes()
    assert book.detail(3, 20) is None
    assert book.detail(9, 0) is None


def test_a_hundred_runs_of_a_thousand_steps_are_two_batches(book, runner, qtbot, monkeypatch):
    rng = np.random.default_rng(0)
    starts = [tuple(start) for start in rng.uniform(-3, 4, (50, 2)).tolist()]
    runs = [
        Run(optimizer(key, learning_rate=1e-3), start, 1000)
        for start in starts
        for key in ("gd", "adam")
    ]
    rows = requested(runner, monkeypatch)
    found = done(book, qtbot, runs)
    assert rows == [100]
    assert len(runner.recorders) == 2
    assert all(trajectory.records == 1001 for trajectory in found)
