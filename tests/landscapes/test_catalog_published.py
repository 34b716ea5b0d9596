"""The catalog's formulas against the published ones, written out in NumPy."""

import subprocess
import sys

import numpy as np
import pytest
from numpy import abs, cos, exp, pi, sin, sqrt  # noqa: A004 -- as the formulas are printed
from scipy.optimize import minimize

from gdviz.engine import Outcome, descend
from gdviz.landscapes import PRESETS, preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer


def beale(x, y):
    return sum((c - x * (1 - y**k)) ** 2 for k, c in ((1, 1.5), (2, 2.25), (3, 2.625)))


def goldstein_price(x, y):
    first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    inner = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return first * (30 + (2 * x - 3 * y) ** 2 * inner)


def ackley(x, y):
    ripples = exp(0.5 * (cos(2 * pi * x) + cos(2 * pi * y)))
    return -20 * exp(-0.2 * sqrt(0.5 * (x**2 + y**2))) - ripples + np.e + 20


def eggholder(x, y):
    first = -(y + 47) * sin(sqrt(abs(y + x / 2 + 47)))
    return first - x * sin(sqrt(abs(x - (y + 47))))


def levy_13(x, y):
    first = sin(3 * pi * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2)
    return first + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)


def rastrigin(*point):
    return 10 * len(point) + sum(z**2 - 10 * cos(2 * pi * z) for z in point)


def styblinski_tang(*point):
    return 0.5 * sum(z**4 - 16 * z**2 + 5 * z for z in point)


PUBLISHED = {
    "wave": lambda x, y: exp(2 * y) * sin(x),
    "sphere": lambda x, y: x * x + y * y,
    "ravine": lambda x, y: 0.5 * x**2 + 10 * y**2,
    "booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "diamond": lambda x, y: abs(x) + 2 * abs(y),
    "rosenbrock": lambda x, y: 100 * (y - x**2) ** 2 + (x - 1) ** 2,
    "beale": beale,
    "goldstein-price": goldstein_price,
    "plateau": lambda x, y: 1 - exp(-(x**2 + y**2) / 2),
    "bukin": lambda x, y: 100 * sqrt(abs(y - 0.01 * x**2)) + 0.01 * abs(x + 10),
    "saddle": lambda x, y: (x - y) * (x + y),
    "monkey-saddle": lambda x, y: x * (x**2 - 3 * y**2),
    "double-well": lambda x, y: (x**2 - 1) ** 2 + y**2,
    "three-hump-camel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "six-hump-camel": lambda x, y: (
        (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2
    ),
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "styblinski-tang": styblinski_tang,
    "rastrigin": rastrigin,
    "ackley": ackley,
    "mccormick": lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "eggholder": eggholder,
    "levy": levy_13,
    "easom": lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2 + (y - pi) ** 2)),
    "griewank": lambda x, y: (x**2 + y**2) / 4000 - cos(x) * cos(y / sqrt(2)) + 1,
    "bohachevsky": lambda x, y: (
        x**2 + 2 * y**2 - 0.3 * cos(3 * pi * x) - 0.4 * cos(4 * pi * y) + 0.7
    ),
    "parabola": lambda x: x**2 - 6 * x + 10,
    "quartic": lambda x: x**4 - 3 * x**2 + x + 4,
    "wiggle": lambda x: sin(10 * pi * x) / (2 * x) + (x - 1) ** 4,
    "kink": abs,
}
"""By preset; sources are the presets' references."""

STUCK = {
    "rosenbrock", "beale", "wave", "saddle", "monkey-saddle", "bukin", "kink", "diamond",
    "three-hump-camel", "six-hump-camel", "styblinski-tang", "rastrigin", "ackley", "mccormick",
    "eggholder", "levy", "griewank", "bohachevsky", "quartic", "wiggle", "outlier", "boiling",
}  # fmt: skip
"""Where the suggested run is to show something else than the way to a global minimum."""

FORMULAS = [known for known in PRESETS if isinstance(known.build(), FormulaLandscape)]
FLATS = [known for known in FORMULAS if len(known.start) == 2]
each_formula = pytest.mark.parametrize("known", FORMULAS, ids=lambda known: known.name)
each_flat = pytest.mark.parametrize("known", FLATS, ids=lambda known: known.name)
each = pytest.mark.parametrize("known", PRESETS, ids=lambda known: known.name)


def points_in(domain, count, seed=5):
    rng = np.random.default_rng(seed)
    return rng.uniform(domain.low, domain.high, (count, len(domain.intervals)))


def test_every_formula_has_a_published_one():
    assert {known.name for known in FORMULAS} == set(PUBLISHED)


@each_formula
def test_the_formula_is_the_published_one(known):
    landscape = known.build()
    points = points_in(landscape.domain, 400)
    expected = PUBLISHED[known.name](*points.T)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(landscape.loss(points), expected, rtol=1e-11, atol=1e-13 * scale)


@each_formula
def test_nothing_on_a_fine_grid_around_a_minimum_lies_below_it(known):
    landscape = known.build()
    for minimum in landscape.minima:
        least = float(landscape.loss([minimum])[0])
        for reach in (1e-1, 1e-3, 1e-5):
            axes = [
                np.clip(center + reach * np.linspace(-width, width, 41), low, high)
                for center, width, (low, high) in zip(
                    minimum, landscape.domain.width, landscape.domain, strict=True
                )
            ]
            around = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
            assert np.nanmin(landscape.loss(around)) >= least - 1e-9 * max(1.0, np.abs(least))


@each_flat
def test_no_global_minimum_is_missing(known):
    """From the lowest hollows of a grid, a minimizer finds none as low that is not listed."""
    landscape = known.build()
    if not landscape.minima:
        return
    lowest = landscape.loss(landscape.minima).min()
    spread = float(np.ptp(landscape.loss(points_in(landscape.domain, 200))))
    for hollow in lowest_hollows(landscape, 6):
        found = minimize(
            lambda point: landscape.loss([point])[0],
            hollow,
            method="Nelder-Mead",
            bounds=landscape.domain.intervals,
            options={"xatol": 1e-9, "fatol": 1e-12 * spread, "maxiter": 2000},
        )
        apart = np.abs(np.subtract(landscape.minima, found.x)) / landscape.domain.width
        if apart.max(axis=1).min() > 1e-5:
            assert found.fun > lowest + 1e-7 * spread


def lowest_hollows(landscape, count):
    """Return the points of a grid that lie below their neighbors, the lowest first."""
    x, y = (np.linspace(low, high, 201) for low, high in landscape.domain)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    loss = landscape.loss(grid.reshape(-1, 2)).reshape(201, 201)
    around = np.pad(loss, 1, constant_values=np.inf)
    shifts = [(i, j) for i in (0, 1, 2) for j in (0, 1, 2) if (i, j) != (1, 1)]
    lower = np.all([loss <= around[i : i + 201, j : j + 201] for i, j in shifts], axis=0)
    return grid[lower][np.argsort(loss[lower])][:count]


@each_formula
def test_every_global_minimum_is_as_low_as_the_others(known):
    landscape = known.build()
    if landscape.minima:
        assert np.ptp(landscape.loss(landscape.minima)) <= 1e-12


@each
def test_a_suggested_run_ends_in_a_minimum_or_shows_why_not(known):
    landscape = known.build()
    kind = optimizer("gd", learning_rate=known.learning_rate)
    trajectory = descend(landscape, kind, known.start, steps=200)
    assert trajectory.outcome[0] in {Outcome.CONVERGED, Outcome.LAST_STEP}
    assert np.isfinite(trajectory.params).all()
    end = trajectory.params[-1, 0]
    apart = [np.abs(end - minimum) / landscape.domain.width for minimum in landscape.minima]
    arrived = any(each_way.max() < 0.02 for each_way in apart)
    assert arrived or known.name in STUCK
    if known.name == "saddle":
        assert np.abs(trajectory.params[:, 0]).min(axis=0)[0] < 0.05  # it has come to the saddle
        assert abs(end[1]) > 1.0  # and has left it sideways


@pytest.mark.parametrize("name", ["three-hump-camel", "six-hump-camel", "styblinski-tang"])
def test_a_run_that_is_caught_is_caught_in_a_local_minimum(name):
    known = preset(name)
    landscape = known.build()
    kind = optimizer("gd", learning_rate=known.learning_rate)
    end = descend(landscape, kind, known.start, steps=200).params[-1]
    assert np.linalg.eigvalsh(landscape.hessian(end))[0].min() > 0.0
    assert landscape.loss(end)[0] > landscape.loss(landscape.minima).min() + 0.1


@each
def test_one_point_has_the_same_bits_as_in_a_batch(known):
    landscape = known.build()
    points = points_in(landscape.domain, 1000)
    whole = landscape.loss(points), landscape.gradient(points), landscape.hessian(points)
    for size in (1, 2, 3, 5, 7, 11, 13, 17):
        for start in (0, 500, 1000 - size):
            part = points[start : start + size]
            again = landscape.loss(part), landscape.gradient(part), landscape.hessian(part)
            for one, other in zip(again, whole, strict=True):
                np.testing.assert_array_equal(one, other[start : start + size])


@each
def test_summaries_fit_a_narrow_panel(known):
    assert len(known.title) <= 32
    assert len(known.summary) <= 100
    assert known.name == known.name.lower()
    assert not set(known.name) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_an_unknown_name_is_told_shortly():
    with pytest.raises(ValueError, match="rosenbrock") as caught:
        preset("rosenbruck")
    assert len(str(caught.value)) < 300


def test_describing_all_of_them_leaves_sympy_alone():
    program = (
        "import sys\n"
        "from gdviz.landscapes import PRESETS\n"
        "for known in PRESETS:\n"
        "    built = known.build()\n"
        "    assert built.expression and built.domain.intervals and built.minima is not None\n"
        "print(sorted({'sympy', 'PySide6'} & set(sys.modules)))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
