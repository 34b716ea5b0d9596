"""Parameters land on the pixels that the axes say, y upward."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from gdviz.views.pixel_map import PixelMap, polygon

MAP = PixelMap((-4.0, 8.0), (-5.0, 5.0), 600.0, 400.0)


@st.composite
def intervals(draw):
    low = draw(st.floats(-1e6, 1e6))
    return low, low + draw(st.floats(1e-3, 1e6))


@st.composite
def pixel_maps(draw):
    side = st.floats(1.0, 10_000.0)
    return PixelMap(draw(intervals()), draw(intervals()), draw(side), draw(side))


@pytest.mark.parametrize(
    ("point", "pixel"),
    [
        ((-4.0, 5.0), (0.0, 0.0)),
        ((8.0, 5.0), (600.0, 0.0)),
        ((-4.0, -5.0), (0.0, 400.0)),
        ((8.0, -5.0), (600.0, 400.0)),
        ((2.0, 0.0), (300.0, 200.0)),
        ((-1.0, 2.5), (150.0, 100.0)),
    ],
)
def test_corners_and_the_middle(point, pixel):
    at = MAP.pixel(*point)
    assert (at.x(), at.y()) == pixel
    assert MAP.pixels(np.array([point])).tolist() == [list(pixel)]


def test_a_higher_y_is_a_higher_row_and_a_larger_x_is_further_right():
    assert MAP.pixel(0.0, 1.0).y() < MAP.pixel(0.0, 0.0).y()
    assert MAP.pixel(1.0, 0.0).x() > MAP.pixel(0.0, 0.0).x()


@given(pixel_map=pixel_maps(), u=st.floats(0.0, 1.0), v=st.floats(0.0, 1.0))
def test_a_pixel_leads_back_to_its_point(pixel_map, u, v):
    (x_low, x_high), (y_low, y_high) = pixel_map.x, pixel_map.y
    x, y = x_low + u * (x_high - x_low), y_low + v * (y_high - y_low)
    at = pixel_map.pixel(x, y)
    across, down = pixel_map.scale.tolist()
    slack = 1e-9 * (abs(x_low) + abs(x_high) + abs(y_low) + abs(y_high))
    assert math.isclose(x_low + at.x() / across, x, abs_tol=slack)
    assert math.isclose(y_high + at.y() / down, y, abs_tol=slack)
    assert -1e-3 <= at.x() <= pixel_map.width + 1e-3
    assert -1e-3 <= at.y() <= pixel_map.height + 1e-3


@given(
    pixel_map=pixel_maps(),
    points=st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)), min_size=1),
)
def test_any_point_has_a_pixel_that_a_painter_can_bear(pixel_map, points):
    pixels = pixel_map.pixels(np.array(points))
    assert np.all(np.abs(pixels) <= 1e6)


@given(pixel_map=pixel_maps(), a=intervals(), b=intervals())
def test_a_box_of_data_covers_an_upright_rectangle(pixel_map, a, b):
    covered = pixel_map.rectangle(a, b)
    assert covered.width() >= 0.0
    assert covered.height() >= 0.0


def test_the_box_in_view_covers_the_whole_plot():
    assert MAP.rectangle(MAP.x, MAP.y) == QRectF(0.0, 0.0, 600.0, 400.0)


def test_a_polygon_goes_through_its_pixels():
    line = polygon(np.array([[0.5, 1.0], [2.0, -3.25]]))
    assert [(point.x(), point.y()) for point in line] == [(0.5, 1.0), (2.0, -3.25)]
