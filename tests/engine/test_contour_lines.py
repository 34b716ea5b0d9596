"""Contour lines, and all that a contour view draws of a landscape."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Scale, contour_levels, contour_lines, contour_map, sample_field
from gdviz.landscapes import Domain, Landscape, Valley, preset

SQUARE = Domain.of((-1.0, 1.0), (-1.0, 1.0))


def no_slope(x, y):
    return 0.0 * x, 0.0 * y


@dataclass(frozen=True)
class Surface(Landscape):
    """A loss of two parameters, given as functions of arrays."""

    f: Callable[[Any, Any], Any]
    slope: Callable[[Any, Any], tuple[Any, Any]] = no_slope

    @property
    def name(self):
        return "surface"

    @property
    def parameters(self):
        return ("x", "y")

    @property
    def domain(self):
        return SQUARE

    @property
    def expression(self):
        return "f(x, y)"

    def loss_at(self, x, y):
        return self.f(x, y)

    def gradient_at(self, x, y):
        return self.slope(x, y)

    def hessian_at(self, x, y):
        return 0.0, 0.0, 0.0


BOWL = Surface(lambda x, y: x**2 + y**2)
WAVES = Surface(lambda x, y: np.sin(3 * x) * np.cos(2 * y))


def points_of(isoline):
    return np.concatenate(isoline.pieces) if isoline.pieces else np.empty((0, 2))


@settings(deadline=None)
@given(
    a=st.floats(-5, 5),
    b=st.floats(-5, 5),
    level=st.floats(-3, 3),
    shape=st.tuples(st.integers(2, 30), st.integers(2, 30)),
)
def test_lines_of_a_plane_are_exact(a, b, level, shape):
    field = sample_field(Surface(lambda x, y: a * x + b * y), SQUARE, shape)
    (isoline,) = contour_lines(field, [level])
    x, y = points_of(isoline).T
    np.testing.assert_allclose(a * x + b * y, level, rtol=0, atol=1e-12)
    assert np.all((np.abs(x) <= 1) & (np.abs(y) <= 1))
    if abs(level) < 0.99 * (abs(a) + abs(b)) - 1e-3:
        assert len(x) >= 2


@pytest.mark.parametrize(("rows", "columns"), [(40, 40), (25, 81), (200, 31)])
@pytest.mark.parametrize(
    ("landscape", "f", "curvature"),
    [
        (BOWL, lambda x, y: x**2 + y**2, 2.0),
        (WAVES, lambda x, y: math.sin(3 * x) * math.cos(2 * y), 9.0),
    ],
    ids=["bowl", "waves"],
)
def test_a_line_keeps_its_level_within_the_error_of_interpolation(
    landscape, f, curvature, rows, columns
):
    field = sample_field(landscape, SQUARE, (rows, columns))
    spacing = 2.0 / (min(rows, columns) - 1)
    error = curvature * spacing**2 / 8.0
    lines = contour_lines(field, contour_levels(Scale(-1.0, 2.0, 1.0), 12))
    assert sum(len(isoline.pieces) for isoline in lines) >= 7
    for isoline in lines:
        for x, y in points_of(isoline).tolist():
            assert abs(f(x, y) - isoline.level) <= error + 1e-12


def test_lines_are_given_as_x_and_y_not_as_row_and_column():
    wide = Domain.of((10.0, 30.0), (-1.0, 1.0))
    field = sample_field(Surface(lambda x, y: x), wide, (5, 9))
    (isoline,) = contour_lines(field, [17.0])
    (piece,) = isoline.pieces
    assert piece.shape[1] == 2
    np.testing.assert_allclose(piece[:, 0], 17.0, rtol=1e-15)
    assert sorted(piece[[0, -1], 1].tolist()) == [-1.0, 1.0]


def test_there_is_a_line_for_each_level_in_their_order():
    field = sample_field(BOWL, SQUARE, (20, 20))
    lines = contour_lines(field, [0.1, 0.5, 1.9, 7.0])
    assert [isoline.level for isoline in lines] == [0.1, 0.5, 1.9, 7.0]
    # A ring, a larger ring, four corners, nothing.
    assert [len(isoline.pieces) for isoline in lines] == [1, 1, 4, 0]
    assert contour_lines(field, []) == ()


def test_a_ring_ends_where_it_begins():
    (isoline,) = contour_lines(sample_field(BOWL, SQUARE, (30, 30)), [0.5])
    (ring,) = isoline.pieces
    assert ring[0].tolist() == ring[-1].tolist()
    angles = np.unwrap(np.arctan2(ring[:, 1], ring[:, 0]))
    assert abs(angles[-1] - angles[0]) == pytest.approx(2 * math.pi)


def test_lines_are_read_only():
    (isoline,) = contour_lines(sample_field(BOWL, SQUARE, (9, 9)), [0.5])
    with pytest.raises(ValueError, match="read-only"):
        isoline.pieces[0][0, 0] = 5.0


@pytest.mark.parametrize(
    "f",
    [
        lambda x, y: np.sqrt(x**2 + y**2 - 0.2) + x,
        lambda x, y: np.log(x + 0.3) * y,
        lambda x, y: np.where(np.abs(x * y) > 0.4, np.inf, x - y),
        lambda x, y: np.where(x > 0.5, -np.inf, x + y),
        lambda x, y: 1.0 / (x - y),
        lambda x, y: np.where((np.floor(20 * x) + np.floor(20 * y)) % 7 == 0, np.nan, x),
    ],
    ids=["hole", "half", "corners", "pit", "pole", "crumbs"],
)
def test_no_line_runs_nearer_to_an_undefined_sample_than_the_samples_around_it(f):
    field = sample_field(Surface(f), SQUARE, (41, 41))
    undefined = ~np.isfinite(field.loss)
    assert undefined.any()
    levels = np.linspace(-2.0, 2.0, 17) + 0.0123
    points = np.concatenate([points_of(isoline) for isoline in contour_lines(field, levels)])
    assert len(points) > 20
    assert np.all(np.isfinite(points))
    # Of a cell with one undefined corner, the far half may be crossed, but no more.
    column, row = ((points + 1.0) * 20.0).T
    bad_row, bad_column = np.nonzero(undefined)
    away = np.abs(np.subtract.outer(row, bad_row)) + np.abs(np.subtract.outer(column, bad_column))
    assert away.min() >= 1.0 - 1e-9


def test_an_undefined_hole_leaves_the_lines_around_it_whole():
    holed = Surface(lambda x, y: np.where(x**2 + y**2 < 0.1, np.nan, x**2 + y**2))
    full, gapped = (
        contour_lines(sample_field(surface, SQUARE, (41, 41)), [0.5])[0]
        for surface in (BOWL, holed)
    )
    assert sorted(map(tuple, points_of(full))) == sorted(map(tuple, points_of(gapped)))
    inner = contour_lines(sample_field(holed, SQUARE, (41, 41)), [0.05])[0]
    assert inner.pieces == ()


# Everything at once


def test_rings_of_a_round_bowl_are_evenly_spaced_with_power_2():
    levels = contour_levels(Scale(0.0, 2.0, 2.0))
    lines = contour_lines(sample_field(BOWL, SQUARE, (301, 301)), levels)
    radii = [np.hypot(*points_of(isoline).T).mean() for isoline in lines]
    gaps = np.diff(radii)
    assert len(gaps) == 15
    assert gaps.max() < 1.15 * gaps.min()


def test_rings_of_a_round_bowl_are_nearly_even_with_the_scale_that_is_chosen():
    chosen = contour_map(BOWL, SQUARE, (301, 301))
    assert 1.5 < chosen.scale.power < 2.0
    radii = [np.hypot(*points_of(isoline).T).mean() for isoline in chosen.lines]
    gaps = np.diff(radii)
    assert len(gaps) >= 13
    assert gaps.min() > 0.0
    assert gaps.max() < 2.0 * gaps.min()


def test_a_contour_map_of_the_valley_has_all_that_is_drawn():
    domain = Valley().domain
    drawn = contour_map(Valley(), domain, (60, 80))
    assert drawn.field.loss.shape == (60, 80)
    assert drawn.field.domain == domain
    assert drawn.scale.low == drawn.field.floor == 4.0
    assert drawn.scale.high == drawn.field.loss.max() == 4 + 36 + 50
    levels = [isoline.level for isoline in drawn.lines]
    assert levels == sorted(levels)
    assert len(levels) >= 14
    assert all(isoline.pieces for isoline in drawn.lines)
    # In the corners: (2 · 6, 4 · 5).
    assert drawn.steepest == pytest.approx(math.hypot(12, 20))


def test_lines_of_lower_levels_lie_inside_those_of_higher_ones():
    drawn = contour_map(Valley(), Valley().domain, (201, 201))
    nearest = [
        min(math.hypot(x - 2, math.sqrt(2) * y) for x, y in points_of(isoline).tolist())
        for isoline in drawn.lines
    ]
    assert all(a < b for a, b in itertools.pairwise(nearest))


def test_a_contour_map_of_measured_data_is_drawn_wherever_one_looks():
    landscape = preset("regression").build()
    ((weight, bias),) = landscape.minima
    for zoom in (1e3, 1.0, 1e-3):
        domain = Domain.of(
            (weight - 300 * zoom, weight + 500 * zoom), (bias - 90 * zoom, bias + 80 * zoom)
        )
        drawn = contour_map(landscape, domain, (50, 50))
        assert drawn.field.minima == ((weight, bias),)
        assert len(drawn.lines) >= 10


@pytest.mark.parametrize(
    ("f", "lines"),
    [
        (lambda x, y: 3.0 + 0.0 * x, 0),
        (lambda x, y: np.full_like(x, np.nan), 0),
        (lambda x, y: np.full_like(x, np.inf), 0),
        (lambda x, y: np.where(x > 0, np.inf, 3.0), 0),
        (lambda x, y: np.where((x == 0) & (y == 0), 1.0, np.nan), 0),
        (lambda x, y: np.where(x > 0, np.inf, x), 8),
        (lambda x, y: np.where(y > 0, -np.inf, y), 8),
        (lambda x, y: np.where(x > 0, np.where(y > 0, np.inf, -np.inf), x), 8),
        (lambda x, y: 1.0 / (x * y), 8),
        (lambda x, y: np.exp(5e3 * x), 1),
        (lambda x, y: 1e150 * (x**2 + y), 8),
        (lambda x, y: 1e-300 * (x**2 + y), 8),
    ],
    ids=[
        "flat",
        "undefined",
        "infinite",
        "flat-or-infinite",
        "a-single-sample",
        "infinite-half",
        "bottomless-half",
        "both",
        "poles",
        "wall",
        "huge",
        "tiny",
    ],
)
def test_any_field_is_drawn_without_a_warning(f, lines):
    drawn = contour_map(Surface(f), SQUARE, (21, 21))
    assert len(drawn.lines) >= lines
    if lines == 0:
        assert not any(isoline.pieces for isoline in drawn.lines)
    for isoline in drawn.lines:
        assert np.all(np.isfinite(points_of(isoline)))
    shade = drawn.scale.shade(drawn.field.loss)
    np.testing.assert_array_equal(np.isnan(shade), ~np.isfinite(drawn.field.loss))
    assert np.all((shade >= 0.0) & (shade <= 1.0) | np.isnan(shade))


@pytest.mark.parametrize(
    ("slope", "steepest"),
    [
        (lambda x, y: (3.0 + 0.0 * x, 4.0 + 0.0 * y), 5.0),
        (lambda x, y: (np.where(x > 0, np.nan, 3.0), 4.0 + 0.0 * y), 5.0),
        (lambda x, y: (np.where(x > 0, np.inf, 3.0), 4.0 + 0.0 * y), 5.0),
        (lambda x, y: (np.full_like(x, np.nan), np.full_like(x, np.inf)), 0.0),
        (no_slope, 0.0),
        (lambda x, y: (3e200 + 0.0 * x, 4e200 + 0.0 * y), 5e200),
    ],
    ids=["even", "undefined-half", "infinite-half", "undefined", "flat", "huge"],
)
def test_the_steepest_slope_is_the_largest_finite_one(slope, steepest):
    drawn = contour_map(Surface(lambda x, y: x, slope), SQUARE, (5, 5))
    assert drawn.steepest == pytest.approx(steepest, rel=1e-14)
    assert type(drawn.steepest) is float


@pytest.mark.parametrize("shape", [(2, 2), (2, 50), (50, 2)])
def test_a_coarse_grid_is_drawn_too(shape):
    drawn = contour_map(Valley(), Valley().domain, shape)
    assert drawn.field.loss.shape == shape
    assert drawn.scale.low == 4.0
