"""Sharpness around a point, against closed forms and against brute force."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdviz.engine.sensitivity import explained, sensitivity, sensitivity_in_parts, sensitivity_rows
from gdviz.engine.sensitivity.around import Around, radii_of
from gdviz.errors import UserError
from gdviz.experiment.source import open_landscape
from gdviz.landscapes import Domain, Landscape, preset
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.surfaces import SurfaceFile

SQUARE = Domain.of((-5.0, 5.0), (-5.0, 5.0))


@dataclass(frozen=True)
class Quadratic(Landscape):
    """f + g·p + ½ pᵀHp with H = (a b; b c)."""

    a: float
    b: float
    c: float
    slope: tuple = (0.0, 0.0)
    base: float = 0.0
    box: Domain = SQUARE
    same_unit: bool = True

    name, expression, parameters = "quadratic", "a quadratic", ("x", "y")

    @property
    def domain(self):
        return self.box

    @property
    def isotropic(self):
        return self.same_unit

    def loss_at(self, x, y):
        bent = 0.5 * (self.a * x * x + self.c * y * y) + self.b * x * y
        return self.base + self.slope[0] * x + self.slope[1] * y + bent

    def gradient_at(self, x, y):
        return self.slope[0] + self.a * x + self.b * y, self.slope[1] + self.b * x + self.c * y

    def hessian_at(self, x, y):
        return self.a, self.b, self.c


def brute(landscape, point, share, count=400):
    """Return all losses on a grid over the ball."""
    side = np.linspace(-1.0, 1.0, count)
    away = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    away = away[np.sum(away * away, axis=1) <= 1.0]
    return Around(landscape, np.array(point), radii_of(landscape, share)).loss(away)


curvatures = st.floats(0.05, 50.0)
angles = st.floats(0.0, math.pi)


def turned(first, second, angle):
    cosine, sine = math.cos(angle), math.sin(angle)
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return turn, turn @ np.diag([first, second]) @ turn.T


@given(curvatures, curvatures, angles, st.floats(0.001, 0.5))
@settings(max_examples=25)
def test_a_bowls_highest_loss_lies_on_the_edge_along_its_sharpest_direction(low, gap, angle, share):
    turn, hessian = turned(low + gap, low, angle)
    assume(gap > 1e-3 * low)
    bowl = Quadratic(hessian[0, 0], hessian[0, 1], hessian[1, 1], base=3.0)
    found = sensitivity(bowl, (0.0, 0.0), share)
    radius = 10.0 * share
    assert found.kind == "minimum"
    assert found.eigenvalues == pytest.approx((low + gap, low), rel=1e-9)
    assert found.rise == pytest.approx(0.5 * (low + gap) * radius**2, rel=1e-9)
    assert found.highest.on_edge
    along = (found.highest.point / radius) @ turn[:, 0]
    assert abs(along) == pytest.approx(1.0, abs=1e-5)
    assert found.is_lowest
    assert found.lowest.point == pytest.approx((0.0, 0.0), abs=1e-6 * radius)
    assert found.trust.everywhere
    assert found.largest_rate == pytest.approx(2.0 / (low + gap))
    assert found.condition == pytest.approx((low + gap) / low, rel=1e-8)
    assert found.sharpness == pytest.approx(25.0 * found.rise)


@given(st.floats(-20.0, 20.0), st.floats(-20.0, 20.0), st.floats(-20.0, 20.0), angles)
@settings(max_examples=25)
def test_no_quadratic_is_higher_or_lower_in_the_ball_than_what_is_found(a, b, c, angle):
    landscape = Quadratic(a, b, c, slope=(math.cos(angle), math.sin(angle)))
    found = sensitivity(landscape, (0.3, -0.2), 0.1)
    losses = brute(landscape, (0.3, -0.2), 0.1, 101)
    rounding = 1e-12 * np.abs(losses).max()
    assert found.highest.loss >= losses.max() - rounding
    assert found.lowest.loss <= losses.min() + rounding
    assert found.trust.everywhere
    assert found.trace == pytest.approx(a + c, abs=1e-12)
    assert found.determinant == pytest.approx(a * c - b * b, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "c", "kind", "rate"),
    [(2.0, 1.0, "minimum", 1.0), (2.0, -1.0, "saddle", 1.0), (-2.0, -1.0, "maximum", None)],
)
def test_the_kind_of_point_is_that_of_its_curvatures(a, c, kind, rate):
    found = sensitivity(Quadratic(a, 0.0, c), (0.0, 0.0))
    assert (found.kind, found.largest_rate) == (kind, rate)
    assert sensitivity(Quadratic(a, 0.0, c, slope=(1.0, 0.0)), (0.0, 0.0)).kind == "slope"


def test_level_ground_is_flat_and_the_model_of_a_plateau_is_right_everywhere():
    plateau = sensitivity(Quadratic(0.0, 0.0, 0.0, base=2.0), (1.0, 1.0))
    assert plateau.kind == "flat"
    assert (plateau.rise, plateau.fall) == (0.0, 0.0)
    assert plateau.trust.everywhere
    assert math.isnan(plateau.condition)
    valley = sensitivity(Quadratic(1.0, 0.0, 0.0), (0.0, 0.0))
    assert valley.kind == "flat"
    assert math.isinf(valley.condition)


def test_other_units_of_a_parameter_change_eigenvalues_but_neither_ball_nor_trust():
    # y is told in thousandths: sharpness by the Hessian changes, that by shares of the width not.
    plain = preset("himmelblau").build()

    class Milli(type(plain)):
        @property
        def domain(self):
            (x, (low, high)) = plain.domain
            return Domain.of(x, (1000.0 * low, 1000.0 * high))

        isotropic = False

        def loss_at(self, x, y):
            return plain.loss_at(x, y / 1000.0)

        def gradient_at(self, x, y):
            gx, gy = plain.gradient_at(x, y / 1000.0)
            return gx, gy / 1000.0

        def hessian_at(self, x, y):
            xx, xy, yy = plain.hessian_at(x, y / 1000.0)
            return xx, xy / 1000.0, yy / 1e6

    class Plain(type(plain)):
        isotropic = False

    fields = {name: getattr(plain, name) for name in plain.__dataclass_fields__ if name != "parsed"}
    one = sensitivity(Plain(**fields), (3.0, 2.0), 0.05)
    other = sensitivity(Milli(**fields), (3.0, 2000.0), 0.05)
    assert other.highest.loss == pytest.approx(one.highest.loss, rel=1e-9)
    assert other.trust.radius == pytest.approx(one.trust.radius, rel=1e-5)
    assert other.eigenvalues[-1] < 1e-4 * one.eigenvalues[-1]


@pytest.mark.parametrize("name", ["himmelblau", "rastrigin", "ackley", "eggholder"])
def test_what_is_found_is_at_least_as_good_as_brute_force(name):
    landscape = preset(name).build()
    rng = np.random.default_rng(5)
    for share in (0.01, 0.3):
        point = rng.uniform(landscape.domain.low, landscape.domain.high)
        found = sensitivity(landscape, point, share)
        losses = brute(landscape, point, share)
        rounding = 1e-12 * np.abs(losses).max()
        assert found.highest.loss >= losses.max() - rounding
        assert found.lowest.loss <= losses.min() + rounding
        for extreme in (found.highest, found.lowest):
            assert landscape.loss([extreme.point])[0] == pytest.approx(extreme.loss, rel=1e-9)
            away = (extreme.point - point) / found.radii
            assert np.linalg.norm(away) <= 1.0 + 1e-9


def test_a_rough_answer_is_no_higher_than_the_fine_one():
    landscape = preset("himmelblau").build()
    rough, fine = (sensitivity(landscape, (1.0, 1.0), coarse=coarse) for coarse in (True, False))
    assert rough.coarse
    assert not fine.coarse
    assert rough.highest.loss == pytest.approx(fine.highest.loss, rel=0.01)
    assert rough.trust.radius == pytest.approx(fine.trust.radius, rel=0.1)


def test_where_a_loss_is_dear_a_rough_answer_comes_first():
    class Dear(Quadratic):
        cost = 5000

    found = [one for one in sensitivity_in_parts(Dear(2.0, 0.0, 1.0), (0.0, 0.0)) if one]
    assert [one.coarse for one in found] == [True, False]
    assert found[0].rise == pytest.approx(found[1].rise, rel=1e-3)
    quick = [one for one in sensitivity_in_parts(Quadratic(2.0, 0.0, 1.0), (0.0, 0.0)) if one]
    assert [one.coarse for one in quick] == [False]


def test_the_model_of_a_cubic_is_trusted_as_far_as_its_term_allows():
    # About 0, x² + x³ differs from x² by x³: a tenth of x² at |x| = 0.1, of a width of 10.
    cubic = open_landscape("x^2 + x^3")
    found = sensitivity(cubic, (0.0,))
    width = float(cubic.domain.width[0])
    assert found.trust.radius == pytest.approx(0.1 / width, rel=1e-6)
    assert found.trust.outline == pytest.approx(np.array([[-0.1], [0.1]]), rel=1e-6)
    assert not found.trust.meets_gap


def test_in_two_parameters_trust_ends_where_the_error_is_a_tenth_of_the_largest_change():
    # The error x⁴ of x² + y² + x⁴, along x a tenth of the change t² at t = √0.1; none along y.
    found = sensitivity(open_landscape("x^2 + y^2 + x^4"), (0.0, 0.0))
    width = 10.0
    assert found.trust.radius == pytest.approx(math.sqrt(0.1) / width, rel=1e-6)
    ways = np.abs(found.trust.outline)
    assert np.isinf(found.trust.reaches[ways[:, 0].argmin()])
    slanted = found.trust.reaches[15] * width  # at 45°
    assert slanted**4 * 0.25 == pytest.approx(0.1 * slanted**2, rel=1e-5)


@pytest.mark.parametrize(("formula", "point"), [("abs(x)", (0.0,)), ("abs(x)+y^2", (0.0, 0.3))])
def test_a_kink_has_no_curvature_but_a_ball(formula, point):
    found = sensitivity(open_landscape(formula), point)
    assert found.kind == "kink"
    assert found.largest_rate is None
    assert found.rise > 0.0
    assert "kink" in explained(found)[0]


def test_beside_a_kink_the_model_is_trusted_as_far_as_the_kink():
    found = sensitivity(open_landscape("abs(x)"), (1.0,))
    assert found.kind == "slope"
    # |x| is 2|x − ½(…)| away: beyond 0 the error 2d − 2 reaches a tenth of d at d = 2/1.9.
    assert found.trust.reaches[0] * 10.0 == pytest.approx(2.0 / 1.9, rel=1e-6)
    assert math.isinf(found.trust.reaches[1])


@pytest.mark.parametrize(
    ("formula", "point", "side"),
    [
        ("1/x^2 + y^2", (0.2, 0.0), "highest"),
        ("1/x + y^2", (0.2, 0.0), "highest"),
        ("tan(x)", (1.3,), "highest"),
        ("log(x) + y^2", (0.3, 0.0), "lowest"),
    ],
)
def test_a_pole_in_the_ball_is_told(formula, point, side):
    found = sensitivity(open_landscape(formula), point)
    extreme = getattr(found, side)
    assert extreme.unbounded
    assert "without bound" in " ".join(explained(found))


def test_what_is_undefined_in_the_ball_is_told_and_left_out():
    landscape = open_landscape("sqrt(x) + y^2")
    found = sensitivity(landscape, (0.25, 0.0), 0.05)  # a ball of radius ½, of which x < 0 is out
    share = math.acos(0.5) / math.pi - 0.5 * math.sin(math.acos(0.5)) / math.pi
    assert found.undefined == pytest.approx(share, abs=0.02)
    assert np.isfinite(found.lowest.loss)
    assert found.trust is not None
    assert "undefined" in " ".join(explained(found))
    lost = sensitivity(landscape, (-1.0, 0.0))
    assert (lost.kind, lost.highest, lost.undefined) == ("undefined", None, 1.0)
    assert explained(lost)
    assert sensitivity_rows(lost)


def surface(gap=False):
    x, y = np.linspace(-1.0, 1.0, 21), np.linspace(-1.0, 1.0, 21)
    losses = x**2 + 2.0 * y[:, np.newaxis] ** 2 + 1.0
    if gap:
        losses[10:14, 13:] = np.nan
    return SampledLandscape.of(SurfaceFile("made", None, x, y, {"loss": losses}, (), ""))


def test_a_ball_that_leaves_what_was_measured_is_cut_there():
    landscape = surface()
    found = sensitivity(landscape, (0.95, 0.0), 0.1)
    assert found.meets_limits
    assert 0.0 < found.undefined < 0.5
    assert landscape.limits.contains(found.highest.point)
    assert found.trust.meets_gap
    words = " ".join(explained(found))
    assert "beyond what is known" in words
    assert "a gap ends it" in words
    inside = sensitivity(landscape, (0.0, 0.0), 0.1)
    assert not inside.meets_limits
    assert inside.undefined == 0.0
    assert inside.rise == pytest.approx(2.0 * 0.2**2, rel=1e-6)


def test_a_gap_in_a_surface_ends_trust_and_is_no_part_of_the_ball():
    landscape = surface(gap=True)  # x > 0.2 and −0.1 < y < 0.4 are undefined
    found = sensitivity(landscape, (0.1, 0.15), 0.1)
    across = math.acos(0.5) / math.pi - 0.5 * math.sin(math.acos(0.5)) / math.pi
    assert found.undefined == pytest.approx(across, abs=0.02)
    assert found.trust.meets_gap
    assert np.isfinite(landscape.loss([found.highest.point]))
    assert found.trust.outline[0, 0] == pytest.approx(0.2, abs=1e-6)


def test_a_negative_loss_has_no_sharpness_after_keskar():
    found = sensitivity(Quadratic(2.0, 0.0, 1.0, base=-3.0), (0.0, 0.0))
    assert found.sharpness is None
    assert found.rise > 0.0
    (row,) = [row for row in sensitivity_rows(found) if row.name == "sharpness"]
    assert row.value is None


def test_a_profile_is_the_loss_along_its_direction_with_the_model_beneath():
    landscape = preset("himmelblau").build()
    found = sensitivity(landscape, (3.0, 2.0), 0.05)
    for number, profile in enumerate(found.profiles):
        assert profile.curvature == found.eigenvalues[number]
        params = found.point + profile.distances[:, np.newaxis] * profile.direction
        assert profile.loss == pytest.approx(landscape.loss(params), rel=1e-9, abs=1e-9)
        assert profile.model == pytest.approx(0.5 * profile.curvature * profile.distances**2)
        assert profile.distances[-1] == pytest.approx(2.0 * profile.radius)
    assert found.profiles[0].loss.max() > found.profiles[1].loss.max()


def test_a_pole_leaves_a_gap_in_a_profile():
    (profile,) = sensitivity(open_landscape("1/x"), (0.4,), 0.05).profiles
    assert np.isnan(profile.loss).any()


def test_the_same_rows_are_told_of_every_point():
    landscape = preset("himmelblau").build()
    names = {
        tuple(row.name for row in sensitivity_rows(sensitivity(landscape, point)))
        for point in ((3.0, 2.0), (0.0, 0.0), (math.nan, 0.0))
    }
    assert len(names) == 1
    rows = {row.name: row.value for row in sensitivity_rows(sensitivity(landscape, (3.0, 2.0)))}
    assert (rows["kind"], rows["is_lowest"]) == ("minimum", True)
    assert rows["eigenvalue_1"] * rows["eigenvalue_2"] == pytest.approx(rows["determinant"])
    assert rows["largest_rate"] == pytest.approx(2.0 / rows["eigenvalue_1"])


def test_words_tell_numbers_and_never_their_rounding():
    minimum = " ".join(explained(sensitivity(preset("himmelblau").build(), (3.0, 2.0))))
    assert "λ₁ = 82.28" in minimum
    assert "below 0.02431" in minimum
    assert "nowhere lower" in minimum
    corner = " ".join(explained(sensitivity(open_landscape("x^4+y^2"), (0.0, 0.0))))
    assert "10⁻" not in corner


@pytest.mark.parametrize("radius", [0.0, -0.1, 1.5, math.nan])
def test_a_radius_out_of_range_is_refused(radius):
    with pytest.raises(UserError, match="radius must be greater than 0"):
        sensitivity(preset("himmelblau").build(), (0.0, 0.0), radius)


def test_a_point_of_another_dimension_is_refused():
    with pytest.raises(UserError, match=r"2 numbers \(x, y\), got 1"):
        sensitivity(preset("himmelblau").build(), (0.0,))


@pytest.mark.parametrize("far", [1e100, 1e160, 1e300, math.inf, math.nan])
@pytest.mark.parametrize("name", ["himmelblau", "ackley", "regression"])
def test_nothing_fails_where_numbers_end(name, far):
    for coarse in (True, False):
        found = sensitivity(preset(name).build(), (far, -far), 1e-9, coarse=coarse)
        assert explained(found)
        assert sensitivity_rows(found)
