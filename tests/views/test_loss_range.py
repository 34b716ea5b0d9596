"""The loss curve's height shows the start well inside and cuts high walls off."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.views.curve_view import loss_range

losses = arrays(
    np.float64,
    st.integers(0, 40),
    elements=st.floats(-1e9, 1e9) | st.sampled_from([math.nan, math.inf, -math.inf]),
)
any_losses = arrays(np.float64, st.integers(0, 10), elements=st.floats())


@given(values=any_losses, at_start=st.floats())
@example(values=np.array([-1.7e308, 1.7e308]), at_start=0.0)
@example(values=np.array([1e308]), at_start=1e308)
def test_it_is_always_a_range_that_can_be_shown(values, at_start):
    low, high = loss_range(values, at_start)
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert math.isfinite(high - low)
    assert low < high


@given(values=losses, at_start=st.floats(-1e9, 1e9))
def test_the_lowest_loss_is_always_shown(values, at_start):
    finite = values[np.isfinite(values)]
    if finite.size:
        low, high = loss_range(values, at_start)
        assert low <= finite.min() < high


@given(values=losses, at_start=st.floats(-1e9, 1e9))
def test_the_start_is_always_shown(values, at_start):
    if np.isfinite(values).any():
        low, high = loss_range(values, at_start)
        assert low <= at_start <= high


@given(low=st.floats(-1e6, 1e6), drop=st.floats(1e-3, 1e6), wall=st.floats(0.0, 1e9))
def test_the_start_stands_well_inside(low, drop, wall):
    start = low + drop
    bottom, top = loss_range(np.array([low, start + wall, start]), start)
    height = (start - bottom) / (top - bottom)
    assert 0.2 <= height <= 0.9


def test_high_walls_are_cut_off():
    _, high = loss_range(np.array([0.0, 1.0, 1e9]), 1.0)
    assert high < 5.0


def test_without_a_drop_everything_is_shown():
    low, high = loss_range(np.array([2.0, 10.0]), 2.0)
    assert low < 2.0
    assert high > 10.0


@pytest.mark.parametrize("value", [0.0, 4.0, -1e9, 1e300])
def test_a_flat_curve_gets_some_room(value):
    low, high = loss_range(np.full(5, value), value)
    assert low < value < high
    assert high - low >= 1e-6 * abs(value)


@pytest.mark.parametrize("values", [[], [math.nan], [math.inf, -math.inf, math.nan]])
def test_where_nothing_is_known_it_is_zero_to_one(values):
    assert loss_range(np.array(values), math.nan) == (0.0, 1.0)


def test_a_start_of_undefined_loss_changes_nothing():
    values = np.array([1.0, 2.0, 3.0])
    assert loss_range(values, math.nan) == loss_range(values, math.inf) == loss_range(values, 1.0)
