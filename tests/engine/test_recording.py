"""Which steps of a long run are kept."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import MOST_STEPS, Descent, Outcome, Recording, descend, iterate
from gdviz.landscapes import Domain, ProportionalRegression, Valley
from gdviz.optimizers import optimizer

rules = st.tuples(st.integers(1, MOST_STEPS), st.integers(1, 10**7)).map(
    lambda pair: Recording.of(*pair)
)
small_rules = st.builds(Recording, steps=st.integers(1, 20_000), dense=st.integers(1, 300))


def stride_at(step, dense):
    stride = 1
    while step > dense * stride:
        stride *= 2
    return stride


@settings(deadline=None)
@given(rule=small_rules)
def test_the_first_steps_are_all_kept_then_every_2nd_every_4th_and_the_last(rule):
    kept = rule.kept(0, rule.steps).tolist()
    assert kept == [
        step
        for step in range(rule.steps + 1)
        if step == rule.steps or step % stride_at(step, rule.dense) == 0
    ]


@settings(deadline=None)
@given(rule=rules, data=st.data())
def test_any_stretch_of_a_run_is_kept_by_the_same_rule(rule, data):
    first = data.draw(st.integers(0, rule.steps))
    last = min(first + data.draw(st.integers(0, 200)), rule.steps)
    assert rule.kept(first, last).tolist() == [
        step
        for step in range(first, last + 1)
        if step == rule.steps or step % stride_at(step, rule.dense) == 0
    ]


@pytest.mark.parametrize("doubling", range(14))
@pytest.mark.parametrize("dense", [1_000, 33_333, 100_000])
def test_the_stride_doubles_exactly_behind_each_doubling_of_the_dense_part(dense, doubling):
    rule = Recording(MOST_STEPS, dense)
    stride = 2**doubling
    edge = dense * stride
    before = rule.kept(edge - 8 * stride + 1, edge)
    behind = rule.kept(edge + 1, edge + 16 * stride)
    assert set(np.diff(before)) == {stride}
    assert set(np.diff(behind)) == {2 * stride}


@settings(deadline=None)
@given(rule=rules)
def test_the_start_and_the_last_step_are_always_kept(rule):
    window = 500
    assert rule.kept(0, min(window, rule.steps))[0] == 0
    assert rule.kept(max(rule.steps - window, 0), rule.steps)[-1] == rule.steps
    dense = min(rule.dense, rule.steps)
    low = max(dense - window, 0)
    assert rule.kept(low, dense).tolist() == list(range(low, dense + 1))


@settings(deadline=None)
@given(
    rule=small_rules, cuts=st.lists(st.integers(1, 20_000), unique=True, max_size=30).map(sorted)
)
def test_asking_chunk_by_chunk_keeps_the_same_steps(rule, cuts):
    edges = [0, *(cut for cut in cuts if cut <= rule.steps), rule.steps + 1]
    pieces = [rule.kept(first, end - 1) for first, end in itertools.pairwise(edges)]
    assert np.concatenate(pieces).tolist() == rule.kept(0, rule.steps).tolist()


@settings(deadline=None)
@given(rule=small_rules)
def test_a_run_takes_no_more_records_than_promised(rule):
    doublings = max(math.log2(rule.steps / rule.dense), 0.0)
    promised = rule.dense * (1.0 + doublings / 2.0)
    rounding = 2.0 + doublings  # the ends, and one more in each stretch
    assert rule.kept(0, rule.steps).size <= promised + rounding


def test_a_billion_steps_of_one_run_take_less_than_a_million_records():
    rule = Recording.of(MOST_STEPS, 1)
    window, count = 1 << 16, rule.dense + 1
    low = rule.dense
    while low < MOST_STEPS:
        high = min(2 * low, MOST_STEPS)
        share = rule.kept(low + 1, low + window).size / window
        count += math.ceil(share * (high - low))
        low = high
    assert count < 1_000_000


def test_a_large_batch_keeps_fewer_steps_of_each_run():
    assert Recording.of(10**6, 1).dense == 100_000
    assert Recording.of(10**6, 200).dense == 10_000
    assert Recording.of(10**6, 10**5).dense == 1_000
    dense = [Recording.of(10**6, rows).dense for rows in (1, 10, 100, 1_000, 10_000)]
    assert dense == sorted(dense, reverse=True)


@settings(deadline=None)
@given(rule=small_rules)
def test_a_rule_that_leaves_steps_out_says_so_in_one_line(rule):
    left_out = rule.steps + 1 - rule.kept(0, rule.steps).size
    if left_out:
        assert rule.thinned
        assert f"{rule.steps:,}" in rule.sentence
        assert f"{rule.dense:,}" in rule.sentence
        assert len(rule.sentence.splitlines()) == 1
    if rule.steps <= rule.dense:
        assert not left_out
        assert not rule.thinned
        assert rule.sentence == ""


# Runs that are thinned

LONG = 150_001
RATE = 1e-6


@pytest.fixture(scope="module")
def long_run():
    line = ProportionalRegression.from_columns([1.0, 1.0], [0.0, 0.0])  # f(w1) = w1²
    return descend(line, optimizer("gd", learning_rate=RATE), (3.0,), steps=LONG)


def test_a_long_run_is_thinned_and_says_so(long_run):
    assert long_run.thinned
    assert "150,001" in long_run.thinned
    assert long_run.records == 100_001 + 25_000 + 1
    assert long_run.steps[:100_001].tolist() == list(range(100_001))
    assert long_run.steps[-1] == LONG
    assert np.all(np.diff(long_run.steps) > 0)
    assert long_run.outcome == (Outcome.LAST_STEP,)
    assert long_run.last_step == (LONG,)


def test_a_thinned_run_has_the_values_of_the_steps_it_names(long_run):
    dense, w = [3.0], 3.0
    for _ in range(LONG):
        w = w - RATE * (2.0 * w)
        dense.append(w)
    expected = np.array(dense)[long_run.steps]
    np.testing.assert_array_equal(long_run.params[:, 0, 0], expected)
    np.testing.assert_array_equal(long_run.loss[:, 0], expected**2)
    np.testing.assert_array_equal(long_run.gradient[:, 0, 0], 2.0 * expected)


def test_a_thinned_run_finds_the_record_of_any_step(long_run):
    for step in (0, 99_999, 100_000, 100_001, 100_002, 123_457, 149_999, 150_000):
        record = long_run.record_at(step)
        stride = stride_at(step, 100_000)
        assert long_run.steps[record] == step // stride * stride


ROWS = 2_000  # so many that only the first 1,000 steps are all kept


def test_a_large_batch_is_thinned_much_earlier_and_keeps_the_right_steps():
    starts = np.stack([np.linspace(-3, 8, ROWS), np.linspace(4, -5, ROWS)], axis=-1)
    trajectory = descend(
        Valley(), optimizer("gd", learning_rate=1e-4), starts, steps=2_601, tolerance=0.0
    )
    steps = [*range(1_001), *range(1_002, 2_001, 2), *range(2_004, 2_601, 4), 2_601]
    assert trajectory.steps.tolist() == steps
    k = np.array(steps)[:, np.newaxis]
    np.testing.assert_allclose(
        trajectory.params[:, ::97, 0],
        2 + (starts[::97, 0] - 2) * (1 - 2e-4) ** k,
        rtol=0,
        atol=1e-11,
    )


class Slope(Valley):
    """f(x, y) = -x between two edges."""

    @property
    def limits(self):
        return Domain.of((-1.0, 1_501.5), (-1.0, 1.0))

    def loss_at(self, *columns):
        return -columns[0]

    def gradient_at(self, *columns):
        return -1.0, 0.0


def test_a_thinned_run_that_ends_early_keeps_its_last_step():
    trajectory = descend(
        Slope(), optimizer("gd", learning_rate=1.0), np.zeros((ROWS, 2)), steps=5_000
    )
    assert set(trajectory.outcome) == {Outcome.LEFT_DOMAIN}
    assert set(trajectory.last_step) == {1_501}
    assert np.all(trajectory.params[-1, :, 0] == 1_501.0)
    assert np.all(trajectory.loss[-1] == -1_501.0)


@pytest.mark.parametrize("steps", [1_001, 1_024, 1_500, 2_055])
def test_chunks_of_a_thinned_batch_are_those_of_the_rule(steps):
    descent = Descent.of(Valley(), optimizer("gd", learning_rate=1e-5), np.zeros((ROWS, 2)), steps)
    chunks = list(iterate(descent))
    counted = [step for chunk in chunks for step in chunk.steps.tolist()]
    assert counted == descent.recording.kept(0, steps).tolist()
    assert all(chunk.params.shape == (chunk.records, ROWS, 2) for chunk in chunks)
    assert [chunk.reached for chunk in chunks] == [*range(63, steps, 64), steps]


def test_far_into_a_thinned_run_a_chunk_may_have_no_records():
    rule = Recording.of(MOST_STEPS, 1)
    assert rule.kept(500_000_001, 500_000_064).size == 0
    assert rule.kept(500_000_001, 500_000_064).dtype == np.int64
