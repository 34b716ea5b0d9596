"""Shades, and levels that a person can read and tell apart."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Field, Scale, contour_levels, level_labels, sample_field, scale_of
from gdviz.landscapes import Domain, Valley

powers = st.floats(1.0, 8.0)
spans = st.floats(-6.0, 12.0).map(lambda exponent: 10.0**exponent)
offsets = st.one_of(
    st.just(0.0),
    st.floats(-1e9, 1e9),
    st.sampled_from([1.0, -1.0, 4.0, 1e3, 1e6, 1e9, -1e9]),
)


@st.composite
def scales(draw, offset=offsets, span=spans):
    low, width = draw(offset), draw(span)
    return Scale(low, low + width, draw(powers))


from_zero = scales(offset=st.just(0.0))


def field_of(loss):
    loss = np.array(loss, dtype=np.float64)
    finite = loss[np.isfinite(loss)]
    rows, columns = loss.shape
    return Field(
        Domain.of((0, 1), (0, 1)),
        np.linspace(0, 1, columns),
        np.linspace(0, 1, rows),
        loss,
        (),
        float(finite.min()) if finite.size else math.nan,
    )


# Levels


@settings(deadline=None)
@given(scale=scales(), count=st.integers(2, 40))
def test_levels_ascend_inside_the_range(scale, count):
    levels = contour_levels(scale, count)
    assert len(levels) <= count
    assert all(scale.low < level < scale.high for level in levels)
    assert all(a < b for a, b in itertools.pairwise(levels))
    assert all(type(level) is float for level in levels)


@settings(deadline=None)
@given(scale=from_zero)
def test_levels_from_zero_take_few_digits(scale):
    for level in contour_levels(scale):
        assert float(f"{level:.4g}") == level


@settings(deadline=None)
@given(scale=scales(offset=st.floats(-1e3, 1e3), span=st.floats(1e-2, 1e6)))
def test_most_levels_survive_the_rounding(scale):
    assert len(contour_levels(scale)) >= 14


@settings(deadline=None)
@given(scale=scales())
def test_labels_tell_neighboring_levels_apart(scale):
    labels = level_labels(contour_levels(scale))
    assert len(set(labels)) == len(labels)


@settings(deadline=None)
@given(scale=scales(span=st.floats(1.0, 1e6)), count=st.integers(4, 30))
def test_rounding_moves_a_level_by_less_than_a_tenth_of_the_gap_to_the_next(scale, count):
    shares = [((index + 0.5) / count) ** scale.power for index in range(count)]
    span = scale.high - scale.low
    exact = [scale.low + span * share for share in shares]
    noise = 1e-12 * max(abs(scale.low), abs(scale.high))
    for level in contour_levels(scale, count):
        nearest = min(range(count), key=lambda index: abs(exact[index] - level))
        above = min(nearest + 1, count - 1)
        gap = exact[above] - exact[above - 1]
        assert abs(level - exact[nearest]) <= 0.1 * gap + noise


@pytest.mark.parametrize(
    "scale",
    [
        Scale(0.0, 0.0, 1.0),
        Scale(3.0, 3.0, 2.0),
        Scale(math.nan, math.nan, 1.0),
        Scale(1.0, math.nextafter(1.0, 2.0), 2.0),
        Scale(0.0, 5e-324, 2.0),
    ],
)
def test_a_range_without_room_has_no_levels(scale):
    assert contour_levels(scale) == ()


@pytest.mark.parametrize("power", [1.0, 2.0, 8.0])
@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 1e-300), (0.0, 1e300), (-1e300, 1e300), (1e-310, 3e-310)]
)
def test_levels_of_extreme_ranges_ascend_all_the_same(low, high, power):
    levels = contour_levels(Scale(low, high, power))
    assert len(levels) > 5
    assert list(levels) == sorted(set(levels))


def test_levels_of_the_widest_range_raise_no_warning():
    levels = contour_levels(Scale(-1.5e308, 1.5e308, 1.0))
    assert list(levels) == sorted(set(levels))


# Shades


@settings(deadline=None)
@given(scale=scales(), shade=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_a_loss_has_the_shade_that_it_came_from(scale, shade):
    loss = scale.loss(np.array(shade))
    back = scale.loss(scale.shade(loss))
    size = max(abs(scale.low), abs(scale.high))
    np.testing.assert_allclose(back, loss, rtol=1e-12, atol=1e-14 * size)


@settings(deadline=None)
@given(scale=from_zero, shade=st.lists(st.floats(1e-3, 1.0), min_size=1, max_size=20))
def test_a_shade_comes_back_from_its_loss(scale, shade):
    back = scale.shade(scale.loss(np.array(shade)))
    np.testing.assert_allclose(back, shade, rtol=1e-12)


@settings(deadline=None)
@given(scale=scales())
def test_shades_run_from_0_to_1_and_stay_there(scale):
    span = scale.high - scale.low
    loss = np.array([scale.low - span, scale.low, scale.high, scale.high + span])
    assert scale.shade(loss).tolist() == [0.0, 0.0, 1.0, 1.0]
    assert scale.loss(np.array([0.0])).tolist() == [scale.low]
    assert scale.loss(np.array([1.0]))[0] == pytest.approx(scale.high, rel=1e-15)


@settings(deadline=None)
@given(scale=scales(), losses=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=20))
def test_a_higher_loss_never_has_a_lower_shade(scale, losses):
    loss = np.sort(scale.low + (scale.high - scale.low) * np.array(losses))
    shade = scale.shade(loss)
    assert np.all(np.diff(shade) >= 0.0)


@pytest.mark.parametrize("scale", [Scale(0.0, 1.0, 2.0), Scale(3.0, 3.0, 1.0)])
def test_what_is_not_finite_has_no_shade(scale):
    shade = scale.shade(np.array([np.nan, np.inf, -np.inf, 3.0]))
    assert np.isnan(shade[:3]).all()
    assert np.isfinite(shade[3])


def test_a_flat_field_has_a_single_shade():
    assert set(Scale(3.0, 3.0, 1.0).shade(np.full((4, 4), 3.0)).flat) == {0.0}


def test_a_loss_far_beyond_a_narrow_range_is_shaded_without_a_warning():
    shade = Scale(0.0, 1e-5, 2.0).shade(np.array([1e308, -1e308]))
    assert shade.tolist() == [1.0, 0.0]


# The choice of a scale


def test_the_median_loss_gets_the_middle_shade():
    rng = np.random.default_rng(11)
    for spread in (0.5, 1.0, 2.0, 4.0):
        field = field_of(rng.uniform(0.0, 1.0, (40, 40)) ** (1.0 + spread))
        scale = scale_of(field)
        shade = scale.shade(np.array([np.median(field.loss)]))[0]
        assert shade == pytest.approx(0.5, abs=1e-3)
        assert (scale.low, scale.high) == (field.loss.min(), field.loss.max())


@settings(deadline=None)
@given(exponent=st.floats(-9.0, 9.0))
def test_a_scale_is_never_steeper_than_straight_nor_flatter_than_the_eighth_root(exponent):
    losses = np.linspace(0.0, 1.0, 100).reshape(10, 10) ** (10.0**exponent)
    scale = scale_of(field_of(losses))
    assert 1.0 <= scale.power <= 8.0


def test_a_scale_begins_at_the_floor():
    field = sample_field(Valley(), Domain.of((-4, 8), (-5, 5)), (4, 4))
    assert field.loss.min() > 4.0
    assert scale_of(field).low == 4.0


@pytest.mark.parametrize(
    ("loss", "low", "high"),
    [
        ([[3.0, 3.0], [3.0, 3.0]], 3.0, 3.0),
        ([[0.0, 0.0], [0.0, 5.0]], 0.0, 5.0),
        ([[5.0, 5.0], [5.0, 0.0]], 0.0, 5.0),
        ([[np.nan, 1.0], [np.inf, -np.inf]], 1.0, 1.0),
        ([[np.nan, 1.0], [np.inf, 2.0]], 1.0, 2.0),
        ([[np.nan, np.nan], [np.nan, np.nan]], 0.0, 0.0),
        ([[np.inf, np.inf], [np.inf, np.inf]], 0.0, 0.0),
    ],
)
def test_any_field_has_a_scale(loss, low, high):
    field = field_of(loss)
    scale = scale_of(field)
    assert (scale.low, scale.high) == (low, high)
    assert 1.0 <= scale.power <= 8.0
    shade = scale.shade(field.loss)
    np.testing.assert_array_equal(np.isnan(shade), ~np.isfinite(field.loss))
    assert len(contour_levels(scale)) <= 16


@pytest.mark.parametrize(
    "losses",
    [(-1.5e308, 0.0, 1.5e308), (0.0, 1e-30, 1e300), (0.0, 5e-324, 1e308)],
    ids=["the-widest-range", "330-decades", "all-decades"],
)
def test_a_field_over_all_that_floats_can_hold_has_a_scale(losses):
    field = field_of([losses] * 3)
    scale = scale_of(field)
    assert (scale.low, scale.high) == (losses[0], losses[2])
    assert 1.0 <= scale.power <= 8.0
    shade = scale.shade(field.loss)
    assert (shade[0, 0], shade[0, 2]) == (0.0, 1.0)
