"""The losses of all models are what their definitions say, in either unit, in any batch."""

import itertools
import math

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit, log_expit

from gdviz.landscapes import Domain
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.summed import SummedRegression

EVERY = [
    pytest.param(
        (loss, bias, standardize), id=f"{loss}{'' if bias else ' w1'}{' std' * standardize}"
    )
    for loss, bias, standardize in itertools.product(
        ("mse", "mae", "huber", "log"), (True, False), (False, True)
    )
]
SUMMED = [param for param in EVERY if param.values[0][0] != "mse"]
every_model = pytest.mark.parametrize("model", EVERY)
KINDS = ("loss", "gradient", "hessian")


def make(model, rows=40, *, center=3.0, seed=5):
    """Return a landscape of made-up rows that no line fits well."""
    loss = model[0]
    rng = np.random.default_rng(seed)
    x = rng.normal(center, 2.0, rows)
    if loss == "log":
        y = (rng.random(rows) < expit(0.7 * (x - center) + 0.3)).astype(np.float64)
        y[:2] = 0.0, 1.0
    else:
        y = 1.5 * x - 2.0 + rng.standard_t(3, rows)
    return of(x, y, model)


def of(x, y, model):
    loss, bias, standardize = model
    kind = "logistic" if loss == "log" else "linear"
    choice = FitChoice("x", "y", kind, loss, bias=bias, standardize=standardize)
    data = FitData.of(np.asarray(x, float), np.asarray(y, float), "x", "y")
    if loss == "mse":
        return (LineRegression if bias else ProportionalRegression).of_data("made", choice, data)
    return SummedRegression.of_data("made", choice, data)


def points_of(landscape, count, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (count, landscape.dimension))


def scaled(landscape):
    """Return the feature as the model should see it."""
    x = landscape.data.feature
    if not landscape.choice.standardize:
        return x
    if not landscape.choice.bias:
        return x / math.sqrt(math.fsum(x * x) / x.size)
    return (x - np.mean(x)) / np.std(x)


def defined_loss(landscape, point):
    """Return the loss as a textbook has it, summed without rounding."""
    bias = point[1] if landscape.choice.bias else 0.0
    output, y = point[0] * scaled(landscape) + bias, landscape.data.label
    if landscape.choice.loss == "log":
        return math.fsum(-log_expit((2.0 * y - 1.0) * output)) / y.size
    residual = output - y
    if landscape.choice.loss == "mse":
        terms = residual**2
    elif landscape.choice.loss == "mae":
        terms = np.abs(residual)
    else:
        delta = landscape.row_loss.delta
        near = np.abs(residual) <= delta
        terms = np.where(near, 0.5 * residual**2, delta * (np.abs(residual) - 0.5 * delta))
    return math.fsum(terms) / y.size


@every_model
def test_the_loss_is_its_definition(model):
    landscape = make(model)
    points = points_of(landscape, 25)
    expected = [defined_loss(landscape, point) for point in points]
    assert landscape.loss(points) == pytest.approx(expected, rel=1e-11)


@every_model
def test_the_gradient_agrees_with_finite_differences_of_the_loss(model):
    landscape = make(model)
    step = 1e-7 * landscape.domain.width
    points = points_of(landscape, 12)
    gradient = landscape.gradient(points)
    scale = np.abs(gradient).max(axis=0)
    for point, exact in zip(points, gradient, strict=True):
        ahead = approx_fprime(point, lambda at: landscape.loss([at])[0], step)
        assert np.all(np.abs(ahead - exact) <= 1e-5 * scale)


@every_model
def test_the_hessian_agrees_with_finite_differences_of_the_gradient(model):
    landscape = make(model)
    points = points_of(landscape, 40)
    hessian = landscape.hessian(points)
    for axis in range(landscape.dimension):
        shift = np.zeros(landscape.dimension)
        shift[axis] = 1e-6 * landscape.domain.width[axis]
        ahead, behind = landscape.gradient(points + shift), landscape.gradient(points - shift)
        found = (ahead - behind) / (2.0 * shift[axis])
        close = np.isclose(found, hessian[:, axis], rtol=1e-6, atol=1e-6 * np.abs(hessian).max())
        # Huber's and the absolute loss have kinks, which a few of the differences straddle.
        assert close.all() or (model[0] in {"mae", "huber"} and close.all(axis=1).mean() > 0.9)


@pytest.mark.parametrize("bias", [True, False])
def test_where_a_residual_is_0_the_slope_of_the_absolute_error_is_0(bias):
    landscape = of([1.0, 2.0, 4.0], [1.0, 5.0, 4.0], ("mae", bias, False))
    point = (1.0, 0.0)[: landscape.dimension]
    assert landscape.gradient([point])[0].tolist() == [-2.0 / 3.0, -1.0 / 3.0][: len(point)]
    assert not landscape.hessian([point]).any()


def test_hubers_loss_is_quadratic_near_and_straight_far():
    landscape = make(("huber", True, False))
    delta = landscape.row_loss.delta
    residuals = np.array([0.0, 0.5 * delta, -delta, 3.0 * delta])
    zeros = np.zeros(4)
    assert landscape.row_loss.value(residuals, zeros) == pytest.approx(
        [0.0, 0.125 * delta**2, 0.5 * delta**2, 2.5 * delta**2]
    )
    assert landscape.row_loss.slope(residuals, zeros) == pytest.approx(
        [0.0, 0.5 * delta, -delta, delta]
    )
    assert f"δ = {delta:.4g}" in landscape.expression


@pytest.mark.parametrize("bias", [True, False])
def test_the_log_loss_holds_at_large_margins(bias):
    """Where p rounds to 0 or 1, and e to the margin overflows."""
    landscape = of([-1.0, 1.0], [0.0, 1.0], ("log", bias, False))
    rest = (0.0,) * (landscape.dimension - 1)
    for weight in (30.0, 37.0, 200.0, 700.0):
        # At both rows ln(1 + e^(−weight)); on the wrong side, weight more.
        right, wrong = landscape.loss([(weight, *rest), (-weight, *rest)])
        assert right == pytest.approx(math.log1p(math.exp(-weight)), rel=1e-12)
        assert wrong == pytest.approx(weight, rel=1e-12)
    far = [(weight, *rest) for weight in (1e5, 1e300, -1e5, -1e300)]
    assert landscape.loss(far).tolist() == [0.0, 0.0, 1e5, 1e300]
    gradient = landscape.gradient(far)
    assert gradient[:, 0].tolist() == [0.0, 0.0, -1.0, -1.0]
    assert np.isfinite(landscape.hessian(far)).all()


@every_model
def test_nothing_warns_however_far_one_goes(model):
    landscape = make(model)
    for value in (1e200, -1e308, np.inf, -np.inf, np.nan, 5e-324):
        points = np.full((2, landscape.dimension), value)
        with np.errstate(all="raise"):
            for kind in KINDS:
                getattr(landscape, kind)(points)


# Batches


@pytest.mark.parametrize("rows", [2, 3, 7, 8, 9, 31, 128, 129, 1000, 4097])
@pytest.mark.parametrize("model", SUMMED)
def test_a_point_has_the_same_bits_in_any_batch(model, rows):
    landscape = make(model, rows)
    points = points_of(landscape, 150 if rows < 500 else 40)
    for kind in KINDS:
        compute = getattr(landscape, kind)
        together = compute(points)
        for size in (1, 2, 3, 5, 8, 13, 17):
            parts = [compute(points[first : first + size]) for first in range(0, len(points), size)]
            assert np.concatenate(parts).tobytes() == together.tobytes()
        assert compute(points[::-1])[::-1].tobytes() == together.tobytes()


@pytest.mark.parametrize("model", SUMMED)
def test_a_large_batch_has_the_bits_of_small_ones(model):
    landscape = make(model, 24)
    points = points_of(landscape, 20_011)
    for kind in KINDS:
        compute = getattr(landscape, kind)
        parts = [compute(part) for part in np.array_split(points, 97)]
        assert np.concatenate(parts).tobytes() == compute(points).tobytes()


@every_model
def test_no_points_have_no_losses(model):
    landscape = make(model)
    none = np.empty((0, landscape.dimension))
    assert landscape.loss(none).shape == (0,)
    assert landscape.gradient(none).shape == none.shape
    assert landscape.hessian(none).shape == (0, landscape.dimension, landscape.dimension)


def test_memory_is_bounded_however_many_points_there_are():
    """A thousand points on 4,000 rows would fill 32 MB in one array."""
    import tracemalloc

    landscape = make(("log", True, False), 4000)
    points = points_of(landscape, 1000)
    landscape.gradient(points[:1])
    tracemalloc.start()
    try:
        landscape.gradient(points)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16e6


@every_model
def test_the_cost_is_the_rows_unless_sums_of_them_are_enough(model):
    assert make(model).cost == (1 if model[0] == "mse" else 40)


# Units


@every_model
@pytest.mark.parametrize("center", [0.0, 3.0, -500.0])
def test_coefficients_say_the_same_in_both_units(model, center):
    landscape = make(model, center=center)
    x = np.linspace(center - 9.0, center + 9.0, 11)
    known = landscape.data.feature
    shift = np.mean(known) if landscape.choice.bias else 0.0
    scale = np.std(known) if landscape.choice.bias else np.sqrt(np.mean(known**2))
    for point in points_of(landscape, 5):
        found = landscape.coefficients(point)
        raw = found.weight * x + found.bias
        standard = found.standard_weight * (x - shift) / scale + found.standard_bias
        size = np.abs(found.weight * x).max() + abs(found.bias)
        assert raw == pytest.approx(standard, rel=1e-9, abs=1e-12 * size)
        wanted = expit(raw) if landscape.choice.model == "logistic" else raw
        assert landscape.predict(point, x) == pytest.approx(wanted, rel=1e-9, abs=1e-12 * size)


@every_model
def test_parameters_are_coefficients_in_the_units_of_the_choice(model):
    landscape = make(model)
    point = (0.75, -1.25)[: landscape.dimension]
    found = landscape.coefficients(np.array(point))
    bias = point[1] if landscape.dimension > 1 else 0.0
    if landscape.choice.standardize:
        assert (found.standard_weight, found.standard_bias) == pytest.approx((0.75, bias))
    else:
        assert (found.weight, found.bias) == (0.75, bias)


@pytest.mark.parametrize("loss", ["mse", "mae", "log"])
def test_standardizing_moves_the_minimum_but_not_the_model(loss):
    plain, standard = make((loss, True, False)), make((loss, True, True))
    x = np.linspace(-5.0, 10.0, 7)
    raw = plain.predict(np.array(plain.minima[0]), x)
    assert standard.predict(np.array(standard.minima[0]), x) == pytest.approx(raw, rel=1e-8)
    least = plain.loss(plain.minima)[0]
    assert standard.loss(standard.minima)[0] == pytest.approx(least, rel=1e-12)


@pytest.mark.parametrize("loss", ["mse", "log", "mae"])
def test_a_standardized_feature_rounds_the_bowl(loss):
    """With mean 0 and deviation 1, weight and bias do not get into each other's way."""
    landscape = make((loss, True, True), center=500.0)
    feature = landscape.feature
    assert abs(feature.mean()) < 1e-12
    assert feature.std() == pytest.approx(1.0)
    if loss == "mse":
        assert landscape.hessian([(1.0, 1.0)])[0] == pytest.approx(np.diag([2.0, 2.0]), abs=1e-9)


def test_predictions_take_any_number_of_values():
    for model in EVERY:
        landscape = make(model.values[0])
        point = np.array(points_of(landscape, 1)[0])
        assert landscape.predict(point, np.empty(0)).shape == (0,)
        assert landscape.predict(point, np.array([1.0])).shape == (1,)


def test_a_share_stays_between_0_and_1():
    landscape = make(("log", True, False))
    share = landscape.predict(np.array([50.0, 0.0]), np.array([-1e6, -1.0, 0.0, 1.0, 1e6]))
    assert share.min() >= 0.0
    assert share.max() <= 1.0
    assert share[2] == 0.5


# What the window shows


@every_model
def test_names_and_words(model):
    landscape = make(model)
    assert landscape.name == "made"
    assert landscape.parameters == (("w1", "b") if model[1] else ("w1",))
    assert landscape.rows == landscape.data.rows == 40
    assert "y" in landscape.expression
    assert "w1·x" in landscape.expression
    assert ("+ b" in landscape.expression) is model[1]
    assert ("x\N{PRIME}" in landscape.expression) is model[2]
    assert landscape.remark == ""


@every_model
@pytest.mark.parametrize("center", [0.0, 3.0, 1e5])
def test_the_domain_shows_a_bowl_around_the_minimum(model, center):
    landscape = make(model, center=center)
    (minimum,) = landscape.minima
    assert landscape.domain.contains(minimum)
    assert landscape.domain == Domain.of(*landscape.domain)
    share = (np.array(minimum) - landscape.domain.low) / landscape.domain.width
    assert np.all((share > 0.1) & (share < 0.9))
    least = landscape.loss([minimum])[0]
    for axis, ends in enumerate(landscape.domain):
        for end in ends:
            at = list(minimum)
            at[axis] = end
            assert landscape.loss([at])[0] > 1.2 * least


# Equal values


@every_model
def test_equal_rows_make_equal_landscapes(model):
    one, other = make(model), make(model)
    assert one == other
    assert hash(one) == hash(other)
    assert one.minima == other.minima
    assert one == other  # also when something has been computed


@every_model
def test_other_rows_choices_or_names_make_other_landscapes(model):
    loss, bias, standardize = model
    landscape = make(model)
    assert landscape != make(model, seed=6)
    assert landscape != make((loss, not bias, standardize))
    assert landscape != make((loss, bias, not standardize))
    x, y = landscape.data.feature.copy(), landscape.data.label
    x[3] = np.nextafter(x[3], 9.0)
    assert landscape != of(x, y, model)


@every_model
def test_the_columns_may_change_after_the_landscape_is_made(model):
    source = make(model)
    x, y = source.data.feature.copy(), source.data.label.copy()
    landscape = of(x, y, model)
    before = landscape.loss([landscape.domain.center])
    x[:] = y[:] = np.nan
    assert landscape.loss([landscape.domain.center]) == before
