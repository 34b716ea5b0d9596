"""The minima are those that SciPy and scikit-learn find by other ways."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from scipy.special import expit, log_expit

from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.summed import SummedRegression

both = pytest.mark.parametrize("bias", [True, False], ids=["w1 b", "w1"])
either_unit = pytest.mark.parametrize("standardize", [False, True], ids=["raw", "standardized"])
seeds = pytest.mark.parametrize("seed", range(5))


def of(x, y, loss, *, bias=True, standardize=False):
    kind = "logistic" if loss == "log" else "linear"
    choice = FitChoice("x", "y", kind, loss, bias=bias, standardize=standardize)
    data = FitData.of(np.asarray(x, float), np.asarray(y, float), "x", "y")
    if loss == "mse":
        return (LineRegression if bias else ProportionalRegression).of_data("made", choice, data)
    return SummedRegression.of_data("made", choice, data)


def rows(seed, count=60, *, bias=True):
    """Return a feature and a label with a few outliers."""
    rng = np.random.default_rng(seed)
    x = rng.normal(2.0, 1.5, count)
    return x, 3.0 * x + (4.0 if bias else 0.0) + rng.standard_t(2, count)


def answers(seed, count=60, *, bias=True):
    """Return a feature and a label of two classes that overlap."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0.5, 1.0, count)
    y = (rng.random(count) < expit(1.5 * x - (0.75 if bias else 0.0))).astype(np.float64)
    return x, y


def raw_coefficients(landscape):
    (minimum,) = landscape.minima
    found = landscape.coefficients(np.array(minimum))
    return (found.weight, found.bias) if landscape.choice.bias else (found.weight,)


def design(x, *, bias):
    return np.stack([x, np.ones_like(x)] if bias else [x], axis=1)


# Squared error


@both
@either_unit
@seeds
def test_least_squares_is_scipys_and_scikit_learns(bias, standardize, seed):
    x, y = rows(seed)
    found = raw_coefficients(of(x, y, "mse", bias=bias, standardize=standardize))
    assert found == pytest.approx(np.linalg.lstsq(design(x, bias=bias), y)[0], rel=1e-8)
    linear_model = pytest.importorskip("sklearn.linear_model")
    fitted = linear_model.LinearRegression(fit_intercept=bias).fit(x[:, np.newaxis], y)
    wanted = (fitted.coef_[0], fitted.intercept_)[: len(found)]
    assert found == pytest.approx(wanted, rel=1e-8)


# Absolute error


def least_absolute_loss(x, y, *, bias):
    """Return the least mean absolute error by the primal linear program."""
    size = x.size
    columns = design(x, bias=bias)
    count = columns.shape[1]
    cost = np.concatenate([np.zeros(count), np.full(size, 1.0 / size)])
    above = np.concatenate([np.concatenate([columns, -np.eye(size)], axis=1),
                            np.concatenate([-columns, -np.eye(size)], axis=1)])  # fmt: skip
    bounds = [(None, None)] * count + [(0.0, None)] * size
    return linprog(cost, A_ub=above, b_ub=np.concatenate([y, -y]), bounds=bounds).fun


@both
@either_unit
@seeds
def test_no_line_has_a_smaller_absolute_error(bias, standardize, seed):
    x, y = rows(seed)
    landscape = of(x, y, "mae", bias=bias, standardize=standardize)
    least = landscape.loss(landscape.minima)[0]
    assert least == pytest.approx(least_absolute_loss(x, y, bias=bias), rel=1e-10)


@seeds
def test_the_median_line_is_scikit_learns(seed):
    linear_model = pytest.importorskip("sklearn.linear_model")
    x, y = rows(seed, 61)
    fitted = linear_model.QuantileRegressor(alpha=0.0, solver="highs").fit(x[:, np.newaxis], y)
    found = raw_coefficients(of(x, y, "mae"))
    assert found == pytest.approx((fitted.coef_[0], fitted.intercept_), rel=1e-8)


@seeds
def test_a_line_of_least_absolute_error_goes_through_two_rows(seed):
    x, y = rows(seed)
    ((weight, bias),) = of(x, y, "mae").minima
    residuals = np.sort(np.abs(weight * x + bias - y))
    assert residuals[1] < 1e-12 < residuals[2]


@seeds
def test_a_line_through_the_origin_goes_through_a_row(seed):
    x, y = rows(seed, bias=False)
    ((weight,),) = of(x, y, "mae", bias=False).minima
    assert weight in (y / x).tolist()


def test_an_outlier_does_not_move_the_line_of_least_absolute_error():
    x = np.arange(11.0)
    y = 2.0 * x + 1.0
    y[7] = 1e4
    assert of(x, y, "mae").minima[0] == pytest.approx((2.0, 1.0), abs=1e-12)


small = st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=2, max_size=12)


@settings(max_examples=60)
@given(small)
def test_ties_and_repeated_rows_do_not_mislead_the_absolute_error(pairs):
    x, y = np.array(pairs, dtype=np.float64).T
    assume(x.min() < x.max())
    for bias in (True, False):
        landscape = of(x, y, "mae", bias=bias)
        least = landscape.loss(landscape.minima)[0]
        assert least == pytest.approx(least_absolute_loss(x, y, bias=bias), rel=1e-9, abs=1e-12)


# Huber's loss


@both
@either_unit
@seeds
def test_the_slope_of_hubers_loss_vanishes_at_its_minimum(bias, standardize, seed):
    x, y = rows(seed, bias=bias)
    landscape = of(x, y, "huber", bias=bias, standardize=standardize)
    assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-10
    delta = landscape.row_loss.delta
    assert np.count_nonzero(np.abs(y - landscape.predict(landscape.minima[0], x)) > delta) > 0


@both
@seeds
def test_hubers_minimum_is_scipys(bias, seed):
    x, y = rows(seed, bias=bias)
    landscape = of(x, y, "huber", bias=bias)
    delta = landscape.row_loss.delta
    columns = design(x, bias=bias)

    def slope(params):
        return columns.T @ np.clip(columns @ params - y, -delta, delta) / x.size

    def loss(params):
        far = np.abs(columns @ params - y)
        near = np.minimum(far, delta)
        return np.mean(near * (far - 0.5 * near))

    found = minimize(loss, np.zeros(columns.shape[1]), jac=slope, method="BFGS", tol=1e-9)
    assert raw_coefficients(landscape) == pytest.approx(found.x, rel=1e-5)
    assert landscape.loss(landscape.minima)[0] <= found.fun * (1.0 + 1e-12)


# Log loss


@both
@either_unit
@seeds
def test_the_slope_of_the_log_loss_vanishes_at_its_minimum(bias, standardize, seed):
    landscape = of(*answers(seed, bias=bias), "log", bias=bias, standardize=standardize)
    assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-12
    assert np.linalg.eigvalsh(landscape.hessian(landscape.minima)[0]).min() > 0.0


@both
@either_unit
@seeds
def test_the_logistic_minimum_is_scipys_and_scikit_learns(bias, standardize, seed):
    x, y = answers(seed, bias=bias)
    columns, signs = design(x, bias=bias), 2.0 * y - 1.0

    def loss(params):
        return -np.mean(log_expit(signs * (columns @ params)))

    found = raw_coefficients(of(x, y, "log", bias=bias, standardize=standardize))
    reference = minimize(loss, np.zeros(len(found)), tol=1e-10)
    assert found == pytest.approx(reference.x, rel=1e-4, abs=1e-5)
    linear_model = pytest.importorskip("sklearn.linear_model")
    fitted = linear_model.LogisticRegression(
        C=np.inf, fit_intercept=bias, tol=1e-12, max_iter=10_000
    ).fit(x[:, np.newaxis], y)
    wanted = (fitted.coef_[0, 0], fitted.intercept_[0])[: len(found)]
    assert found == pytest.approx(wanted, rel=1e-6, abs=1e-8)


def test_a_feature_far_from_zero_has_its_logistic_minimum_too():
    x, y = answers(3)
    near, far = of(x, y, "log"), of(x + 1000.0, y, "log")
    assert far.loss(far.minima)[0] == pytest.approx(near.loss(near.minima)[0], rel=1e-10)
    assert raw_coefficients(far)[0] == pytest.approx(raw_coefficients(near)[0], rel=1e-6)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 1)), min_size=4, max_size=12),
    st.booleans(),
)
def test_there_is_a_minimum_unless_the_classes_can_be_told_apart(pairs, bias):
    """A linear program looks for a line that is right, or on the fence, for every row."""
    x, y = np.array(pairs, dtype=np.float64).T
    assume(x.min() < x.max())
    assume(y.min() < y.max())
    columns = (2.0 * y - 1.0)[:, np.newaxis] * design(x, bias=bias)
    best = linprog(-columns.sum(axis=0), A_ub=-columns, b_ub=np.zeros(x.size), bounds=(-1.0, 1.0))
    apart = -best.fun > 1e-9
    landscape = of(x, y, "log", bias=bias)
    assert (landscape.minima == ()) is apart
    assert bool(landscape.remark) is apart
    if not apart:
        assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-9


@pytest.mark.parametrize(
    ("x", "y", "direction"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], (1.0, -2.5)),
        ([1, 2, 3, 4], [1, 1, 0, 0], (-1.0, 2.5)),
        ([1, 2, 3, 3, 4, 5], [0, 0, 0, 1, 1, 1], (1.0, -3.0)),
        ([-2, -1, 1, 2], [0, 0, 1, 1], (1.0,)),
        ([-2, -1, 1, 2], [1, 1, 0, 0], (-1.0,)),
        ([1, 2, 3], [1, 1, 1], (1.0,)),
    ],
)
def test_where_classes_can_be_told_apart_the_loss_falls_for_ever(x, y, direction):
    landscape = of(x, y, "log", bias=len(direction) > 1)
    assert landscape.minima == ()
    assert "no minimum" in landscape.remark
    assert np.all(np.isfinite(landscape.domain.width))
    outward = np.outer([0.0, 1.0, 4.0, 16.0], direction)
    assert np.all(np.diff(landscape.loss(outward)) < 0.0)


def test_a_minimum_of_classes_that_hardly_overlap_is_found():
    x = np.concatenate([np.linspace(-5, 0.01, 40), np.linspace(0, 5, 40)])
    y = np.repeat([0.0, 1.0], 40)
    landscape = of(x, y, "log")
    assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-10
    assert landscape.minima[0][0] > 20.0
    assert landscape.domain.contains(landscape.minima[0])


# Many rows


def test_a_million_rows_cost_squared_error_nothing():
    rng = np.random.default_rng(8)
    x = rng.normal(size=1_000_000)
    landscape = of(x, 2.0 * x - 1.0 + rng.normal(size=x.size), "mse")
    assert landscape.minima[0] == pytest.approx((2.0, -1.0), abs=0.01)
    assert landscape.cost == 1
    points = rng.normal(size=(100_000, 2))
    assert np.isfinite(landscape.loss(points)).all()


@pytest.mark.parametrize("loss", ["mae", "huber", "log"])
def test_thousands_of_rows_have_their_minimum(loss):
    count = 20_000
    x, y = answers(1, count) if loss == "log" else rows(1, count)
    landscape = of(x, y, loss)
    wanted = (1.5, -0.75) if loss == "log" else (3.0, 4.0)
    assert landscape.minima[0] == pytest.approx(wanted, abs=0.15)
    if loss == "mae":
        signs = np.sign(landscape.predict(np.array(landscape.minima[0]), x) - y)
        assert abs(signs.sum()) <= 2  # as many rows above the line as below
    else:
        assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-10
    assert math.isfinite(landscape.loss(landscape.minima)[0])
