"""The valley has the values of its formula, 4 + (x − 2)² + 2y²."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad, minimize

from gdviz.landscapes import Domain, Valley

valley = Valley()
coordinate = st.floats(-1e3, 1e3)


def test_the_minimum_is_4_at_2_0():
    assert valley.loss([[2.0, 0.0]]).tolist() == [4.0]
    assert valley.gradient([[2.0, 0.0]]).tolist() == [[0.0, 0.0]]
    assert valley.minima == ((2.0, 0.0),)


@pytest.mark.parametrize(
    ("point", "loss", "gradient"),
    [
        ((0.0, 1.0), 10.0, [-4.0, 4.0]),
        ((-3.0, 4.0), 61.0, [-10.0, 16.0]),
        ((3.0, -0.5), 5.5, [2.0, -2.0]),
        ((2.0, 1e8), 2e16 + 4.0, [0.0, 4e8]),
    ],
)
def test_values_worked_out_by_hand(point, loss, gradient):
    assert valley.loss([point]).tolist() == [loss]
    assert valley.gradient([point]).tolist() == [gradient]


@given(coordinate, coordinate)
def test_the_loss_is_the_formula_in_exact_arithmetic(x, y):
    exact = 4 + (Fraction(x) - 2) ** 2 + 2 * Fraction(y) ** 2
    assert valley.loss([[x, y]])[0] == pytest.approx(float(exact), rel=1e-15)


@given(coordinate, coordinate)
def test_the_gradient_is_the_slope_of_a_secant(x, y):
    """The central difference of a quadratic is its derivative, whatever the width."""
    left, right, below, above = valley.loss([[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]])
    secants = [(right - left) / 2, (above - below) / 2]
    assert valley.gradient([[x, y]])[0] == pytest.approx(secants, rel=1e-9, abs=1e-8)


def test_the_hessian_is_2_and_4_on_the_diagonal_everywhere():
    points = [[2.0, 0.0], [-1e9, 3.0], [np.inf, np.nan]]
    assert valley.hessian(points).tolist() == [[[2.0, 0.0], [0.0, 4.0]]] * 3


def test_the_gradient_passes_scipys_check():
    def loss(point):
        return valley.loss([point])[0]

    def gradient(point):
        return valley.gradient([point])[0]

    for point in ([-3.0, 4.0], [0.3, -0.7]):
        assert check_grad(loss, gradient, np.array(point)) < 1e-5


def test_an_independent_minimizer_ends_in_the_minimum():
    found = minimize(lambda point: valley.loss([point])[0], (-3.0, 4.0), tol=1e-12)
    assert found.x == pytest.approx([2.0, 0.0], abs=1e-5)
    assert found.fun == pytest.approx(4.0)


def test_what_the_window_shows():
    assert valley.name == "valley"
    assert valley.parameters == ("x", "y")
    assert valley.dimension == 2
    assert valley.domain == Domain.of((-4, 8), (-5, 5))
    assert valley.limits is None
    assert valley.isotropic
    assert valley.expression == "4 + (x − 2)² + 2y²"


def test_valleys_are_equal_values():
    assert Valley() == valley
    assert hash(Valley()) == hash(valley)
