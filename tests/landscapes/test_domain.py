"""A domain is a finite box with an inside."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.landscapes import Domain

finite = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def intervals(draw):
    low, high = sorted((draw(finite), draw(finite)))
    assume(math.isfinite(high - low))
    assume(high - low > 2e-12 * max(abs(low), abs(high)))
    return low, high


boxes = st.lists(intervals(), min_size=1, max_size=2).map(lambda pairs: Domain.of(*pairs))
box = Domain.of((-4, 8), (-5, 5))


def test_ends_width_and_center_are_one_number_per_parameter():
    assert box.low.tolist() == [-4.0, -5.0]
    assert box.high.tolist() == [8.0, 5.0]
    assert box.width.tolist() == [12.0, 10.0]
    assert box.center.tolist() == [2.0, 0.0]


def test_a_domain_unpacks_into_its_intervals():
    assert list(box) == [(-4.0, 8.0), (-5.0, 5.0)]
    assert box[1] == (-5.0, 5.0)
    (only,) = Domain.of((0, 1))
    assert only == (0.0, 1.0)


def test_equal_boxes_are_equal_values():
    same = Domain.of([-4.0, 8.0], np.array([-5, 5]))
    assert same == box
    assert hash(same) == hash(box)
    assert all(type(end) is float for interval in same for end in interval)
    assert Domain.of((-4, 8), (-5, 6)) != box
    assert Domain.of((-4, 8)) != box


def test_a_domain_cannot_be_changed():
    with pytest.raises(AttributeError):
        box.intervals = ()
    box.low[0] = 99.0  # a fresh array
    assert box.low[0] == -4.0


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (math.nan, 1.0),
        (0.0, math.nan),
        (-math.inf, 0.0),
        (0.0, math.inf),
        (math.inf, math.inf),
        (-1.7e308, 1.7e308),  # finite ends, but no finite width
    ],
)
@pytest.mark.parametrize("axis", [0, 1])
def test_a_domain_without_a_finite_width_is_refused(low, high, axis):
    pairs = [(0.0, 1.0), (0.0, 1.0)]
    pairs[axis] = (low, high)
    with pytest.raises(UserError, match=re.escape(f"finite, got {low!r} to {high!r}")):
        Domain.of(*pairs)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (1.0, 0.0),
        (1.0, 1.0),
        (0.0, 0.0),
        (0.0, -0.0),
        (-1.0, -2.0),
        (1.0, math.nextafter(1.0, 2.0)),  # nothing lies between
        (1e6, 1e6 + 1e-8),
        (-1e300, math.nextafter(-1e300, 0.0)),
    ],
)
@pytest.mark.parametrize("axis", [0, 1])
def test_an_empty_reversed_or_too_narrow_domain_is_refused(low, high, axis):
    pairs = [(0.0, 1.0), (0.0, 1.0)]
    pairs[axis] = (low, high)
    with pytest.raises(UserError, match=re.escape(f"higher number, got {low!r} to {high!r}")):
        Domain.of(*pairs)


@pytest.mark.parametrize(
    ("low", "high"), [(1.0, 1.0 + 1e-11), (0.0, 1e-300), (-1e-300, 1e-300), (-8e307, 8e307)]
)
def test_narrow_and_wide_domains_that_floats_resolve_are_accepted(low, high):
    domain = Domain.of((low, high))
    assert low < domain.center[0] < high


def refusal(low, high):
    try:
        Domain.of((low, high))
    except UserError as error:
        return str(error)
    return ""


@given(finite, finite)
def test_a_pair_is_refused_only_if_no_box_with_an_inside_can_be_made_of_it(low, high):
    message = refusal(low, high)
    hopeless = not low < high or high - low == math.inf or high - low <= 1e-11 * abs(high + low)
    assert hopeless or not message
    assert len(message.splitlines()) <= 1
    if not message:
        center = Domain.of((low, high)).center[0]
        assert low < center < high or math.nextafter(low, high) == high


@given(boxes)
def test_the_center_is_the_mean_of_the_ends(domain):
    for (low, high), center in zip(domain, domain.center, strict=True):
        exact = (Fraction(low) + Fraction(high)) / 2
        # Half a unit each for the width, its half and the sum.
        slack = Fraction(math.ulp(max(abs(low), abs(high)))) * 2
        assert abs(Fraction(float(center)) - exact) <= slack


@given(boxes, st.data())
def test_a_point_is_contained_when_each_coordinate_lies_between_the_ends(domain, data):
    point = [
        data.draw(finite | st.floats(low, high) | st.sampled_from((low, high)))
        for low, high in domain
    ]
    inside = all(low <= value <= high for value, (low, high) in zip(point, domain, strict=True))
    assert domain.contains(point) is inside
    assert domain.contains(np.array(point)) is inside


@given(boxes, st.data())
def test_one_float_beyond_an_edge_is_outside(domain, data):
    axis = data.draw(st.integers(0, len(domain.intervals) - 1))
    end, away = data.draw(
        st.sampled_from(((domain[axis][0], -math.inf), (domain[axis][1], math.inf)))
    )
    point = domain.center
    point[axis] = end
    assert domain.contains(point)
    point[axis] = math.nextafter(end, away)
    assert not domain.contains(point)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_never_inside(value):
    assert not box.contains((0.0, value))
    assert not box.contains((value, 0.0))


@pytest.mark.parametrize("point", [(0.5,), (0.5, 0.5, 0.5), ()])
def test_a_point_with_another_number_of_coordinates_is_not_silently_inside(point):
    try:
        inside = Domain.of((0, 1), (0, 1)).contains(point)
    except ValueError:
        inside = False
    assert not inside


def test_a_domain_is_described_with_the_parameters_names():
    assert box.describe(["x", "y"]) == "x from −4 to 8, y from −5 to 5"
    narrow = Domain.of((-1e-7, 1e7))
    assert narrow.describe(("w1",)) == "w1 from −1×10⁻⁷ to 1×10⁷"


@pytest.mark.parametrize("names", [["x"], ["x", "y", "z"]])
def test_a_description_needs_a_name_for_each_parameter(names):
    with pytest.raises(ValueError, match="zip"):
        box.describe(names)
