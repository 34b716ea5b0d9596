"""Runs and their looks, and when one run is another one grown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.engine import Outcome, Trajectory
from gdviz.views.trace import RunLook, Trace, index_of_selected, selected_of, traces_of

LOOK = RunLook(0, "one", selected=True)


def trajectory(records=6, runs=2, *, steps=None, last=None):
    """Return a trajectory whose arrays are views of larger buffers, as the engine's are."""
    buffer = np.arange(4.0 * 100 * runs).reshape(100, runs, 4)
    steps = np.arange(records) if steps is None else np.array(steps)
    last = int(steps[-1]) if last is None else last
    return Trajectory(
        steps,
        buffer[:records, :, :2],
        buffer[:records, :, 2],
        buffer[:records, :, 2:],
        (Outcome.RUNNING,) * runs,
        (last,) * runs,
        (last,) * runs,
    )


def grown(before, records, runs=2):
    """Return the trajectory's continuation in the same buffers."""
    base = before.params.base.reshape(100, runs, 4)
    return replace(
        before,
        steps=np.arange(records),
        params=base[:records, :, :2],
        loss=base[:records, :, 2],
        gradient=base[:records, :, 2:],
        last_step=(records - 1,) * runs,
    )


def run_of(whole, row):
    return replace(
        whole,
        params=whole.params[:, row : row + 1],
        loss=whole.loss[:, row : row + 1],
        gradient=whole.gradient[:, row : row + 1],
        outcome=whole.outcome[row : row + 1],
        outcome_step=whole.outcome_step[row : row + 1],
        last_step=whole.last_step[row : row + 1],
    )


# --- looks ---


def test_without_looks_runs_take_the_palette_in_turn_and_the_first_is_selected():
    traces = traces_of((trajectory(), trajectory(runs=3)))
    assert [trace.look for trace in traces] == [
        RunLook(number, selected=number == 0) for number in range(5)
    ]
    assert [trace.row for trace in traces] == [0, 1, 0, 1, 2]


def test_each_run_gets_its_look_in_order():
    looks = [RunLook(3, "a"), RunLook(1, "b", selected=True), RunLook(3, "c")]
    traces = traces_of((trajectory(), trajectory(runs=1)), looks)
    assert [trace.look for trace in traces] == looks
    assert selected_of(traces) is traces[1]
    assert index_of_selected(traces) == 1


def test_looks_must_be_as_many_as_runs():
    with pytest.raises(ValueError, match="zip"):
        traces_of((trajectory(),), [LOOK])


def test_if_none_is_selected_the_first_one_is():
    traces = traces_of((trajectory(),), [RunLook(0), RunLook(1)])
    assert selected_of(traces) is traces[0]
    assert selected_of(()) is None
    assert index_of_selected(()) == -1


# --- records ---


@given(
    step=st.integers(0, 300),
    steps=st.sets(st.integers(1, 200), max_size=20).map(lambda some: [0, *sorted(some)]),
    data=st.data(),
)
def test_a_steps_record_is_the_last_one_before_it(step, steps, data):
    last = data.draw(st.sampled_from(steps))
    trace = Trace(trajectory(steps=steps, records=len(steps), last=last), 0, LOOK)
    wanted = max(record for record, kept in enumerate(steps) if kept <= min(step, last))
    assert trace.record_at(step) == wanted


def test_a_run_that_ended_early_stays_at_its_last_record():
    trace = Trace(trajectory(records=10, last=4), 1, LOOK)
    assert [trace.record_at(step) for step in (0, 3, 4, 5, 100)] == [0, 3, 4, 4, 4]
    assert trace.last_record == 4


def test_a_trace_sees_its_own_row():
    whole = trajectory()
    trace = Trace(whole, 1, LOOK)
    np.testing.assert_array_equal(trace.params, whole.params[:, 1])
    np.testing.assert_array_equal(trace.loss, whole.loss[:, 1])
    np.testing.assert_array_equal(trace.gradient, whole.gradient[:, 1])


# --- continuing ---


def test_more_records_of_the_same_memory_continue_a_run():
    before = trajectory()
    after = grown(before, 20)
    assert Trace(after, 0, LOOK).continues(Trace(before, 0, LOOK))
    assert Trace(before, 0, LOOK).continues(Trace(before, 0, LOOK))
    for row in range(2):
        one, other = Trace(run_of(before, row), 0, LOOK), Trace(run_of(after, row), 0, LOOK)
        assert other.continues(one)


def test_fewer_records_do_not_continue_a_run():
    before = trajectory()
    assert not Trace(before, 0, LOOK).continues(Trace(grown(before, 20), 0, LOOK))


def test_another_run_of_the_same_batch_is_another_run():
    whole = trajectory()
    assert not Trace(whole, 1, LOOK).continues(Trace(whole, 0, LOOK))
    # Each alone in its trajectory, in row 0 of the same memory.
    one, other = run_of(whole, 0), run_of(whole, 1)
    assert one.params.base is other.params.base
    assert not Trace(other, 0, LOOK).continues(Trace(one, 0, LOOK))


@pytest.mark.parametrize("look", [RunLook(1, "one", selected=True), RunLook(0, "one")])
def test_a_run_that_looks_otherwise_is_another_run(look):
    whole = trajectory()
    assert not Trace(whole, 0, look).continues(Trace(whole, 0, LOOK))


def test_a_copy_is_another_run():
    whole = trajectory()
    copy = replace(whole, params=whole.params.copy())
    assert not Trace(copy, 0, LOOK).continues(Trace(whole, 0, LOOK))


def test_the_same_place_in_other_strides_is_another_run():
    whole = trajectory()
    sparse = replace(whole, params=whole.params[::2], steps=np.arange(3), last_step=(2, 2))
    earlier = replace(whole, params=whole.params[:2], steps=np.arange(2), last_step=(1, 1))
    assert not Trace(sparse, 0, LOOK).continues(Trace(earlier, 0, LOOK))


def test_arrays_that_own_their_memory_continue_only_themselves():
    whole = trajectory()
    owning = replace(whole, params=np.ones((6, 2, 2)))
    assert owning.params.base is None
    assert Trace(owning, 0, LOOK).continues(Trace(owning, 0, LOOK))
    other = replace(whole, params=np.ones((6, 2, 2)))
    assert not Trace(other, 0, LOOK).continues(Trace(owning, 0, LOOK))
