"""The record under the pointer is the nearest one of all."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPointF

from gdviz.views.pixel_map import PixelMap
from gdviz.views.record_finder import REACH, RecordFinder

PIXELS = PixelMap((0.0, 100.0), (0.0, 100.0), 100.0, 100.0)  # one a unit, y upward
CELL = np.sqrt(2.0)  # how far the first record in a cell may be from another one

curves = st.lists(
    st.integers(1, 30).flatmap(
        lambda length: arrays(np.float64, (length, 2), elements=st.floats(0.0, 100.0))
    ),
    min_size=1,
    max_size=5,
)


def finder(some, first=0):
    made = RecordFinder()
    made.set_curves(some, first)
    return made


def away(curve, record, x, y):
    return float(np.hypot(*(curve[record] - (x, y))))


@given(some=curves, x=st.floats(0.0, 100.0), y=st.floats(0.0, 100.0), data=st.data())
def test_it_is_as_near_as_any_that_counts(some, x, y, data):
    ends = [data.draw(st.integers(0, len(curve) - 1)) for curve in some]
    found = finder(some).nearest(QPointF(x, 100.0 - y), PIXELS, ends)
    distances = [
        away(curve, record, x, y)
        for curve, end in zip(some, ends, strict=True)
        for record in range(end + 1)
    ]
    if found is None:
        assert min(distances) > REACH - CELL
    else:
        curve, record = found
        assert record <= ends[curve]
        assert away(some[curve], record, x, y) <= min(min(distances) + CELL, REACH + 1e-9)


def test_far_away_there_is_none():
    assert finder([np.array([[50.0, 50.0]])]).nearest(QPointF(61.0, 50.0), PIXELS) is None
    assert finder([np.array([[50.0, 50.0]])]).nearest(QPointF(59.0, 50.0), PIXELS) == (0, 0)
    assert finder([]).nearest(QPointF(50.0, 50.0), PIXELS) is None


@pytest.mark.parametrize("first", [0, 1, 2])
def test_of_equal_points_the_preferred_curves_is_found(first):
    curve = np.array([[10.0, 10.0], [50.0, 50.0]])
    assert finder([curve] * 3, first).nearest(QPointF(50.0, 51.0), PIXELS) == (first, 1)


def test_of_a_run_at_rest_the_first_record_there_is_found():
    curve = np.array([[10.0, 10.0], *[[50.0, 50.0]] * 100])
    assert finder([curve]).nearest(QPointF(50.0, 50.0), PIXELS) == (0, 1)


def test_what_is_not_finite_is_not_found():
    curve = np.array([[50.0, np.nan], [np.nan, 50.0], [52.0, 50.0]])
    assert finder([curve]).nearest(QPointF(50.0, 50.0), PIXELS) == (0, 2)


def test_another_view_of_the_plot_moves_the_points():
    made = finder([np.array([[50.0, 50.0], [60.0, 50.0]])])
    assert made.nearest(QPointF(50.0, 50.0), PIXELS) == (0, 0)
    closer = PixelMap((55.0, 65.0), (45.0, 55.0), 100.0, 100.0)
    assert made.nearest(QPointF(50.0, 50.0), closer) == (0, 1)


def test_among_a_hundred_runs_of_500_points_it_is_found_at_once():
    rng = np.random.default_rng(3)
    made = finder(list(rng.uniform(0.0, 100.0, (100, 501, 2))))
    ends = [500] * 100
    made.nearest(QPointF(50.0, 50.0), PIXELS, ends)
    taken = []
    for x in range(20, 80):
        before = time.process_time()
        assert made.nearest(QPointF(x, 50.0), PIXELS, ends) is not None
        taken.append(time.process_time() - before)
    # Two milliseconds are wanted; a loaded machine may take a few times as long.
    assert np.median(taken) < 0.01
