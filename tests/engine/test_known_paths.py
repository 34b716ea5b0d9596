"""Descents whose every step is known: in closed form, or from a loop over plain floats."""

import csv
import functools
import math
from dataclasses import dataclass

import numpy as np
import pytest

import gdviz.engine
from gdviz.engine import Outcome, descend
from gdviz.landscapes import Domain, Landscape, Valley, preset
from gdviz.optimizers import OPTIMIZERS, optimizer
from gdviz.resource_files import resource_path

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))


@functools.cache
def galaxies():
    with resource_path("datasets", "galaxies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [(float(distance), float(velocity)) for distance, velocity in rows]


def valley_loss(x, y):
    return 4.0 + (x - 2.0) ** 2 + 2.0 * y**2


def valley_gradient(x, y):
    return 2.0 * (x - 2.0), 4.0 * y


def line_loss(weight, bias):
    return math.fsum((weight * x + bias - y) ** 2 for x, y in galaxies()) / len(galaxies())


def line_gradient(weight, bias):
    errors = [(weight * x + bias - y, x) for x, y in galaxies()]
    of_weight = math.fsum(2.0 * error * x for error, x in errors) / len(errors)
    of_bias = math.fsum(2.0 * error for error, _ in errors) / len(errors)
    return of_weight, of_bias


def weight_loss(weight):
    return line_loss(weight, 0.0)


def weight_gradient(weight):
    return line_gradient(weight, 0.0)[:1]


FORMULAS = {
    "valley": (valley_loss, valley_gradient),
    "regression": (line_loss, line_gradient),
    "regression-w1": (weight_loss, weight_gradient),
}


def gd_path(gradient, start, steps, learning_rate):
    path = [tuple(start)]
    for _ in range(steps):
        slope = gradient(*path[-1])
        path.append(
            tuple(p - learning_rate * g for p, g in zip(path[-1], slope, strict=True)),
        )
    return path


def momentum_path(gradient, start, steps, learning_rate, momentum):
    path, velocity = [tuple(start)], [0.0] * len(start)
    for _ in range(steps):
        slope = gradient(*path[-1])
        velocity = [momentum * v + g for v, g in zip(velocity, slope, strict=True)]
        path.append(
            tuple(p - learning_rate * v for p, v in zip(path[-1], velocity, strict=True)),
        )
    return path


PATHS = {
    "gd": [(gd_path, {"learning_rate": rate}) for rate in (0.1, 0.01)],
    "momentum": [
        (momentum_path, {"learning_rate": 0.05, "momentum": 0.9}),
        (momentum_path, {"learning_rate": 0.05, "momentum": 0.0}),
        (momentum_path, {"learning_rate": 0.01, "momentum": 0.5}),
    ],
}


def test_every_path_is_of_a_known_optimizer_and_every_preset_has_a_formula():
    assert set(PATHS) <= set(OPTIMIZERS)
    assert set(FORMULAS) == {preset.name for preset in PRESETS}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize(
    ("name", "path", "hyperparameters"),
    [(name, *case) for name, cases in PATHS.items() for case in cases],
)
def test_optimizer_takes_the_same_steps_as_a_loop_over_floats(preset, name, path, hyperparameters):
    loss, gradient = FORMULAS[preset.name]
    steps = 130
    trajectory = descend(
        preset.build(), optimizer(name, **hyperparameters), preset.start, steps=steps
    )
    expected = path(gradient, preset.start, steps, **hyperparameters)
    slopes = np.array([gradient(*params) for params in expected])
    scale = np.abs(np.array(expected)).max()
    np.testing.assert_allclose(trajectory.params[:, 0], expected, rtol=1e-10, atol=1e-12 * scale)
    np.testing.assert_allclose(
        trajectory.loss[:, 0], [loss(*params) for params in expected], rtol=1e-10
    )
    np.testing.assert_allclose(
        trajectory.gradient[:, 0], slopes, rtol=1e-9, atol=1e-12 * np.abs(slopes).max()
    )


@pytest.mark.parametrize("steps", [50, 200])
def test_gradient_descent_on_the_valley_follows_the_closed_form(steps):
    trajectory = descend(Valley(), optimizer("gd", learning_rate=0.1), (-3, 4), steps=steps)
    k = np.arange(steps + 1)
    x, y = 2.0 - 5.0 * 0.8**k, 4.0 * 0.6**k
    assert trajectory.params.shape == (steps + 1, 1, 2)
    np.testing.assert_array_equal(trajectory.steps, k)
    np.testing.assert_allclose(trajectory.params[:, 0, 0], x, rtol=0, atol=1e-12)
    np.testing.assert_allclose(trajectory.params[:, 0, 1], y, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        trajectory.loss[:, 0], 4.0 + 25.0 * 0.64**k + 32.0 * 0.36**k, rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        trajectory.gradient_norm[:, 0],
        np.sqrt((10.0 * 0.8**k) ** 2 + (16.0 * 0.6**k) ** 2),
        rtol=0,
        atol=1e-12,
    )


def test_steps_default_to_200():
    assert descend(Valley(), optimizer("gd"), (-3, 4)).records == 201


def test_parameters_of_every_row_and_axis_stay_apart():
    starts = [(-3, 4), (8, 1), (2, -5), (0, 0)]
    trajectory = descend(Valley(), optimizer("gd", learning_rate=0.1), starts, steps=20)
    assert trajectory.params.shape == (21, 4, 2)
    for row, (x, y) in enumerate(starts):
        assert trajectory.params[20, row] == pytest.approx(
            (2 + (x - 2) * 0.8**20, y * 0.6**20), abs=1e-12
        )


def test_a_hyperparameter_may_differ_from_row_to_row():
    rates = np.array([[0.05], [0.1], [0.2], [0.5]])
    trajectory = descend(Valley(), optimizer("gd", learning_rate=rates), [(-3, 4)] * 4, steps=30)
    for row, rate in enumerate(rates[:, 0]):
        assert trajectory.params[30, row] == pytest.approx(
            (2 - 5 * (1 - 2 * rate) ** 30, 4 * (1 - 4 * rate) ** 30), abs=1e-12
        )


@dataclass(frozen=True)
class Ellipse(Landscape):
    """f(x, y) = (a x² + b y²) / 2, whose curvatures are a and b."""

    a: float
    b: float

    @property
    def name(self):
        return "ellipse"

    @property
    def parameters(self):
        return ("x", "y")

    @property
    def domain(self):
        return Domain.of((-1, 1), (-1, 1))

    @property
    def expression(self):
        return "(a x² + b y²) / 2"

    def loss_at(self, x, y):
        return (self.a * x**2 + self.b * y**2) / 2.0

    def gradient_at(self, x, y):
        return self.a * x, self.b * y

    def hessian_at(self, x, y):
        return self.a, 0.0, self.b


CURVATURES = [(1.0, 1.0), (0.5, 40.0), (300.0, 2.0), (1e-3, 1e-2)]
RUNAWAY = 2e6  # a million times the width of the ellipse's domain


@pytest.mark.parametrize(("a", "b"), CURVATURES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_below_the_stable_bound_the_loss_never_grows(a, b, share):
    rate = share * 2.0 / max(a, b)
    trajectory = descend(
        Ellipse(a, b), optimizer("gd", learning_rate=rate), (0.7, -0.6), steps=2000
    )
    assert np.all(np.diff(trajectory.loss[:, 0]) <= 0.0)
    assert trajectory.outcome[0] in {Outcome.CONVERGED, Outcome.LAST_STEP}
    k = np.arange(2001)
    np.testing.assert_allclose(
        trajectory.params[:, 0],
        np.stack([0.7 * (1 - rate * a) ** k, -0.6 * (1 - rate * b) ** k], axis=-1),
        rtol=0,
        atol=1e-12,
    )


@pytest.mark.parametrize(("a", "b"), CURVATURES)
@pytest.mark.parametrize("share", [1.01, 1.5])
def test_above_the_stable_bound_a_run_diverges_once_it_is_a_million_widths_away(a, b, share):
    rate = share * 2.0 / max(a, b)
    x, y, step = 0.7, -0.6, 0
    while max(abs(x), abs(y)) <= RUNAWAY:
        x, y, step = x - rate * (a * x), y - rate * (b * y), step + 1
    trajectory = descend(
        Ellipse(a, b), optimizer("gd", learning_rate=rate), (0.7, -0.6), steps=2000
    )
    assert trajectory.outcome == (Outcome.DIVERGED,)
    assert trajectory.outcome_step == (step,)
    assert trajectory.last_step == (step - 1,)
    assert np.all(trajectory.params[step:] == trajectory.params[step - 1])
    assert np.all(np.isfinite(trajectory.loss))


def test_a_start_far_outside_the_view_is_not_taken_for_divergence():
    trajectory = descend(
        Ellipse(1.0, 2.0), optimizer("gd", learning_rate=0.5), (1e9, -1e9), steps=200
    )
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert np.abs(trajectory.params[-1]).max() < 1e-6


def test_the_engine_offers_all_that_it_names():
    assert all(hasattr(gdviz.engine, name) for name in gdviz.engine.__all__)
