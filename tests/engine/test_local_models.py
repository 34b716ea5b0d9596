"""What is told of a landscape from one point: models, level lines, gradients, the ray."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.engine import LevelLines, sample_field
from gdviz.engine.gradient_field import gradient_field, round_spacing
from gdviz.engine.local_model import local_model
from gdviz.engine.ray_slice import best_rate, sample_ray
from gdviz.landscapes import Domain, Valley, preset

VALLEY = Valley()
places = st.tuples(*2 * [st.floats(-6.0, 6.0)])


@given(places, places)
def test_the_valleys_quadratic_model_is_the_valley(at, elsewhere):
    model = local_model(VALLEY, np.array(at), curved=True)
    exact = VALLEY.loss([elsewhere])[0]
    assert model(np.array(elsewhere)) == pytest.approx(exact, abs=1e-9)
    assert model.minimum == pytest.approx((2.0, 0.0), abs=1e-12)
    assert model(model.minimum) == pytest.approx(4.0, abs=1e-12)


@given(places, places)
def test_the_tangent_plane_has_the_valleys_slopes(at, away):
    x, y = at
    plane = local_model(VALLEY, np.array(at), curved=False)
    rise = plane(np.array(at) + away) - plane(np.array(at))
    assert rise == pytest.approx(2.0 * (x - 2.0) * away[0] + 4.0 * y * away[1], abs=1e-9)
    assert plane.minimum is None


def test_a_saddle_has_a_model_without_a_minimum():
    saddle = preset("saddle").build()
    assert local_model(saddle, np.array([0.3, 0.2]), curved=True).minimum is None


def test_there_is_no_model_where_a_landscape_is_undefined():
    from gdviz.landscapes.formula import FormulaLandscape

    root = FormulaLandscape.of("sqrt(x) + y^2", {})
    assert local_model(root, np.array([-1.0, 0.0]), curved=False) is None
    assert local_model(root, np.array([4.0, 0.0]), curved=True) is not None


def test_the_level_line_through_a_point_is_the_ellipse():
    lines = LevelLines(sample_field(VALLEY, Domain.of((-4.0, 8.0), (-5.0, 5.0)), (201, 241)))
    point = np.array([-1.0, 2.0])
    line = lines.through(point, 21.0)  # 4 + 9 + 8
    assert VALLEY.loss(line) == pytest.approx(21.0, abs=0.01)
    assert np.array_equal(line[0], line[-1])
    assert np.hypot(*(line - point).T).min() < 0.05
    assert np.ptp(line[:, 0]) == pytest.approx(2.0 * math.sqrt(17.0), abs=0.01)


def test_of_a_level_in_two_basins_the_nearer_line_is_told():
    himmelblau = preset("himmelblau").build()
    lines = LevelLines(sample_field(himmelblau, himmelblau.domain, (240, 240)))
    assert len(lines.at(15.0).pieces) > 2
    point = np.array([3.0, 2.0])
    at = point + np.array([0.5, 0.0])
    line = lines.through(at, float(himmelblau.loss([at])[0]))
    assert np.hypot(*(line - point).T).max() < 1.5


@pytest.mark.parametrize(
    ("point", "level"),
    [((50.0, 0.0), 100.0), ((2.0, 0.0), 4.0), ((np.nan, 0.0), 5.0), ((0.0, 0.0), np.inf)],
)
def test_there_may_be_no_line_through_a_point(point, level):
    lines = LevelLines(sample_field(VALLEY, VALLEY.domain, (50, 60)))
    assert lines.through(np.array(point), level) is None


def test_gradients_stand_at_whole_multiples_of_a_round_spacing():
    domain = Domain.of((-3.7, 8.1), (-4.9, 5.2))
    field = gradient_field(VALLEY, domain, (0.9, 1.6))
    assert set(np.unique(field.points[:, 0])) == set(np.arange(-3.0, 9.0))
    assert set(np.unique(field.points[:, 1])) == {-4.0, -2.0, 0.0, 2.0, 4.0}
    x, y = field.points.T
    assert field.gradients == pytest.approx(np.stack([2.0 * (x - 2.0), 4.0 * y], axis=1))
    moved = gradient_field(VALLEY, Domain.of((-3.2, 8.6), (-4.9, 5.2)), (0.9, 1.6))
    assert {*map(tuple, field.points[:, :1])} <= {(-3.0,), *map(tuple, moved.points[:, :1])}


@given(st.floats(1e-6, 1e6))
def test_a_spacing_is_rounded_up_and_not_far(least):
    spacing = round_spacing(least)
    assert least * (1.0 - 1e-9) <= spacing <= 2.0 * least


def test_of_a_costly_landscape_fewer_gradients_are_told():
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Costly(Valley):
        @property
        def cost(self):
            return 1_000_000

    field = gradient_field(Costly(), Domain.of((-4.0, 8.0), (-5.0, 5.0)), (0.1, 0.1))
    assert 1 <= len(field.points) <= 12


@given(places, st.floats(0.0, 1.0))
def test_the_ray_tells_the_loss_after_a_step(at, rate):
    point = np.array(at)
    gradient = VALLEY.gradient([at])[0]
    x, y = point - rate * gradient
    told = sample_ray(VALLEY, point, gradient, np.array([rate]))[0]
    assert told == pytest.approx(4.0 + (x - 2.0) ** 2 + 2.0 * y**2)


@given(places)
def test_the_best_rate_of_a_quadratic_is_its_closed_form(at):
    gradient = VALLEY.gradient([at])[0]
    bent = gradient @ VALLEY.hessian([at])[0] @ gradient
    rate = best_rate(VALLEY, np.array(at), gradient)
    if gradient @ gradient < 1e-12:
        assert rate is None or rate > 0.0
    else:
        assert rate == pytest.approx(gradient @ gradient / bent, rel=1e-6)


def test_where_the_loss_falls_on_and_on_there_is_no_best_rate():
    from gdviz.landscapes.formula import FormulaLandscape

    slope = FormulaLandscape.of("x + 2y", {})
    assert best_rate(slope, np.array([0.0, 0.0]), np.array([1.0, 2.0])) is None
    assert best_rate(VALLEY, np.array([2.0, 0.0]), np.zeros(2)) is None
