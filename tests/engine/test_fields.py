"""Landscapes sampled on a grid and along a line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import sample_field, sample_slice
from gdviz.landscapes import Domain, Landscape, Valley, preset

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))

SQUARE = Domain.of((-1.0, 1.0), (-1.0, 1.0))


@dataclass(frozen=True)
class Surface(Landscape):
    """A loss of two parameters, given as a function of arrays."""

    f: Callable[[Any, Any], Any]
    known: tuple[tuple[float, float], ...] = ()

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

    @property
    def minima(self):
        return self.known

    def loss_at(self, x, y):
        return self.f(x, y)

    def gradient_at(self, x, y):
        return 0.0, 0.0

    def hessian_at(self, x, y):
        return 0.0, 0.0, 0.0


@settings(deadline=None)
@given(
    rows=st.integers(2, 12),
    columns=st.integers(2, 12),
    x=st.tuples(st.floats(-10, 0), st.floats(1, 10)),
    y=st.tuples(st.floats(-10, 0), st.floats(1, 10)),
)
def test_a_row_is_a_y_and_a_column_an_x(rows, columns, x, y):
    field = sample_field(Valley(), Domain.of(x, y), (rows, columns))
    assert field.loss.shape == (rows, columns)
    assert field.x.shape == (columns,)
    assert field.y.shape == (rows,)
    for i, at_y in enumerate(field.y.tolist()):
        for j, at_x in enumerate(field.x.tolist()):
            assert field.loss[i, j] == pytest.approx(4 + (at_x - 2) ** 2 + 2 * at_y**2)


def test_the_grid_runs_evenly_from_edge_to_edge():
    domain = Domain.of((-4.0, 8.0), (-5.0, 5.0))
    field = sample_field(Valley(), domain, (11, 25))
    np.testing.assert_allclose(field.x, [-4.0 + 0.5 * k for k in range(25)], rtol=0, atol=1e-14)
    np.testing.assert_allclose(field.y, [-5.0 + 1.0 * k for k in range(11)], rtol=0, atol=1e-14)
    assert (field.x[0], field.x[-1], field.y[0], field.y[-1]) == (-4.0, 8.0, -5.0, 5.0)
    assert field.domain is domain


@pytest.mark.parametrize(
    "preset",
    [preset for preset in PRESETS if len(preset.start) == 2],
    ids=lambda preset: preset.name,
)
def test_samples_are_the_losses_of_the_landscape_bit_for_bit(preset):
    landscape = preset.build()
    field = sample_field(landscape, landscape.domain, (7, 5))
    points = [(x, y) for y in field.y for x in field.x]
    assert field.loss.tobytes() == landscape.loss(points).tobytes()


@pytest.mark.parametrize("name", ["x", "y", "loss"])
def test_a_field_is_read_only(name):
    array = getattr(sample_field(Valley(), SQUARE, (4, 3)), name)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 0.0


def test_a_minimum_in_the_domain_is_the_floor_even_between_the_samples():
    field = sample_field(Valley(), Domain.of((-4, 8), (-5, 5)), (4, 4))
    assert field.minima == ((2.0, 0.0),)
    assert field.loss.min() > 4.0
    assert field.floor == 4.0


def test_a_minimum_out_of_the_domain_is_neither_shown_nor_the_floor():
    field = sample_field(Valley(), SQUARE, (21, 21))
    assert field.minima == ()
    assert field.floor == field.loss.min() == 5.0


def test_a_minimum_on_the_edge_is_in_the_domain():
    field = sample_field(Valley(), Domain.of((2, 3), (0, 1)), (3, 3))
    assert field.minima == ((2.0, 0.0),)
    assert field.floor == 4.0


def test_of_several_minima_only_those_in_the_domain_count():
    wells = Surface(
        lambda x, y: (x**2 - 0.25) ** 2 + y**2, known=((-0.5, 0.0), (0.5, 0.0), (3.0, 0.0))
    )
    field = sample_field(wells, Domain.of((0, 1), (-1, 1)), (8, 8))
    assert field.minima == ((0.5, 0.0),)
    assert field.floor == 0.0


@pytest.mark.parametrize(
    ("f", "floor"),
    [
        (lambda x, y: 3.0 + 0.0 * x, 3.0),
        (lambda x, y: 3.0, 3.0),
        (lambda x, y: np.full_like(x, np.nan), float("nan")),
        (lambda x, y: np.full_like(x, np.inf), float("nan")),
        (lambda x, y: np.where(x < 0, -np.inf, y), -1.0),
        (lambda x, y: 1.0 / x, -4.0),
        (lambda x, y: np.sqrt(x) + np.log(y), None),
        (lambda x, y: np.exp(1e4 * x), 0.0),
        (lambda x, y: 5e307 * x + 5e307 * y, -1e308),
    ],
    ids=["flat", "number", "undefined", "infinite", "half", "pole", "corner", "wall", "huge"],
)
def test_flat_undefined_and_infinite_fields_are_sampled_without_a_warning(f, floor):
    field = sample_field(Surface(f), SQUARE, (9, 9))
    assert field.loss.shape == (9, 9)
    if floor is not None:
        np.testing.assert_equal(field.floor, floor)


def test_the_floor_passes_over_what_is_undefined():
    field = sample_field(Surface(lambda x, y: np.sqrt(x) + y), SQUARE, (5, 5))
    assert np.isnan(field.loss[:, :2]).all()
    assert field.floor == -1.0


def test_a_minimum_with_an_undefined_loss_does_not_spoil_the_floor():
    ring = Surface(lambda x, y: np.log(x**2 + y**2 - 0.01) + 9.0, known=((0.0, 0.0),))
    field = sample_field(ring, SQUARE, (4, 4))
    assert field.floor == field.loss[np.isfinite(field.loss)].min()


# Slices


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_slice_is_the_loss_along_its_line_bit_for_bit(preset):
    landscape = preset.build()
    point = np.array(preset.start)
    for axis in range(landscape.dimension):
        values = np.linspace(*landscape.domain[axis], 101)
        points = [
            [value if place == axis else p for place, p in enumerate(point)] for value in values
        ]
        sliced = sample_slice(landscape, point, axis, values)
        assert sliced.shape == (101,)
        assert sliced.tobytes() == landscape.loss(points).tobytes()


@settings(deadline=None)
@given(x=st.floats(-10, 10), y=st.floats(-10, 10), axis=st.integers(0, 1))
def test_a_slice_of_the_valley_is_a_parabola(x, y, axis):
    values = np.linspace(-3.0, 3.0, 13)
    sliced = sample_slice(Valley(), np.array([x, y]), axis, values)
    for value, loss in zip(values.tolist(), sliced.tolist(), strict=True):
        at_x, at_y = (value, y) if axis == 0 else (x, value)
        assert loss == pytest.approx(4 + (at_x - 2) ** 2 + 2 * at_y**2)


def test_a_slice_leaves_the_point_and_the_values_alone():
    point, values = np.array([1.0, 2.0]), np.array([0.0, 5.0])
    point.flags.writeable = values.flags.writeable = False
    sample_slice(Valley(), point, 1, values)
    assert point.tolist() == [1.0, 2.0]
    assert values.tolist() == [0.0, 5.0]


def test_a_slice_through_a_point_of_whole_numbers_keeps_the_fractions():
    sliced = sample_slice(Valley(), np.array([0, 4]), 0, np.array([0.5, 2.5]))
    assert sliced.tolist() == [4 + 1.5**2 + 32, 4 + 0.5**2 + 32]


def test_a_slice_over_a_pole_is_taken_without_a_warning():
    pole = Surface(lambda x, y: 1.0 / x + np.log(y))
    sliced = sample_slice(pole, np.array([0.0, 1.0]), 0, np.array([-1.0, 0.0, 1.0]))
    assert sliced.tolist() == [-1.0, np.inf, 1.0]
    assert np.isnan(sample_slice(pole, np.array([1.0, -1.0]), 0, np.array([2.0])))[0]
