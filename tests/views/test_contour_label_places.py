"""Labels lie straight on their lines, whole, and clear of each other."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.views.contour_labels import Label, place_labels, without

SIZE = (600.0, 400.0)
LETTERS = 12.0  # how high a label is


def ellipse(x, y, a, b, turned=0.0, points=400):
    angle = np.linspace(0.0, 2.0 * np.pi, points)
    along = np.stack([a * np.cos(angle), b * np.sin(angle)], axis=1)
    cos, sin = math.cos(turned), math.sin(turned)
    return along @ np.array([[cos, sin], [-sin, cos]]) + np.array([x, y])


def corners(label, width):
    """Return the corners (4, 2) of a label's letters; 8 pixels of its width are air."""
    angle = math.radians(label.angle)
    along = np.array([math.cos(angle), math.sin(angle)]) * (width - 8.0) / 2.0
    across = np.array([-math.sin(angle), math.cos(angle)]) * LETTERS / 2.0
    middle = np.array([label.x, label.y])
    return middle + np.array([-along - across, along - across, along + across, across - along])


def apart(one, other):
    """Tell whether two convex shapes are disjoint: some side of one separates them."""
    for shape in (one, other):
        for side in np.roll(shape, -1, axis=0) - shape:
            normal = np.array([-side[1], side[0]])
            a, b = one @ normal, other @ normal
            if a.max() < b.min() or b.max() < a.min():
                return True
    return False


shapes = st.tuples(
    st.floats(-100.0, 700.0),
    st.floats(-100.0, 500.0),
    st.floats(5.0, 500.0),
    st.floats(5.0, 500.0),
    st.floats(0.0, math.pi),
)
families = st.lists(
    st.tuples(st.lists(shapes, min_size=1, max_size=2), st.floats(15.0, 90.0)),
    min_size=1,
    max_size=8,
)
any_family = given(family=families)
some = settings(max_examples=40, deadline=None)


def drawn(family):
    """Return the lines of ellipses, and the width of each line's label."""
    lines = [[ellipse(*shape, points=150) for shape in line] for line, _ in family]
    return lines, [width for _, width in family]


@some
@any_family
def test_no_two_labels_overlap(family):
    lines, widths = drawn(family)
    shapes = [corners(label, widths[label.line]) for label in place_labels(lines, widths, SIZE)]
    assert all(apart(one, other) for one, other in itertools.combinations(shapes, 2))


@some
@any_family
def test_no_label_is_cut_off(family):
    lines, widths = drawn(family)
    for label in place_labels(lines, widths, SIZE):
        shape = corners(label, widths[label.line])
        assert shape.min() >= 0.0
        assert np.all(shape <= SIZE)


@some
@any_family
def test_each_line_has_at_most_one_label_and_it_lies_on_that_line(family):
    lines, widths = drawn(family)
    labels = place_labels(lines, widths, SIZE)
    assert len({label.line for label in labels}) == len(labels)
    for label in labels:
        piece = lines[label.line][label.piece]
        nearest = np.hypot(*(piece - (label.x, label.y)).T).min()
        longest_side = np.hypot(*np.diff(piece, axis=0).T).max()
        assert nearest <= longest_side
        assert math.isclose(label.end - label.start, widths[label.line])


@some
@any_family
def test_labels_stand_upright_and_follow_their_line(family):
    lines, widths = drawn(family)
    for label in place_labels(lines, widths, SIZE):
        assert -90.0 <= label.angle <= 90.0
        piece = lines[label.line][label.piece]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(piece, axis=0).T))])
        ends = [
            np.array([np.interp(at, along, piece[:, 0]), np.interp(at, along, piece[:, 1])])
            for at in (label.start, label.end)
        ]
        across, down = ends[1] - ends[0]
        turned = math.degrees(math.atan2(down, across)) - label.angle
        assert math.isclose(math.sin(math.radians(turned)), 0.0, abs_tol=1e-9)


def test_rings_of_a_round_bowl_are_all_labeled():
    rings = [[ellipse(300.0, 200.0, radius, radius)] for radius in range(60, 190, 25)]
    labels = place_labels(rings, [30.0] * len(rings), SIZE)
    assert [label.line for label in labels] == list(range(len(rings)))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(ellipse(300.0, 200.0, 8.0, 8.0), id="too short"),
        pytest.param(ellipse(300.0, 200.0, 16.0, 16.0), id="too bent"),
        pytest.param(ellipse(-900.0, 200.0, 300.0, 300.0), id="out of view"),
        pytest.param(np.array([[300.0, 200.0]]), id="a point"),
        pytest.param(np.array([[5.0, 0.0], [5.0, 400.0]]), id="along the edge"),
    ],
)
def test_a_line_with_no_good_place_gets_no_label(piece):
    assert place_labels([[piece]], [30.0], SIZE) == []


def test_a_short_label_keeps_clear_of_a_long_one():
    long = np.array([[100.0, 200.0], [460.0, 200.0]])
    short = np.array([[201.5, 200.0], [246.5, 200.0]])
    labels = place_labels([[long], [short]], [90.0, 15.0], SIZE)
    assert [label.line for label in labels] == [0]
    assert labels[0].x == 190.0


def test_no_lines_no_labels():
    assert place_labels([], [], SIZE) == []
    assert place_labels([[]], [30.0], SIZE) == []


STRAIGHT = np.stack([np.arange(101.0), np.zeros(101)], axis=1)


def label(start, end):
    return Label(0, 0, (start + end) / 2.0, 0.0, 0.0, start, end)


def test_cutting_nothing_out_leaves_the_piece():
    (left,) = without(STRAIGHT, [])
    np.testing.assert_array_equal(left, STRAIGHT)


def test_cutting_a_label_out_leaves_both_sides():
    before, after = without(STRAIGHT, [label(39.5, 60.5)])
    assert before[:, 0].tolist() == [*range(40), 39.5]
    assert after[:, 0].tolist() == [60.5, *range(61, 101)]


def test_a_label_at_the_end_leaves_one_side():
    (before,) = without(STRAIGHT, [label(80.0, 120.0)])
    assert before[-1].tolist() == [80.0, 0.0]


def test_a_label_over_everything_leaves_nothing():
    assert without(STRAIGHT, [label(-1.0, 101.0)]) == []


def test_several_labels_are_all_cut_out():
    parts = without(STRAIGHT, [label(19.5, 30.5), label(59.5, 70.5)])
    assert [(part[0, 0], part[-1, 0]) for part in parts] == [(0, 19.5), (30.5, 59.5), (70.5, 100)]


def test_the_gap_in_a_line_of_few_points_is_no_wider_than_the_label():
    coarse = np.array([[0.0, 0.0], [300.0, 0.0], [600.0, 0.0]])
    parts = without(coarse, [label(100.0, 140.0)])
    drawn = sum(float(np.ptp(part[:, 0])) for part in parts)
    assert drawn >= 560.0 - 1e-9
    assert all(part[0, 0] >= 140.0 or part[-1, 0] <= 100.0 for part in parts)


@some
@any_family
def test_exactly_the_width_of_its_label_is_cut_out_of_a_line(family):
    lines, widths = drawn(family)
    for placed in place_labels(lines, widths, SIZE):
        piece = lines[placed.line][placed.piece]
        left = sum(length(part) for part in without(piece, [placed]))
        assert math.isclose(length(piece) - left, widths[placed.line], rel_tol=1e-2)


def length(piece):
    return float(np.hypot(*np.diff(piece, axis=0).T).sum())
