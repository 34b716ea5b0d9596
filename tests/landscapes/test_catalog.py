"""Every landscape of the catalog against what is published of it."""

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import PRESETS, preset
from gdviz.landscapes.notation import Notation
from gdviz.optimizers import optimizer
from gdviz.resource_files import resource_path
from scripts.thumbnails import SIZE, TOLERANCE, difference

LOWEST = {
    "valley": 4.0, "sphere": 0.0, "ravine": 0.0, "booth": 0.0, "matyas": 0.0, "diamond": 0.0,
    "rosenbrock": 0.0, "beale": 0.0, "goldstein-price": 3.0, "plateau": 0.0, "bukin": 0.0,
    "double-well": 0.0, "three-hump-camel": 0.0, "six-hump-camel": -1.031628453489877,
    "himmelblau": 0.0, "styblinski-tang": 2 * -39.16616570377142, "rastrigin": 0.0, "ackley": 0.0,
    "mccormick": -1.9132229549810367, "eggholder": -959.6406627208506, "levy": 0.0, "easom": -1.0,
    "griewank": 0.0, "bohachevsky": 0.0, "parabola": 1.0, "wiggle": -0.869011134989500, "kink": 0.0,
}  # fmt: skip
"""The published minima."""

KINKED = {"diamond", "bukin", "ackley", "kink", "eggholder", "outlier"}
UNBOUNDED = {"wave", "saddle", "monkey-saddle"}
LANDSCAPES = {known.name: known.build() for known in PRESETS}
each = pytest.mark.parametrize("known", PRESETS, ids=lambda known: known.name)


def points_in(landscape, count):
    rng = np.random.default_rng(11)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (count, landscape.dimension))


@each
def test_the_minimum_is_the_published_one(known):
    landscape = LANDSCAPES[known.name]
    if known.name in UNBOUNDED:
        assert landscape.minima == ()
        return
    losses = landscape.loss(landscape.minima)
    if known.name in LOWEST:
        np.testing.assert_allclose(losses, LOWEST[known.name], rtol=1e-9, atol=1e-12)
    assert all(landscape.domain.contains(minimum) for minimum in landscape.minima)
    lowest = np.nanmin(landscape.loss(points_in(landscape, 50_000)))
    assert lowest >= losses.min() - 1e-9 * abs(lowest)
    if known.name not in KINKED:
        steepest = np.abs(landscape.gradient(points_in(landscape, 100))).max()
        assert np.abs(landscape.gradient(landscape.minima)).max() < 1e-7 * steepest


@each
def test_derivatives_agree_with_finite_differences(known):
    landscape = LANDSCAPES[known.name]
    points = points_in(landscape, 300)
    width = landscape.domain.width
    for exact, function in (
        (landscape.gradient(points), landscape.loss),
        (landscape.hessian(points), landscape.gradient),
    ):
        for axis in range(landscape.dimension):
            h = 1e-6 * width[axis]
            step = h * np.eye(landscape.dimension)[axis]
            near = (function(points + step) - function(points - step)) / (2 * h)
            scale = np.abs(function(points)).max() / width[axis] + np.abs(exact[:, axis]).max()
            far = ~(np.abs(near - exact[:, axis]) <= 1e-6 * scale)
            assert far.mean() < (0.02 if known.name in KINKED else 1e-9)


@each
def test_the_suggested_run_shows_a_descent(known):
    landscape = LANDSCAPES[known.name]
    assert landscape.domain.contains(known.start)
    kind = optimizer("gd", learning_rate=known.learning_rate)
    trajectory = descend(landscape, kind, known.start, steps=200)
    assert trajectory.outcome[0] in {Outcome.CONVERGED, Outcome.LAST_STEP}
    assert trajectory.loss[-1, 0] < trajectory.loss[0, 0]
    assert (
        np.hypot.reduce(trajectory.params[-1, 0] - known.start) > 0.03 * landscape.domain.width[0]
    )


@each
def test_it_is_described(known):
    landscape = LANDSCAPES[known.name]
    assert landscape.name == known.name
    assert known.title
    assert known.summary.endswith(".")
    assert isinstance(landscape.notation, Notation)
    for line in (*landscape.notation.general(), *landscape.notation.at(known.start)):
        assert line.left
        assert line.right


def test_names_are_unique_and_groups_stand_together():
    names = [known.name for known in PRESETS]
    assert len(set(names)) == len(names) >= 30
    groups = [known.group for known in PRESETS]
    assert sorted(set(groups), key=groups.index) == list(dict.fromkeys(groups))
    assert PRESETS[0].group == "The lesson"


@each
def test_it_has_a_thumbnail(known):
    from PIL import Image

    with Image.open(resource_path("thumbnails", f"{known.name}.png")) as picture:
        assert picture.size == SIZE


@pytest.mark.parametrize("name", ["valley", "rosenbrock", "parabola", "o-rings"])
def test_a_thumbnail_is_current(qapp, name):
    assert difference(name, resource_path("thumbnails", f"{name}.png")) <= TOLERANCE


def test_a_stale_thumbnail_is_noticed(qapp):
    assert difference("rosenbrock", resource_path("thumbnails", "valley.png")) > TOLERANCE


def test_knobs_of_the_catalog_have_their_ranges():
    (knob,) = preset("ravine").build().knobs
    assert (knob.name, knob.low, knob.high) == ("k", 1.0, 1000.0)
