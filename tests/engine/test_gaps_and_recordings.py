"""Poles and jumps as gaps, costly landscapes, recorded runs."""

import numpy as np
import pytest

from gdviz.engine import Outcome, affordable, contour_map, recorded, sample_field, sample_slice
from gdviz.engine.gaps import with_gaps
from gdviz.errors import UserError
from gdviz.landscapes import Domain, Valley
from gdviz.landscapes.formula import FormulaLandscape


@pytest.mark.parametrize(
    ("loss", "slope"),
    [
        (lambda x: 1 / x, lambda x: -1 / x**2),
        (lambda x: -1 / x, lambda x: 1 / x**2),
        (np.floor, lambda x: 0.0 * x),
        (lambda x: np.sign(x) + x, lambda x: 1.0 - 2.0 + 0.0 * x),
    ],
)
def test_a_pole_and_a_stair_are_gaps(loss, slope):
    x = np.linspace(-0.95, 0.95, 20)
    gapped = with_gaps(loss(x), slope(x))
    assert np.isnan(gapped).any()
    assert np.isnan(gapped[8:12]).any()


@pytest.mark.parametrize("text", ["x^2", "|x|", "sin(3x)", "x^3", "e^x"])
def test_a_continuous_curve_has_no_gap(text):
    landscape = FormulaLandscape.of(text)
    x = np.linspace(-3.0, 3.0, 400)
    loss = landscape.loss(x[:, np.newaxis])
    assert np.isfinite(with_gaps(loss, landscape.gradient(x[:, np.newaxis])[:, 0])).all()


def test_a_slice_over_a_pole_is_cut_in_two():
    x = np.linspace(-5.0, 5.0, 100)
    loss = sample_slice(FormulaLandscape.of("1/x"), np.array([1.0]), 0, x)
    assert np.isnan(loss).sum() == 1
    assert np.isnan(loss[49:51]).any()


def test_contour_lines_do_not_run_along_a_pole():
    landscape = FormulaLandscape.of("1/x + y/10")
    drawn = contour_map(landscape, Domain.of((-2, 2), (-2, 2)), (60, 60))
    assert np.isnan(drawn.field.loss[:, 29:31]).any(axis=1).all()
    for line in drawn.lines:
        for piece in line.pieces:
            assert np.all(piece[:, 0] > 0.0) or np.all(piece[:, 0] < 0.0)


def test_a_field_in_parts_is_the_same_as_at_once():
    class Costly(Valley):
        @property
        def cost(self):
            return 10**6

    domain = Domain.of((-4, 8), (-5, 5))
    costly, plain = (sample_field(kind(), domain, (25, 31)) for kind in (Costly, Valley))
    np.testing.assert_array_equal(costly.loss, plain.loss)


def test_a_costly_landscape_is_sampled_coarsely():
    assert affordable((360, 480), 1) == (360, 480)
    rows, columns = affordable((360, 480), 20_000)
    assert rows * columns * 20_000 <= 3.1e8
    assert columns / rows == pytest.approx(480 / 360, rel=0.05)
    assert affordable((360, 480), 10**9) == (24, 24)


def test_a_recorded_run_gets_this_landscapes_loss_and_gradient():
    points = np.array([[-3.0, 4.0], [0.0, 1.0], [2.0, 0.0]])
    trajectory = recorded(Valley(), points)
    np.testing.assert_array_equal(trajectory.params[:, 0], points)
    np.testing.assert_array_equal(trajectory.loss[:, 0], Valley().loss(points))
    np.testing.assert_array_equal(trajectory.gradient[:, 0], Valley().gradient(points))
    assert trajectory.outcome == (Outcome.RECORDED,)
    assert trajectory.steps.tolist() == [0, 1, 2]
    assert "Recorded elsewhere" in trajectory.sentence()


def test_a_recorded_run_of_another_dimension_is_told():
    with pytest.raises(UserError, match=r"3 columns of parameters.*has 2: x, y"):
        recorded(Valley(), np.zeros((4, 3)))
