"""Every preset is a sound first experiment; a misspelled one is found."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize

from gdviz.errors import UserError
from gdviz.landscapes import preset

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))

every_preset = pytest.mark.parametrize(
    "known", [pytest.param(known, id=known.name) for known in PRESETS]
)


def grid(domain, count):
    """Return points all over a domain, shape (n, d)."""
    axes = [np.linspace(low, high, count) for low, high in domain]
    return np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))


def test_names_and_titles_are_unique():
    assert len({known.name for known in PRESETS}) == len(PRESETS)
    assert len({known.title for known in PRESETS}) == len(PRESETS)


def test_the_promised_presets_are_there():
    assert {"regression", "regression-w1", "valley"} <= {known.name for known in PRESETS}


@every_preset
def test_a_preset_is_found_by_its_name(known):
    assert preset(known.name) is known


@every_preset
def test_a_presets_landscape_has_its_name(known):
    assert known.build().name == known.name


@every_preset
def test_building_twice_gives_equal_landscapes(known):
    assert known.build() == known.build()
    assert hash(known.build()) == hash(known.build())


@every_preset
def test_words_for_the_screen_are_there(known):
    landscape = known.build()
    assert known.title
    assert known.summary.endswith(".")
    assert len(known.summary.splitlines()) == 1
    assert landscape.expression
    assert len(set(landscape.parameters)) == landscape.dimension in {1, 2}


@every_preset
def test_start_and_minima_lie_in_the_domain(known):
    landscape = known.build()
    assert len(known.start) == len(landscape.domain.intervals) == landscape.dimension
    assert landscape.minima
    for point in (known.start, *landscape.minima):
        assert len(point) == landscape.dimension
        assert landscape.domain.contains(point)
        assert landscape.limits is None or landscape.limits.contains(point)


@every_preset
def test_the_start_shows_a_clear_descent(known):
    landscape = known.build()
    start, least = landscape.loss([known.start, landscape.minima[0]])
    assert start > 1.5 * least
    distance = np.abs(np.subtract(known.start, landscape.minima[0])) / landscape.domain.width
    assert distance.max() > 0.1


@every_preset
def test_the_minima_are_critical_points(known):
    """Up to rounding, on the scale of the gradient across the domain."""
    landscape = known.build()
    steepest = np.abs(landscape.gradient(grid(landscape.domain, 9))).max()
    assert np.abs(landscape.gradient(landscape.minima)).max() <= 1e-12 * steepest


@every_preset
def test_the_hessian_is_positive_definite_at_the_minima(known):
    landscape = known.build()
    eigenvalues = np.linalg.eigvalsh(landscape.hessian(landscape.minima))
    assert eigenvalues.min() > 1e-6 * eigenvalues.max() > 0


@every_preset
def test_nothing_in_the_domain_lies_below_the_minima(known):
    landscape = known.build()
    least = landscape.loss(landscape.minima)
    assert np.ptp(least) == 0
    assert landscape.loss(grid(landscape.domain, 61)).min() >= least[0]


@every_preset
def test_an_independent_minimizer_ends_in_a_minimum(known):
    landscape = known.build()
    found = minimize(
        lambda point: landscape.loss([point])[0],
        known.start,
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10_000},
    )
    distance = np.abs(np.subtract(landscape.minima, found.x)) / landscape.domain.width
    assert distance.max(axis=1).min() < 1e-6


@every_preset
def test_the_gradient_agrees_with_finite_differences_of_the_loss(known):
    landscape = known.build()
    step = 1e-6 * landscape.domain.width
    points = grid(landscape.domain, 7)
    gradient = landscape.gradient(points)
    scale = np.abs(gradient).max(axis=0)
    for point, exact in zip(points, gradient, strict=True):
        difference = approx_fprime(point, lambda at: landscape.loss([at])[0], step)
        assert np.all(np.abs(difference - exact) <= 2e-5 * scale)


@every_preset
def test_the_hessian_agrees_with_finite_differences_of_the_gradient(known):
    landscape = known.build()
    points = grid(landscape.domain, 7)
    width = 1e-4 * landscape.domain.width
    for axis in range(landscape.dimension):
        shift = np.zeros(landscape.dimension)
        shift[axis] = width[axis]
        ahead, behind = landscape.gradient(points + shift), landscape.gradient(points - shift)
        difference = (ahead - behind) / (2 * width[axis])
        assert difference == pytest.approx(landscape.hessian(points)[:, axis], rel=1e-6, abs=1e-6)


@every_preset
def test_the_learning_rate_is_stable_and_gets_there(known):
    """Below 2 over the largest curvature no direction grows; 200 steps should arrive."""
    landscape = known.build()
    curvature = np.linalg.eigvalsh(landscape.hessian([known.start])[0])
    assert 0 < known.learning_rate < 2 / curvature.max()
    assert abs(1 - known.learning_rate * curvature.min()) ** 200 < 1e-3


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("vally", "valley"),
        ("Valley", "valley"),
        ("regresion", "regression"),
        ("regression_w1", "regression-w1"),
    ],
)
def test_a_misspelled_preset_gets_the_nearest_name(name, near):
    with pytest.raises(UserError) as caught:
        preset(name)
    message = str(caught.value)
    assert message.startswith(f"there is no landscape '{name}'; did you mean '{near}'?")
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("name", ["", "quux"])
def test_an_unknown_preset_is_told_where_the_list_is(name):
    with pytest.raises(UserError) as caught:
        preset(name)
    message = str(caught.value)
    assert "did you mean" not in message
    assert "gdviz list landscapes" in message


def test_an_unknown_name_with_a_line_break_is_refused_in_one_line():
    with pytest.raises(UserError) as caught:
        preset("val\nley")
    assert len(str(caught.value).splitlines()) == 1
