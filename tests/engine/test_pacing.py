"""Chunks on their way to the window: joined by time, none lost."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.engine import Descent, Outcome, compute, iterate, joined
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer
from gdviz.session.pacing import INTERVAL, paced

DESCENT = Descent.of(Valley(), optimizer("gd", learning_rate=0.001), (-3, 4), 2_000)
CHUNKS = tuple(iterate(DESCENT))


class Clock:
    """A clock that an engine of known speed drives on."""

    def __init__(self, now=0.0):
        self.now = now

    def __call__(self):
        return self.now

    def ticking(self, chunks, durations):
        for chunk, duration in zip(chunks, durations, strict=True):
            self.now += duration
            yield chunk


def played(durations, interval=INTERVAL, now=0.0):
    """Return what was handed on for each chunk and when, then what came at the end."""
    clock = Clock(now)
    chunks = clock.ticking(CHUNKS[: len(durations)], durations)
    return [(clock.now, chunk) for chunk in paced(chunks, interval, clock)]


durations = st.lists(st.floats(0.0, 0.1), min_size=1, max_size=len(CHUNKS))


@settings(deadline=None)
@given(durations=durations, now=st.floats(0.0, 1e7))
def test_nothing_is_lost_and_the_order_is_kept(durations, now):
    handed_on = [chunk for _, chunk in played(durations, now=now) if chunk is not None]
    assert [step for chunk in handed_on for step in chunk.steps.tolist()] == list(
        range(sum(chunk.records for chunk in CHUNKS[: len(durations)]))
    )
    whole, given_chunks = joined(handed_on), joined(CHUNKS[: len(durations)])
    np.testing.assert_array_equal(whole.params, given_chunks.params)
    assert whole.reached == given_chunks.reached
    assert whole.outcome == given_chunks.outcome


@settings(deadline=None)
@given(durations=durations)
def test_between_two_chunks_handed_on_lies_at_least_the_interval(durations):
    everything = played(durations)
    during, at_the_end = everything[: len(durations)], everything[len(durations) :]
    times = [time for time, chunk in during if chunk is not None]
    assert all(b - a >= INTERVAL for a, b in itertools.pairwise(times))
    assert len(at_the_end) <= 1
    assert all(chunk is not None for _, chunk in at_the_end)


@settings(deadline=None)
@given(durations=durations)
def test_every_chunk_is_answered_at_once_by_a_chunk_or_none(durations):
    everything = played(durations)
    kept_back = everything[len(durations) - 1][1] is None
    assert len(everything) == len(durations) + kept_back


@settings(deadline=None)
@given(durations=durations)
def test_a_chunk_that_arrives_an_interval_after_the_last_one_goes_straight_on(durations):
    last = None
    for time, chunk in played(durations)[: len(durations)]:
        if last is not None and time - last >= INTERVAL:
            assert chunk is not None
        if chunk is not None:
            last = time


@settings(deadline=None)
@given(now=st.floats(0.0, 1e9), interval=st.floats(1e-3, 1.0))
@example(now=0.0, interval=INTERVAL)
def test_the_first_chunk_goes_straight_on_even_if_it_took_no_time(now, interval):
    (_, first), *_ = played([0.0, 0.0], interval=interval, now=now)
    assert first is CHUNKS[0]


def test_chunks_of_an_instant_become_two():
    everything = [chunk for _, chunk in played([0.0] * len(CHUNKS))]
    assert [chunk is None for chunk in everything] == [
        False,
        *[True] * (len(CHUNKS) - 1),
        False,
    ]
    assert everything[-1].records == 2_001 - CHUNKS[0].records
    assert everything[-1].outcome == (Outcome.LAST_STEP,)


def test_slow_chunks_pass_one_by_one():
    everything = [chunk for _, chunk in played([0.05] * len(CHUNKS))]
    assert everything == list(CHUNKS)


def test_a_steady_stream_is_sliced_at_the_interval():
    everything = played([0.25] * 16, interval=1.0)  # exact in binary
    times = [time for time, chunk in everything if chunk is not None]
    assert times == [0.25, 1.25, 2.25, 3.25, 4.0]
    sizes = [chunk.records for _, chunk in everything if chunk is not None]
    assert sizes == [64, 4 * 64, 4 * 64, 4 * 64, 3 * 64]


def test_no_chunks_give_nothing():
    assert list(paced(())) == []


def test_pacing_asks_for_no_chunk_before_it_is_wanted():
    asked = []
    stream = paced((asked.append(chunk) or chunk for chunk in CHUNKS), 1.0, Clock())
    next(stream)
    next(stream)
    assert len(asked) == 2


@pytest.mark.parametrize("interval", [0.0, 1e9])
def test_a_real_clock_loses_nothing_either(interval):
    whole = joined(chunk for chunk in paced(iterate(DESCENT), interval) if chunk is not None)
    np.testing.assert_array_equal(whole.params, compute(DESCENT).params)
