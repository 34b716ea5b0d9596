"""Ticks of logarithmic axes are where their labels say, and few enough to be read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.views.log_ticks import log_labels, log_ticks
from gdviz.views.number_axis import NumberAxis


def numbers(logarithms):
    return [round(10.0**value, 6) for value in logarithms]


def test_whole_powers_are_labeled_and_the_digits_between_are_not():
    labeled, others = log_ticks(-0.5, 2.3, 6)
    assert numbers(labeled) == [1.0, 10.0, 100.0]
    assert numbers(others) == pytest.approx(
        [*np.arange(0.4, 1.0, 0.1), *range(2, 10), *range(20, 100, 10)], rel=1e-5
    )


def test_of_many_decades_only_the_powers_have_ticks():
    labeled, others = log_ticks(-2.2, 4.1, 9)
    assert labeled == [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
    assert others == []


def test_of_very_many_decades_some_are_labeled():
    labeled, others = log_ticks(-16.2, 3.7, 5)
    assert labeled == [-15.0, -10.0, -5.0, 0.0]
    assert set(others) == set(range(-16, 4)) - set(labeled)


def test_within_a_decade_halves_are_labeled_too():
    labeled, others = log_ticks(-0.4, 0.4, 6)
    assert numbers(labeled) == [0.5, 1.0, 2.0]
    assert numbers(others) == pytest.approx([0.4, 0.6, 0.7, 0.8, 0.9])


def test_within_less_numbers_at_even_distances_are_labeled():
    labeled, _ = log_ticks(np.log10(3.1), np.log10(3.38), 4)
    assert numbers(labeled) == pytest.approx([3.1, 3.2, 3.3])


logs = st.tuples(st.floats(-300.0, 300.0), st.floats(1e-6, 600.0)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], 305.0))
)


@given(ends=logs, most=st.integers(0, 12))
def test_ticks_lie_within_the_axis_and_are_not_too_many(ends, most):
    low, high = ends
    labeled, others = log_ticks(low, high, most)
    slack = 1e-6 * max(1.0, high - low)
    assert all(low - slack <= value <= high + slack for value in [*labeled, *others])
    assert len(labeled) <= max(3 * most, 6) + 4
    assert not set(labeled) & set(others)
    assert len(set(log_labels(labeled))) == len(labeled)


@pytest.mark.parametrize(
    ("powers", "labels"),
    [
        ([-2, -1, 0, 1, 2], ["0.01", "0.1", "1", "10", "100"]),
        ([-8, -4, 0, 4], ["10⁻⁸", "10⁻⁴", "1", "10⁴"]),
        ([0, 1, 6], ["1", "10", "10⁶"]),
        ([-300, 300], ["10⁻³⁰⁰", "10³⁰⁰"]),
        ([], []),
    ],
)
def test_powers_of_ten_are_written_alike(powers, labels):
    assert log_labels([float(power) for power in powers]) == labels


def test_other_numbers_have_enough_digits_to_differ():
    assert log_labels(np.log10([0.5, 1.0, 2.0])) == ["0.5", "1", "2"]
    assert log_labels(np.log10([1.00001, 1.00002])) == ["1.00001", "1.00002"]


def test_an_axis_changes_from_numbers_to_logarithms_and_back(qapp):
    axis = NumberAxis("left")
    axis.setHeight(300)
    plain = axis.tickValues(-2.0, 2.0, 300.0)
    axis.set_logarithmic(True)
    (_, labeled), _others = axis.tickValues(-2.0, 2.0, 300.0)
    assert labeled == [-2.0, -1.0, 0.0, 1.0, 2.0]
    assert axis.tickStrings(labeled, 1.0, 1.0) == ["0.01", "0.1", "1", "10", "100"]
    axis.set_logarithmic(False)
    assert axis.tickValues(-2.0, 2.0, 300.0) == plain
