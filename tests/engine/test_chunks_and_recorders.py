"""Chunks, and collecting them into trajectories while they arrive."""

import itertools
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import (
    Chunk,
    Descent,
    Outcome,
    Recorder,
    Recording,
    Trajectory,
    compute,
    descend,
    iterate,
    joined,
)
from gdviz.landscapes import Domain, Landscape, Valley
from gdviz.optimizers import optimizer

ARRAYS = ("steps", "params", "loss", "gradient")
ENDINGS = ("outcome", "outcome_step", "last_step")


def a_descent(steps=500):
    rates = np.array([[0.1], [0.001], [0.55]])  # converges, crawls, diverges
    return Descent.of(
        Valley(), optimizer("gd", learning_rate=rates), [(-3, 4), (8, -5), (0, 1)], steps
    )


DESCENT = a_descent()
CHUNKS = tuple(iterate(DESCENT))
WHOLE = compute(DESCENT)


def assert_same(one, other):
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name in ENDINGS:
        assert getattr(one, name) == getattr(other, name)


partitions = st.lists(st.integers(1, len(CHUNKS) - 1), unique=True).map(
    lambda cuts: list(itertools.pairwise([0, *sorted(cuts), len(CHUNKS)]))
)


@settings(deadline=None)
@given(partition=partitions)
def test_joining_chunks_in_any_way_changes_nothing(partition):
    pieces = [joined(CHUNKS[low:high]) for low, high in partition]
    assert_same(joined(pieces), WHOLE)
    for (low, high), piece in zip(partition, pieces, strict=True):
        assert isinstance(piece, Chunk)
        assert piece.records == sum(chunk.records for chunk in CHUNKS[low:high])
        assert piece.reached == CHUNKS[high - 1].reached


@settings(deadline=None)
@given(partition=partitions)
def test_recording_joined_chunks_gives_the_whole_trajectory(partition):
    recorder = Recorder(DESCENT.recording)
    for low, high in partition:
        recorder.append(joined(CHUNKS[low:high]))
    assert_same(recorder.trajectory(), WHOLE)


def test_joined_takes_any_iterable():
    assert_same(joined(iter(CHUNKS)), WHOLE)


def test_a_recorder_knows_nothing_before_the_first_chunk():
    assert Recorder(DESCENT.recording).trajectory() is None


def test_a_recorder_tells_at_any_time_what_has_arrived():
    recorder = Recorder(DESCENT.recording)
    for number, chunk in enumerate(CHUNKS, start=1):
        recorder.append(chunk)
        trajectory = recorder.trajectory()
        assert isinstance(trajectory, Trajectory)
        assert_same(trajectory, joined(CHUNKS[:number]))
    assert trajectory.thinned == ""


def test_earlier_trajectories_stay_as_they_were_while_later_chunks_arrive():
    recorder = Recorder(Recording.of(5000, 1))
    early = []
    descent = Descent.of(Valley(), optimizer("gd", learning_rate=0.001), (-3, 4), 5000)
    for chunk in iterate(descent):
        recorder.append(chunk)
        trajectory = recorder.trajectory()
        early.append((trajectory, {name: getattr(trajectory, name).copy() for name in ARRAYS}))
    for trajectory, copies in early:
        for name, copy in copies.items():
            np.testing.assert_array_equal(getattr(trajectory, name), copy)
    sizes = [trajectory.records for trajectory, _ in early]
    assert sizes == sorted(sizes)
    assert sizes[-1] == 5001


def test_a_recorder_leaves_the_chunks_alone():
    copies = [{name: getattr(chunk, name).copy() for name in ARRAYS} for chunk in CHUNKS]
    recorder = Recorder(DESCENT.recording)
    for chunk in CHUNKS:
        recorder.append(chunk)
    for chunk, copy in zip(CHUNKS, copies, strict=True):
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(chunk, name), copy[name])


def test_an_empty_chunk_brings_only_its_news():
    recorder = Recorder(DESCENT.recording)
    recorder.append(CHUNKS[0])
    first = recorder.trajectory()
    empty = {name: getattr(CHUNKS[0], name)[:0] for name in ARRAYS}
    recorder.append(replace(CHUNKS[0], **empty, outcome=(Outcome.DIVERGED,) * 3, reached=127))
    after = recorder.trajectory()
    assert after.records == first.records == 64
    assert after.outcome == (Outcome.DIVERGED,) * 3


@pytest.mark.parametrize("name", ARRAYS)
def test_what_the_engine_hands_out_is_read_only(name):
    recorder = Recorder(DESCENT.recording)
    recorder.append(CHUNKS[0])
    handed_out = (
        CHUNKS[0],
        joined(CHUNKS[:2]),
        recorder.trajectory(),
        WHOLE,
        descend(Valley(), optimizer("gd"), (2, 0), steps=10),
    )
    for records in handed_out:
        array = getattr(records, name)
        assert not array.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_trajectory_is_a_frozen_value():
    with pytest.raises(AttributeError, match="cannot assign"):
        WHOLE.loss = WHOLE.loss


def test_shapes_and_types_are_as_promised():
    assert WHOLE.params.shape == WHOLE.gradient.shape == (501, 3, 2)
    assert WHOLE.loss.shape == WHOLE.gradient_norm.shape == (501, 3)
    assert WHOLE.steps.shape == (501,)
    assert WHOLE.steps.dtype == np.int64
    for array in (WHOLE.params, WHOLE.gradient, WHOLE.loss, WHOLE.gradient_norm):
        assert array.dtype == np.float64
    assert len(WHOLE.outcome) == len(WHOLE.outcome_step) == len(WHOLE.last_step) == 3
    assert all(type(step) is int for step in (*WHOLE.outcome_step, *WHOLE.last_step))


def test_gradient_norm_is_the_length_of_the_gradient():
    expected = [[(g**2 + h**2) ** 0.5 for g, h in record] for record in WHOLE.gradient.tolist()]
    np.testing.assert_allclose(WHOLE.gradient_norm, expected, rtol=1e-14)


@dataclass(frozen=True)
class Cliff(Landscape):
    """A plane as steep as floats allow."""

    slope: float = 1e200

    @property
    def name(self):
        return "cliff"

    @property
    def parameters(self):
        return ("x", "y")

    @property
    def domain(self):
        return Domain.of((-1, 1), (-1, 1))

    @property
    def expression(self):
        return "slope · (x + y)"

    def loss_at(self, x, y):
        return self.slope * (x + y)

    def gradient_at(self, x, y):
        return self.slope, self.slope

    def hessian_at(self, x, y):
        return 0.0, 0.0, 0.0


def test_gradient_norm_of_a_huge_gradient_is_huge_and_no_warning():
    trajectory = descend(Cliff(), optimizer("gd", learning_rate=1.0), (0, 0), steps=3)
    assert trajectory.outcome == (Outcome.DIVERGED,)
    np.testing.assert_allclose(trajectory.gradient_norm, 2**0.5 * 1e200)


def test_record_at_finds_a_step_or_the_last_one_before_it():
    assert [WHOLE.record_at(step) for step in (0, 1, 250, 500)] == [0, 1, 250, 500]
    assert WHOLE.record_at(10**6) == 500
    steps = np.array([0, 1, 2, 3, 4, 6, 8, 12, 16, 17])
    thinned = replace(WHOLE, **{n: getattr(WHOLE, n)[:10] for n in ARRAYS[1:]}, steps=steps)
    for step in range(20):
        expected = max(index for index, kept in enumerate(steps.tolist()) if kept <= step)
        assert thinned.record_at(step) == expected


# The generator


@dataclass(frozen=True)
class CountedValley(Valley):
    """A valley that notes how many points its gradient was asked for."""

    asked: tuple = ()

    def gradient_at(self, x, y):
        self.asked[0][0] += x.size
        return super().gradient_at(x, y)


# Before a descent, the slopes at nine by nine places tell what counts as flat.
PLACES = 81


def counted_valley():
    count = [0]
    return CountedValley((count,)), count


def test_nothing_is_computed_before_the_first_chunk_is_asked_for():
    valley, count = counted_valley()
    chunks = iterate(Descent.of(valley, optimizer("gd"), (-3, 4), 10**9))
    assert count == [0]
    chunk = next(chunks)
    assert chunk.outcome == (Outcome.RUNNING,)
    assert chunk.steps[0] == 0
    assert 0 < count[0] <= chunk.records + PLACES + 1
    assert count[0] <= 200


def test_closing_the_generator_stops_a_long_descent():
    valley, count = counted_valley()
    chunks = iterate(Descent.of(valley, optimizer("gd"), [(-3, 4), (8, 5)], 10**9))
    next(chunks)
    next(chunks)
    before = count[0]
    chunks.close()
    assert count[0] == before
    with pytest.raises(StopIteration):
        next(chunks)


def test_no_more_gradients_are_taken_than_there_are_records():
    valley, count = counted_valley()
    descend(valley, optimizer("gd", learning_rate=0.01), (-3, 4), steps=129)
    assert count == [130 + PLACES]


@settings(max_examples=20, deadline=None)
@given(steps=st.integers(1, 300))
def test_the_last_chunk_has_every_outcome_and_none_before_a_running_one(steps):
    chunks = list(iterate(a_descent(steps)))
    assert chunks[-1].reached == steps
    for chunk in chunks[:-1]:
        assert Outcome.RUNNING in chunk.outcome
    assert Outcome.RUNNING not in chunks[-1].outcome
