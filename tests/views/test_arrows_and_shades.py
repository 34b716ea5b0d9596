"""Gradient arrows point where the axes say, and shades lie the right way up."""

import math

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from gdviz.engine import ContourMap, Field, Scale, contour_map
from gdviz.landscapes import Domain
from gdviz.views.field_item import shaded
from gdviz.views.mark_item import arrow_tip
from gdviz.views.pixel_map import PixelMap

SQUARE = PixelMap((-4.0, 8.0), (-5.0, 5.0), 600.0, 500.0)  # 50 pixels a unit both ways
STRETCHED = PixelMap((0.0, 1.0), (0.0, 1000.0), 600.0, 500.0)
TAIL = QPointF(300.0, 250.0)


def arrow(direction, pixel_map=SQUARE, steepest=10.0, tail=TAIL):
    tip = arrow_tip(tail, np.array(direction, dtype=float), pixel_map, steepest)
    return None if tip is None else (tip - tail).toTuple()


@pytest.mark.parametrize(
    ("direction", "toward"),
    [
        ((1.0, 0.0), (1.0, 0.0)),
        ((-1.0, 0.0), (-1.0, 0.0)),
        ((0.0, 1.0), (0.0, -1.0)),  # rows of pixels are counted downward
        ((0.0, -1.0), (0.0, 1.0)),
        ((3.0, 4.0), (0.6, -0.8)),
    ],
)
def test_on_equal_axes_it_points_along_the_gradient(direction, toward):
    drawn = arrow(direction)
    assert np.allclose(np.array(drawn) / math.hypot(*drawn), toward)


def test_on_unequal_axes_it_points_along_the_step_as_the_axes_show_it():
    # One unit along x is 600 pixels, one along y half a pixel.
    across, down = arrow((1.0, 1.0), STRETCHED)
    assert down / across == pytest.approx(-0.5 / 600.0)
    across, down = arrow((1.0, 1200.0), STRETCHED)
    assert down == pytest.approx(-across)


components = st.floats(-1e3, 1e3).filter(lambda value: abs(value) > 1e-3)


@given(x=components, y=components, steepest=st.floats(1e-3, 1e4))
def test_its_length_grows_with_the_square_root_of_the_norm_up_to_64_pixels(x, y, steepest):
    norm = math.hypot(x, y)
    expected = 64.0 * math.sqrt(min(norm / steepest, 1.0))
    drawn = arrow((x, y), steepest=steepest)
    if drawn is None:
        assert expected <= 5.0 + 1e-9
    else:
        assert expected >= 5.0 - 1e-9
        assert math.hypot(*drawn) == pytest.approx(expected)


@given(x=components, y=components)
def test_descent_points_opposite_to_the_gradient(x, y):
    up, down = arrow((x, y), steepest=1.0), arrow((-x, -y), steepest=1.0)
    assert (up is None) == (down is None)  # too short to be drawn
    if up is not None and down is not None:
        assert np.allclose(up, np.negative(down))


@given(
    x=st.floats(),
    y=st.floats(),
    steepest=st.floats(0.0),
    scaled=st.sampled_from([SQUARE, STRETCHED]),
)
def test_no_numbers_break_it(x, y, steepest, scaled):
    drawn = arrow((x, y), scaled, steepest)
    assert drawn is None or 5.0 - 1e-9 <= math.hypot(*drawn) <= 64.0 + 1e-9


@pytest.mark.parametrize(
    ("direction", "steepest"),
    [
        pytest.param((0.0, 0.0), 10.0, id="no gradient"),
        pytest.param((1.0, 0.0), 0.0, id="nothing to compare with"),
        pytest.param((math.nan, 1.0), 10.0, id="undefined"),
        pytest.param((math.inf, 1.0), 10.0, id="infinite"),
        pytest.param((0.06, 0.0), 10.0, id="under five pixels"),
    ],
)
def test_sometimes_there_is_no_arrow(direction, steepest):
    assert arrow(direction, steepest=steepest) is None


def field(loss):
    loss = np.array(loss, dtype=float)
    rows, columns = loss.shape
    return Field(
        Domain.of((0.0, 1.0), (0.0, 1.0)),
        np.linspace(0.0, 1.0, columns),
        np.linspace(0.0, 1.0, rows),
        loss,
        (),
        float(np.nanmin(loss)),
    )


def shades(loss, low=0.0, high=1.0, power=1.0):
    """Return the pixels (rows, columns, 4) of a field of these losses."""
    made = ContourMap(field(loss), Scale(low, high, power), (), 1.0)
    image = shaded(made, "viridis")
    return np.array(
        [
            [image.pixelColor(column, row).getRgb() for column in range(image.width())]
            for row in range(image.height())
        ]
    )


def viridis(shade):
    return (*pg.colormap.get("viridis").map(shade, mode="byte")[:3].tolist(), 255)


def test_the_top_row_is_the_highest_y_and_the_left_column_the_lowest_x():
    pixels = shades([[0.0, 0.25], [0.5, 1.0]])
    shown = {
        (0, 0): 0.5,
        (0, 1): 1.0,
        (1, 0): 0.0,
        (1, 1): 0.25,
    }
    for (row, column), shade in shown.items():
        assert np.abs(pixels[row, column] - viridis(shade)).max() <= 2


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_undefined_cells_are_clear_and_the_others_opaque(bad):
    pixels = shades([[0.0, bad], [0.5, 1.0]])
    assert pixels[1, 1].tolist() == [0, 0, 0, 0]
    assert pixels[..., 3].tolist() == [[255, 255], [255, 0]]


def test_losses_beyond_the_scale_take_its_ends():
    pixels = shades([[-5.0, 7.0]])
    assert np.abs(pixels[0, 0] - viridis(0.0)).max() <= 2
    assert np.abs(pixels[0, 1] - viridis(1.0)).max() <= 2


def test_a_flat_field_has_one_color():
    assert len(np.unique(shades(np.ones((3, 4)), 1.0, 1.0).reshape(-1, 4), axis=0)) == 1


def test_a_higher_loss_is_never_darker():
    pixels = shades([np.linspace(0.0, 1.0, 256)])
    luminance = pixels[0, :, :3] @ np.array([0.2126, 0.7152, 0.0722])
    assert np.all(np.diff(luminance) >= -1.0)


def test_the_image_of_a_landscape_is_darkest_at_its_minimum(valley):
    image = shaded(contour_map(valley, valley.domain, (101, 121)), "viridis")
    rows = np.array(
        [[image.pixelColor(column, row).lightness() for column in range(121)] for row in range(101)]
    )
    row, column = np.unravel_index(rows.argmin(), rows.shape)
    # The minimum (2, 0) is in the middle of the domain both ways.
    assert abs(int(row) - 50) <= 3
    assert abs(int(column) - 60) <= 3
