"""What the runner collects is what the engine computes, and only of the newest request."""

import threading
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gdviz
from gdviz.engine import Descent, Outcome
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer
from gdviz.session.runner import Runner

LIMIT = 10_000
PROMPT = 2.0
VALLEY = Valley()
GD = optimizer("gd", learning_rate=0.1)
CRAWL = optimizer("gd", learning_rate=1e-9)  # never comes to rest


def descent(start=(-3.0, 4.0), steps=50, kind=GD):
    return Descent.of(VALLEY, kind, start, steps)


def done(runner, qtbot, *descents):
    with qtbot.waitSignal(runner.finished, timeout=LIMIT):
        runner.request(tuple(descents))
    return runner.trajectories


def assert_same_bits(computed, expected):
    """Compare what was computed with a whole trajectory, which may hold its end for longer."""
    records = computed.records
    for name in ("steps", "params", "loss", "gradient"):
        ours, theirs = getattr(computed, name), getattr(expected, name)
        assert ours.tobytes() == theirs[:records].tobytes()
        if name != "steps":
            assert np.all(theirs[records:] == ours[-1])
    for name in ("outcome", "outcome_step", "last_step", "thinned"):
        assert getattr(computed, name) == getattr(expected, name)


@pytest.mark.parametrize("kind", ["gd", "momentum"])
@pytest.mark.parametrize("rate", [1e-4, 0.1, 0.499, 0.6, 1e308])
@pytest.mark.parametrize("steps", [1, 63, 64, 1000])
def test_it_computes_what_descend_does_bit_for_bit(qtbot, runner, kind, rate, steps):
    chosen = optimizer(kind, learning_rate=rate)
    (computed,) = done(runner, qtbot, descent(steps=steps, kind=chosen))
    assert_same_bits(computed, gdviz.descend(VALLEY, chosen, (-3.0, 4.0), steps))


def test_a_long_run_comes_thinned_as_from_descend(qtbot, runner):
    starts = np.linspace((-3.0, -4.0), (7.0, 4.0), 2_000)  # so many that few steps count as long
    (computed,) = done(runner, qtbot, descent(starts, steps=3_000))
    assert computed.thinned
    assert_same_bits(computed, gdviz.descend(VALLEY, GD, starts, 3_000))


def test_a_batch_of_starts_is_one_trajectory(qtbot, runner):
    starts = [(-3.0, 4.0), (0.0, 0.0), (7.0, -2.0)]
    (computed,) = done(runner, qtbot, descent(starts))
    assert_same_bits(computed, gdviz.descend(VALLEY, GD, starts, 50))


def test_several_descents_come_in_order(qtbot, runner):
    kinds = [GD, optimizer("momentum", learning_rate=0.05), optimizer("gd", learning_rate=0.7)]
    computed = done(runner, qtbot, *(descent(kind=kind, steps=300) for kind in kinds))
    assert len(computed) == 3
    for one, kind in zip(computed, kinds, strict=True):
        assert_same_bits(one, gdviz.descend(VALLEY, kind, (-3.0, 4.0), 300))


def test_trajectories_only_grow_while_they_arrive(qtbot, runner):
    told = []
    runner.trajectories_changed.connect(told.append)
    done(runner, qtbot, descent(steps=20_000, kind=CRAWL), descent(steps=20_000, kind=CRAWL))
    shapes = [[one.records for one in trajectories] for trajectories in told]
    assert shapes == sorted(shapes)
    assert shapes[-1] == [20_001, 20_001]
    assert all(counts[0] == 20_001 for counts in shapes if len(counts) == 2)


def test_an_earlier_trajectory_is_not_changed_by_what_arrives_later(qtbot, runner):
    told = []
    runner.trajectories_changed.connect(lambda got: told.append((got[0], got[0].params.copy())))
    done(runner, qtbot, descent(steps=20_000, kind=CRAWL))
    for trajectory, copy in told:
        np.testing.assert_array_equal(trajectory.params, copy)
        assert not trajectory.params.flags.writeable


def test_no_descents_are_done_at_once(qtbot, runner):
    done(runner, qtbot, descent())
    told = []
    runner.trajectories_changed.connect(told.append)
    with qtbot.waitSignal(runner.finished, timeout=LIMIT):
        runner.request(())
    assert told == [()]
    assert runner.trajectories == ()


def test_the_newest_request_wins_over_an_endless_one(qtbot, runner):
    with qtbot.waitSignal(runner.trajectories_changed, timeout=LIMIT):
        runner.request((descent(steps=10_000_000, kind=CRAWL),))
    (computed,) = done(runner, qtbot, descent((1.0, 1.0)))
    assert_same_bits(computed, gdviz.descend(VALLEY, GD, (1.0, 1.0), 50))


def test_results_of_an_older_request_never_arrive(qtbot, runner):
    told = []
    runner.trajectories_changed.connect(told.append)
    for number in range(100):
        start = (float(number), 1.0)
        runner.request((descent(start, steps=1_000_000, kind=CRAWL),))
        if number % 10 == 9:
            with qtbot.waitSignal(runner.trajectories_changed, timeout=LIMIT):
                pass
            assert told
            assert {one.params[0, 0, 0] for got in told for one in got} == {start[0]}
        told.clear()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_after_any_burst_of_requests_the_last_one_is_what_there_is(qtbot, runner, steps):
    for count in steps[:-1]:
        runner.request((descent(steps=count, kind=CRAWL),))
    (computed,) = done(runner, qtbot, descent(steps=steps[-1], kind=CRAWL))
    assert_same_bits(computed, gdviz.descend(VALLEY, CRAWL, (-3.0, 4.0), steps[-1]))


def test_ten_million_steps_are_stopped_promptly(qtbot, courtesy):
    runner = Runner(courtesy)
    with qtbot.waitSignal(runner.trajectories_changed, timeout=LIMIT):
        runner.request((descent(steps=10_000_000, kind=CRAWL),))
    before = time.monotonic()
    runner.stop()
    assert time.monotonic() - before < PROMPT
    assert runner.trajectories[0].outcome == (Outcome.RUNNING,)


def test_cancel_keeps_what_was_computed_and_says_that_it_is_done(qtbot, runner):
    with qtbot.waitSignals([runner.trajectories_changed] * 3, timeout=LIMIT):
        runner.request((descent(steps=10_000_000, kind=CRAWL),))
    with qtbot.waitSignal(runner.finished, timeout=LIMIT):
        runner.cancel()
    (kept,) = runner.trajectories
    assert 64 <= kept.records < 10_000_000
    assert kept.outcome == (Outcome.RUNNING,)
    whole = gdviz.descend(VALLEY, CRAWL, (-3.0, 4.0), kept.records - 1)
    assert kept.params.tobytes() == whole.params.tobytes()


def test_after_cancel_nothing_more_arrives(qtbot, runner):
    with qtbot.waitSignal(runner.trajectories_changed, timeout=LIMIT):
        runner.request((descent(steps=10_000_000, kind=CRAWL),))
    runner.cancel()
    kept, told = runner.trajectories[0].records, []
    runner.trajectories_changed.connect(told.append)
    # The thread has let go of the old job for sure once it has done another one.
    released = threading.Event()
    runner._worker.request(lambda: iter([released.set()]))
    with qtbot.waitSignal(runner.finished, timeout=LIMIT):
        pass
    assert released.is_set()
    assert told == []
    assert runner.trajectories[0].records == kept


def test_after_cancel_another_request_is_served(qtbot, runner):
    runner.request((descent(steps=10_000_000, kind=CRAWL),))
    runner.cancel()
    (computed,) = done(runner, qtbot, descent())
    assert computed.records == 51


class Unlucky(Valley):
    """A landscape whose gradient can't be computed."""

    def gradient_at(self, *columns):
        raise FloatingPointError("this landscape cannot be computed")


class Greedy(Valley):
    def gradient_at(self, *columns):
        raise MemoryError


@pytest.mark.parametrize(
    ("landscape", "reason"),
    [
        pytest.param(Unlucky(), "this landscape cannot be computed", id="error"),
        pytest.param(Greedy(), "there is not enough memory for this", id="memory"),
    ],
)
def test_a_fault_in_the_computation_arrives_as_failed(qtbot, runner, landscape, reason):
    finished = []
    runner.finished.connect(lambda: finished.append(True))
    with qtbot.waitSignal(runner.failed, timeout=LIMIT) as failed:
        runner.request((descent(), Descent.of(landscape, GD, (1.0, 1.0), 10)))
    assert failed.args == [reason]
    assert finished == []
    (kept,) = runner.trajectories
    assert_same_bits(kept, gdviz.descend(VALLEY, GD, (-3.0, 4.0), 50))


def test_stop_may_be_called_twice(courtesy):
    runner = Runner(courtesy)
    runner.stop()
    runner.stop()
