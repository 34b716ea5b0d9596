"""The regression losses are mean squared residuals, to the last digits that floats have.

The reference is the definition itself, a sum over rows, in exact rational arithmetic.
"""

import csv
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import linregress

from gdviz.errors import UserError
from gdviz.landscapes import LineRegression, ProportionalRegression
from gdviz.resource_files import resource_path

EPSILON = 2.0**-52
BOTH = pytest.mark.parametrize("kind", [LineRegression, ProportionalRegression])

# Edwin Hubble, PNAS 15(3), 168-173 (1929), Table 1: distance in Mpc, velocity in km/s.
HUBBLE = (
    (0.032, 170), (0.034, 290), (0.214, -130), (0.263, -70), (0.275, -185), (0.275, -220),
    (0.45, 200), (0.5, 290), (0.5, 270), (0.63, 200), (0.8, 300), (0.9, -30),
    (0.9, 650), (0.9, 150), (0.9, 500), (1.0, 920), (1.1, 450), (1.1, 500),
    (1.4, 500), (1.7, 960), (2.0, 500), (2.0, 850), (2.0, 800), (2.0, 1090),
)  # fmt: skip
DISTANCE = [row[0] for row in HUBBLE]
VELOCITY = [row[1] for row in HUBBLE]

# Features near a million that differ in the seventh digit, labels near a billion.
FAR_FEATURE = [1e6 + step / 1024 for step in (0, 3, 4, 9, 11, 16, 17, 20)]
FAR_LABEL = [1e9 + label for label in (0.25, 1.5, -0.75, 4.0, 2.5, 6.125, 5.0, 7.75)]


def exact_loss(feature, label, weight, bias):
    """Return the mean squared residual, its gradient and Hessian as fractions."""
    rows = len(feature)
    xs, ys = [Fraction(x) for x in feature], [Fraction(y) for y in label]
    residuals = [Fraction(weight) * x + Fraction(bias) - y for x, y in zip(xs, ys, strict=True)]
    loss = sum(r * r for r in residuals) / rows
    by_weight = 2 * sum(r * x for r, x in zip(residuals, xs, strict=True)) / rows
    by_bias = 2 * sum(residuals) / rows
    hessian = (2 * sum(x * x for x in xs) / rows, 2 * sum(xs) / rows, Fraction(2))
    return loss, (by_weight, by_bias), hessian


def residual_rounding(feature, label, weight, bias):
    """Return how far rounding may move a residual that is computed in floats."""
    largest = abs(weight) * max(map(abs, feature)) + abs(bias) + max(map(abs, label))
    return 16 * EPSILON * largest


def naive_sums(feature, label, weight, bias):
    """Return the loss from sums of squares and products: textbook algebra that cancels."""
    x, y = np.array(feature), np.array(label)
    return (
        weight**2 * np.mean(x * x)
        + 2 * weight * bias * np.mean(x)
        - 2 * weight * np.mean(x * y)
        + bias**2
        - 2 * bias * np.mean(y)
        + np.mean(y * y)
    )


def root_error(loss, exact):
    """Return how wrong the root of a loss is: the error of a typical residual."""
    return abs(math.sqrt(max(loss, 0.0)) - math.sqrt(exact))


@st.composite
def tables(draw):
    """Columns of up to 12 rows, near zero or far from it."""
    rows = draw(st.integers(2, 12))
    steps = st.lists(st.integers(-2000, 2000), min_size=rows, max_size=rows)
    columns = []
    for _ in range(2):
        offset = draw(st.sampled_from((0.0, -3.0, 1e3, 1e6, -1e6, 1e9)))
        grain = draw(st.sampled_from((1.0, 2.0**-4, 2.0**-10)))
        columns.append([offset + grain * step for step in draw(steps)])
    assume(min(columns[0]) < max(columns[0]))
    return tuple(columns)


def test_the_shipped_table_is_hubbles():
    with resource_path("datasets", "galaxies.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["distance", "velocity"]
    assert len(rows) == 24
    assert [(float(x), int(y)) for x, y in rows] == list(HUBBLE)


def test_hubbles_line_is_the_published_least_squares():
    line = LineRegression.from_columns(DISTANCE, VELOCITY)
    ((weight, bias),) = line.minima
    assert weight == pytest.approx(454.158, abs=5e-4)
    assert bias == pytest.approx(-40.784, abs=5e-4)
    assert line.rows == 24


def test_hubbles_line_agrees_with_scipy_and_numpy():
    line = LineRegression.from_columns(DISTANCE, VELOCITY)
    reference = linregress(DISTANCE, VELOCITY)
    assert line.minima[0] == pytest.approx((reference.slope, reference.intercept), rel=1e-12)
    assert line.minima[0] == pytest.approx(np.polyfit(DISTANCE, VELOCITY, 1), rel=1e-12)
    unexplained = (1 - reference.rvalue**2) * np.var(VELOCITY)
    assert line.loss(line.minima)[0] == pytest.approx(unexplained, rel=1e-12)


@pytest.mark.parametrize(
    ("weight", "bias"), [(0.0, 0.0), (-150.0, 550.0), (454.158, -40.784), (1e6, -3.0)]
)
def test_hubbles_loss_is_the_mean_of_squared_residuals(weight, bias):
    line = LineRegression.from_columns(DISTANCE, VELOCITY)
    total = 0.0
    for distance, velocity in HUBBLE:
        total += (weight * distance + bias - velocity) ** 2
    assert line.loss([[weight, bias]])[0] == pytest.approx(total / 24, rel=1e-12)


@pytest.mark.parametrize("weight", [-150.0, 0.0, 423.937, 1e6])
def test_the_line_through_the_origin_has_the_mean_of_its_squared_residuals(weight):
    through_origin = ProportionalRegression.from_columns(DISTANCE, VELOCITY)
    total = 0.0
    for distance, velocity in HUBBLE:
        total += (weight * distance - velocity) ** 2
    assert through_origin.loss([[weight]])[0] == pytest.approx(total / 24, rel=1e-12)


def test_the_line_through_the_origin_ends_where_a_line_search_does():
    through_origin = ProportionalRegression.from_columns(DISTANCE, VELOCITY)
    found = minimize_scalar(lambda weight: through_origin.loss([[weight]])[0])
    assert through_origin.minima[0][0] == pytest.approx(found.x, rel=1e-6)
    products = sum(x * y for x, y in HUBBLE) / sum(x * x for x, _ in HUBBLE)
    assert through_origin.minima[0][0] == pytest.approx(products, rel=1e-12)


@settings(deadline=None)
@given(tables(), st.floats(-1e4, 1e4), st.floats(-1e7, 1e7))
def test_the_loss_is_as_accurate_as_residuals_are(table, weight, bias):
    feature, label = table
    line = LineRegression.from_columns(feature, label)
    exact, (by_weight, by_bias), hessian = exact_loss(feature, label, weight, bias)
    rounding = residual_rounding(feature, label, weight, bias)
    assert root_error(line.loss([[weight, bias]])[0], exact) <= rounding
    reach = max(map(abs, feature))
    gradient = line.gradient([[weight, bias]])[0]
    assert abs(Fraction(gradient[0]) - by_weight) <= 2 * reach * rounding
    assert abs(Fraction(gradient[1]) - by_bias) <= 2 * rounding
    matrix = line.hessian([[weight, bias]])[0]
    assert matrix[np.triu_indices(2)] == pytest.approx([float(h) for h in hessian], rel=1e-13)


@settings(deadline=None)
@given(tables(), st.floats(-1e4, 1e4))
def test_the_loss_through_the_origin_is_as_accurate_as_residuals_are(table, weight):
    feature, label = table
    through_origin = ProportionalRegression.from_columns(feature, label)
    exact, (by_weight, _), (curvature, _, _) = exact_loss(feature, label, weight, 0.0)
    rounding = residual_rounding(feature, label, weight, 0.0)
    assert root_error(through_origin.loss([[weight]])[0], exact) <= rounding
    gradient = through_origin.gradient([[weight]])[0, 0]
    assert abs(Fraction(gradient) - by_weight) <= 2 * max(map(abs, feature)) * rounding
    hessian = through_origin.hessian([[weight]])[0, 0, 0]
    assert hessian == pytest.approx(float(curvature), rel=1e-13)


@pytest.mark.parametrize("aside", [0.0, 1.0, -50.0])
@pytest.mark.parametrize("above", [0.0, 2.5, -100.0])
def test_a_badly_conditioned_table_keeps_its_digits(aside, above):
    """Sums of squares near 10¹⁸ leave no digit of a loss near 1; deviations keep it."""
    weight = linregress(FAR_FEATURE, FAR_LABEL).slope + aside
    bias = np.mean(FAR_LABEL) - weight * np.mean(FAR_FEATURE) + above
    exact, (by_weight, by_bias), _ = exact_loss(FAR_FEATURE, FAR_LABEL, weight, bias)
    line = LineRegression.from_columns(FAR_FEATURE, FAR_LABEL)
    assert line.loss([[weight, bias]])[0] == pytest.approx(float(exact), rel=1e-6)
    gradient = line.gradient([[weight, bias]])[0]
    rounding = residual_rounding(FAR_FEATURE, FAR_LABEL, weight, bias)
    assert gradient[0] == pytest.approx(float(by_weight), rel=1e-6, abs=2e6 * rounding)
    assert gradient[1] == pytest.approx(float(by_bias), rel=1e-6, abs=2 * rounding)

    naive = naive_sums(FAR_FEATURE, FAR_LABEL, weight, bias)
    assert naive != pytest.approx(float(exact), rel=1e-3)
    assert root_error(naive, exact) > rounding


def test_the_badly_conditioned_hessian_keeps_its_determinant():
    """Where 2·mean(x²)·2 − (2·mean(x))² would leave nothing."""
    line = LineRegression.from_columns(FAR_FEATURE, FAR_LABEL)
    _, _, (exact, mixed, _) = exact_loss(FAR_FEATURE, FAR_LABEL, 0.0, 0.0)
    hessian = line.hessian([[0.0, 0.0]])[0]
    assert hessian[0] == pytest.approx([float(exact), float(mixed)], rel=1e-15)
    assert hessian[1] == pytest.approx([float(mixed), 2.0], rel=1e-15)
    # The loss itself still tells the flat direction from a level one.
    ((weight, bias),) = line.minima
    mean = float(mixed) / 2
    along = line.loss([[weight, bias], [weight + 100.0, bias - 100.0 * mean]])
    variance = float(2 * exact - mixed**2) / 4
    assert along[1] - along[0] == pytest.approx(variance * 1e4, rel=1e-3)


@settings(deadline=None)
@given(tables())
def test_the_minimum_is_the_least_squares_line(table):
    feature, label = table
    line = LineRegression.from_columns(feature, label)
    ((weight, bias),) = line.minima
    rows, xs, ys = len(feature), list(map(Fraction, feature)), list(map(Fraction, label))
    mean_x, mean_y = sum(xs) / rows, sum(ys) / rows
    squares = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / squares
    spread = math.sqrt(sum((y - mean_y) ** 2 for y in ys) / squares)
    assert abs(weight - float(slope)) <= 1e-9 * spread
    # At the mean of the feature the line passes through the mean of the label.
    scale = abs(weight * float(mean_x)) + abs(float(mean_y))
    assert abs(Fraction(weight) * mean_x + Fraction(bias) - mean_y) <= 8 * EPSILON * scale


@settings(deadline=None)
@given(tables(), st.floats(-1e4, 1e4), st.floats(-1e7, 1e7))
def test_no_point_lies_below_the_minimum(table, weight, bias):
    line = LineRegression.from_columns(*table)
    least = line.loss(line.minima)[0]
    assert least >= 0.0
    rounding = residual_rounding(*table, *line.minima[0])
    assert math.sqrt(line.loss([[weight, bias]])[0]) >= math.sqrt(least) - rounding


@BOTH
def test_a_perfect_line_has_no_loss(kind):
    landscape = kind.from_columns([1.0, 2.0, 6.0], [3.0, 6.0, 18.0])
    assert landscape.minima[0] == (3.0, 0.0)[: landscape.dimension]
    assert landscape.loss(landscape.minima).tolist() == [0.0]


@BOTH
def test_the_order_of_the_rows_hardly_matters(kind):
    there, back = (
        kind.from_columns(DISTANCE, VELOCITY),
        kind.from_columns(DISTANCE[::-1], VELOCITY[::-1]),
    )
    assert there.minima[0] == pytest.approx(back.minima[0], rel=1e-13)


@BOTH
def test_the_table_may_change_after_the_landscape_is_made(kind):
    feature, label = np.array(DISTANCE), np.array(VELOCITY, dtype=float)
    landscape = kind.from_columns(feature, label)
    start = np.zeros((1, landscape.dimension))
    before = landscape.loss(start)
    feature[:] = label[:] = np.nan
    assert landscape.loss(start) == before


@BOTH
def test_equal_tables_make_equal_landscapes(kind):
    one, other = (kind.from_columns(DISTANCE, VELOCITY, feature_name="d") for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != kind.from_columns(DISTANCE, VELOCITY, feature_name="distance")
    assert one != kind.from_columns(DISTANCE, [*VELOCITY[:-1], 0.0], feature_name="d")


def test_the_columns_names_appear_in_the_expression():
    line = LineRegression.from_columns([0, 1], [0, 1], feature_name="age", label_name="height")
    assert line.expression == "mean of (w1·age + b − height)²"
    assert line.parameters == ("w1", "b")
    through_origin = ProportionalRegression.from_columns(
        [0, 1], [0, 1], name="mine", feature_name="age", label_name="height"
    )
    assert through_origin.expression == "mean of (w1·age − height)²"
    assert through_origin.parameters == ("w1",)
    assert through_origin.name == "mine"


# What is refused


def refusal(kind, feature, label):
    with pytest.raises(UserError) as caught:
        kind.from_columns(feature, label, feature_name="distance", label_name="velocity")
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize("value", [0.0, 5.0, 0.1, -1e300])
def test_a_constant_feature_makes_no_line(value):
    assert "'distance' is constant" in refusal(LineRegression, [value] * 3, [1, 2, 3])


def test_a_feature_of_zeros_makes_no_line_through_the_origin():
    assert "'distance' is zero" in refusal(ProportionalRegression, [0.0, -0.0], [1, 2])
    assert ProportionalRegression.from_columns([5, 5], [1, 2]).minima == ((0.3,),)


@BOTH
@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_that_is_too_short_is_refused_with_its_length(kind, rows):
    message = refusal(kind, [1.0] * rows, [1.0] * rows)
    assert "two rows" in message
    assert message.endswith(f"got {rows}")


@BOTH
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("row", [0, 2])
def test_a_value_that_is_not_finite_is_named_by_column_and_row(kind, value, row):
    good, bad = [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]
    bad[row] = value
    wanted = f"is not a finite number in row {row + 1}"
    assert refusal(kind, bad, good) == f"'distance' {wanted}"
    assert refusal(kind, good, bad) == f"'velocity' {wanted}"


@BOTH
@pytest.mark.parametrize(
    ("feature", "label"),
    [
        ([1, 2, 3], [1, 2]),
        ([1, 2], [1, 2, 3]),
        ([[1, 2]], [[1, 2]]),
        (1.0, 2.0),
        ([1, 2], [[1, 2]]),
    ],
)
def test_columns_of_different_shapes_are_refused_with_their_shapes(kind, feature, label):
    message = refusal(kind, feature, label)
    assert f"{np.shape(feature)} and {np.shape(label)}" in message


@pytest.mark.parametrize(
    "bad", ["fast", [1.0, 2.0], 1j, 10**400], ids=["text", "list", "complex", "huge"]
)
def test_a_value_that_is_no_number_is_refused_naming_the_column(bad):
    assert "'velocity'" in refusal(LineRegression, [1.0, 2.0], [1.0, bad])


@BOTH
@pytest.mark.parametrize("feature", [[0.0, 1e-200], [0.0, 1e200]], ids=["tiny", "huge"])
def test_a_feature_whose_squares_floats_cannot_hold_is_refused(kind, feature):
    assert "'distance'" in refusal(kind, feature, [1.0, 2.0])


@BOTH
@pytest.mark.parametrize(
    ("feature", "label"),
    [
        ([0.0, 1.0, 2.0], [0.0, 1e200, 0.0]),
        ([1.0, 2.0, 3.0], [1e308, 1e308, 1e308]),
        ([0.0, 1e-150, 3e-150], [1.0, 2e160, 5.0]),
    ],
    ids=["squares", "sum", "slope"],
)
def test_labels_whose_losses_floats_cannot_hold_are_refused(kind, feature, label):
    assert "'velocity'" in refusal(kind, feature, label)


@BOTH
def test_a_feature_wider_than_floats_is_refused_without_a_warning(kind):
    assert "'distance'" in refusal(kind, [-1.7e308, 1.7e308], [1.0, 2.0])


# The domain that a view shows at first


def losses_at_the_edges(landscape):
    """Return the loss where each edge of the domain is nearest to the minimum's level."""
    ((*minimum,),) = landscape.minima
    for axis, ends in enumerate(landscape.domain):
        for end in ends:
            point = list(minimum)
            point[axis] = end
            if landscape.dimension == 2:
                point[1 - axis] = best_other(landscape, axis, end)
            yield landscape.loss([point])[0]


def best_other(landscape, axis, end):
    """Return the other parameter's best value with one held, found by Newton's one step."""
    point = np.array(landscape.minima)
    point[0, axis] = end
    other = 1 - axis
    slope = landscape.gradient(point)[0, other]
    return point[0, other] - slope / landscape.hessian(point)[0, other, other]


@BOTH
@settings(deadline=None)
@given(table=tables())
def test_the_domain_contains_the_minimum(kind, table):
    assume(any(table[0]))
    landscape = kind.from_columns(*table)
    assert landscape.domain.contains(landscape.minima[0])


@pytest.mark.parametrize(
    ("feature", "label"),
    [
        (DISTANCE, VELOCITY),
        ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]),
        ([-1.0, 0.0, 1.0], [0.0, 0.0, 0.0]),
        ([1e6, 1e6 + 1, 1e6 + 3], [7.0, 5.0, 9.0]),
    ],
)
def test_a_line_rises_by_its_labels_spread_toward_the_edges_of_its_domain(feature, label):
    line = LineRegression.from_columns(feature, label)
    least = line.loss(line.minima)[0]
    ((weight, bias),) = line.minima
    rise = 0.9 * float(np.var(label)) or 0.5
    for end in line.domain[0]:
        assert line.loss([[end, best_other(line, 0, end)]])[0] >= least + rise
    for end in line.domain[1]:
        assert line.loss([[weight, end]])[0] >= least + rise
    assert line.domain.center == pytest.approx([weight, bias], rel=1e-9, abs=1e-9)


@BOTH
@pytest.mark.parametrize("label", [0.0, 5.0, 0.1, 1e6 / 3, -1e-9])
def test_a_constant_label_has_a_domain_too(kind, label):
    landscape = kind.from_columns([1.0, 2.0, 4.0], [label] * 3)
    assert landscape.domain.contains(landscape.minima[0])
    least = landscape.loss(landscape.minima)[0]
    assert min(losses_at_the_edges(landscape)) > least


@pytest.mark.parametrize("offset", [1e9, 1e13, 1.7e18])
def test_labels_far_from_zero_have_a_domain_too(offset):
    """Such as times in milliseconds or nanoseconds since 1970."""
    line = LineRegression.from_columns([-1.0, 0.0, 1.0], [offset, offset + 1024, offset + 4096])
    assert line.domain.contains(line.minima[0])


@pytest.mark.parametrize("offset", [0.0, 1e9, 1.7e12])
def test_the_domain_shows_the_labels_spread_however_far_they_are_from_zero(offset):
    """Times in milliseconds since 1970 that differ by tenths of a second."""
    label = [offset, offset + 400, offset + 100]
    line = LineRegression.from_columns([0.0, 1.0, 2.0], label)
    ((weight, bias),) = line.minima
    corners = [[x, bias] for x in line.domain[0]] + [[weight, y] for y in line.domain[1]]
    assert line.loss(corners).max() <= 100 * float(np.var(label))


def test_uncorrelated_columns_have_a_domain_in_which_the_loss_changes():
    """The best weight is zero but for rounding: its size says nothing."""
    landscape = ProportionalRegression.from_columns([-0.1, -0.2, 0.3], [1.0, 1.0, 1.0])
    assert min(losses_at_the_edges(landscape)) > 1.01 * landscape.loss(landscape.minima)[0]
