"""Optimizers that torch lacks follow their papers, and relatives agree where they must."""

import math

import numpy as np
import pytest

from gdviz.landscapes import Valley, preset
from gdviz.optimizers import OPTIMIZERS, optimizer

LANDSCAPES = {
    "valley": (Valley(), (-3.0, 4.0)),
    "rosenbrock": (preset("rosenbrock").build(), (-1.2, 1.0)),
    "himmelblau": (preset("himmelblau").build(), (0.5, -2.5)),
}
everywhere = pytest.mark.parametrize("name", list(LANDSCAPES))


def visited(chosen, name, steps=200):
    landscape, start = LANDSCAPES[name]
    params = np.array([start])
    state = chosen.init(params)
    points = [params[0]]
    for _ in range(steps):
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        params = params + updates
        points.append(params[0])
    return np.array(points)


def by_the_paper(rule, name, steps=200):
    """Run a rule that changes lists of floats, given one gradient at a time."""
    landscape, start = LANDSCAPES[name]
    theta = list(start)
    points = [tuple(theta)]
    for t in range(1, steps + 1):
        slope = landscape.gradient(np.array([theta]))[0].tolist()
        for axis in range(2):
            theta[axis] = rule(t, axis, theta[axis], slope[axis])
        points.append(tuple(theta))
    return np.array(points)


def close(ours, expected):
    assert np.isfinite(expected).all()
    assert np.linalg.norm(expected[-1] - expected[0]) > 1e-3
    assert np.abs(ours - expected).max() <= 1e-10 * np.abs(expected).max()


# Papers


def sign(number):
    return (number > 0) - (number < 0)


def lion(rate, beta1, beta2, decay):
    """Chen et al. (2023), algorithm 2."""
    m = [0.0, 0.0]

    def rule(t, axis, theta, g):
        c = beta1 * m[axis] + (1 - beta1) * g
        m[axis] = beta2 * m[axis] + (1 - beta2) * g
        return theta - rate * (sign(c) + decay * theta)

    return rule


@everywhere
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_lion_is_the_papers(name, decay):
    chosen = optimizer("lion", learning_rate=0.01, weight_decay=decay)
    close(visited(chosen, name), by_the_paper(lion(0.01, 0.9, 0.99, decay), name))
    chosen = optimizer("lion", learning_rate=0.02, beta1=0.5, beta2=0.8, weight_decay=decay)
    close(visited(chosen, name), by_the_paper(lion(0.02, 0.5, 0.8, decay), name))


def qhm(rate, beta, nu, decay):
    """Ma and Yarats (2019), equations 3 and 4."""
    buffer = [0.0, 0.0]

    def rule(t, axis, theta, g):
        g = g + decay * theta
        buffer[axis] = beta * buffer[axis] + (1 - beta) * g
        return theta - rate * ((1 - nu) * g + nu * buffer[axis])

    return rule


@everywhere
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_qhm_is_the_papers(name, decay):
    chosen = optimizer("qhm", learning_rate=0.001, weight_decay=decay)
    close(visited(chosen, name), by_the_paper(qhm(0.001, 0.999, 0.7, decay), name))
    chosen = optimizer("qhm", learning_rate=0.002, beta=0.9, nu=0.4, weight_decay=decay)
    close(visited(chosen, name), by_the_paper(qhm(0.002, 0.9, 0.4, decay), name))


def qhadam(rate, beta1, beta2, nu1, nu2, decay):
    """Ma and Yarats (2019), section 5."""
    g_buffer, s_buffer = [0.0, 0.0], [0.0, 0.0]

    def rule(t, axis, theta, g):
        g = g + decay * theta
        g_buffer[axis] = beta1 * g_buffer[axis] + (1 - beta1) * g
        s_buffer[axis] = beta2 * s_buffer[axis] + (1 - beta2) * g * g
        g_hat = g_buffer[axis] / (1 - beta1**t)
        s_hat = s_buffer[axis] / (1 - beta2**t)
        above = (1 - nu1) * g + nu1 * g_hat
        return theta - rate * above / (math.sqrt((1 - nu2) * g * g + nu2 * s_hat) + 1e-8)

    return rule


@everywhere
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_qhadam_is_the_papers(name, decay):
    chosen = optimizer("qhadam", learning_rate=0.01, weight_decay=decay)
    expected = by_the_paper(qhadam(0.01, 0.995, 0.999, 0.7, 1.0, decay), name)
    close(visited(chosen, name), expected)
    given = {"beta1": 0.9, "beta2": 0.99, "nu1": 0.5, "nu2": 0.8}
    chosen = optimizer("qhadam", learning_rate=0.02, **given, weight_decay=decay)
    close(visited(chosen, name), by_the_paper(qhadam(0.02, *given.values(), decay), name))


def test_defaults_are_the_papers_or_torchs():
    defaults = {
        name: {declared.name: declared.default for declared in kind.hyperparameters()}
        for name, kind in OPTIMIZERS.items()
    }
    adam = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    expected = {
        "gd": {"learning_rate": 1e-3},
        "momentum": {"learning_rate": 1e-3, "momentum": 0.9},
        "nesterov": {"learning_rate": 1e-3, "momentum": 0.9},
        "adagrad": {
            "learning_rate": 1e-2,
            "epsilon": 1e-10,
            "initial_accumulator": 0.0,
            "learning_rate_decay": 0.0,
        },
        "rmsprop": {
            "learning_rate": 1e-2,
            "alpha": 0.99,
            "centered": False,
            "momentum": 0.0,
            "epsilon": 1e-8,
        },
        "adadelta": {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-6},
        "adam": adam,
        "amsgrad": adam,
        "nadam": {**adam, "learning_rate": 2e-3, "momentum_decay": 4e-3},
        "adamax": {**adam, "learning_rate": 2e-3},
        "radam": adam,
        "lion": {"learning_rate": 1e-4, "beta1": 0.9, "beta2": 0.99},
        "qhm": {"learning_rate": 1e-3, "beta": 0.999, "nu": 0.7},
        "qhadam": {**adam, "beta1": 0.995, "nu1": 0.7, "nu2": 1.0},
    }
    for name, values in expected.items():
        assert defaults[name] == {**values, "weight_decay": 0.0}, name
    assert defaults["adamw"] == {**adam, "weight_decay": 0.01}
    assert defaults["rprop"] == {
        "learning_rate": 0.01,
        "eta_minus": 0.5,
        "eta_plus": 1.2,
        "smallest_step": 1e-6,
        "largest_step": 50.0,
    }


# Relatives


@everywhere
def test_qhm_without_its_mean_is_gradient_descent(name):
    ours = visited(optimizer("qhm", learning_rate=1e-3, nu=0.0), name)
    assert np.array_equal(ours, visited(optimizer("gd", learning_rate=1e-3), name))


@everywhere
def test_qhm_of_its_mean_alone_is_damped_momentum(name):
    """A mean of gradients is a velocity times 1 − β."""
    ours = visited(optimizer("qhm", learning_rate=1e-2, beta=0.9, nu=1.0), name)
    rate = 1e-2 * (1 - 0.9)
    close(ours, visited(optimizer("momentum", learning_rate=rate, momentum=0.9), name))


@everywhere
def test_qhadam_with_both_means_alone_is_adam(name):
    settings = {"learning_rate": 0.02, "beta1": 0.9, "beta2": 0.99}
    ours = visited(optimizer("qhadam", **settings, nu1=1.0, nu2=1.0), name)
    close(ours, visited(optimizer("adam", **settings), name))


@everywhere
def test_adamw_without_weight_decay_is_adam_exactly(name):
    ours = visited(optimizer("adamw", learning_rate=0.02, weight_decay=0.0), name)
    assert np.array_equal(ours, visited(optimizer("adam", learning_rate=0.02), name))


@everywhere
def test_nesterov_without_momentum_is_gradient_descent(name):
    ours = visited(optimizer("nesterov", learning_rate=1e-3, momentum=0.0), name)
    assert np.array_equal(ours, visited(optimizer("gd", learning_rate=1e-3), name))


def test_rmsprop_with_no_memory_takes_steps_of_one_length():
    points = visited(optimizer("rmsprop", learning_rate=0.1, alpha=0.0, epsilon=0.0), "valley", 20)
    np.testing.assert_allclose(np.abs(np.diff(points, axis=0)), 0.1, rtol=1e-12)


def under(slopes, chosen):
    """Return the updates for a sequence of gradients at one point."""
    params = np.zeros((1, 1))
    state = chosen.init(params)
    updates = []
    for slope in slopes:
        update, state = chosen.advance(Valley(), np.array([[slope]]), state, params)
        updates.append(update[0, 0])
    return np.array(updates)


def test_amsgrad_is_adam_exactly_while_the_second_moment_grows():
    slopes = np.linspace(1.0, 3.0, 50)
    ours = under(slopes, optimizer("amsgrad"))
    assert np.array_equal(ours, under(slopes, optimizer("adam")))


def test_amsgrad_takes_shorter_steps_than_adam_after_a_steep_stretch():
    slopes = [1.0] * 10 + [100.0] + [1.0] * 2000
    ours, adams = under(slopes, optimizer("amsgrad")), under(slopes, optimizer("adam"))
    assert abs(ours[-1]) < 0.7 * abs(adams[-1])


@pytest.mark.parametrize("name", ["adam", "amsgrad", "nadam", "adamax", "lion", "rprop", "adamw"])
def test_the_first_step_does_not_depend_on_how_steep_it_is(name):
    gentle, steep = (under([slope], optimizer(name))[0] for slope in (0.5, 500.0))
    assert gentle < 0
    assert steep == pytest.approx(gentle, rel=1e-6)


def test_radam_scales_no_step_before_the_sixth_of_the_defaults():
    one, ten = (under([slope] * 8, optimizer("radam")) for slope in (1.0, 10.0))
    np.testing.assert_allclose(ten[:5], 10 * one[:5], rtol=1e-12)
    np.testing.assert_allclose(ten[5:], one[5:], rtol=1e-6)


def test_rprop_stands_still_where_the_sign_has_changed_and_goes_on_with_half_the_step():
    updates = under([1.0, 1.0, -1.0, -1.0, -1.0], optimizer("rprop", learning_rate=1.0))
    np.testing.assert_allclose(updates, [-1.0, -1.2, 0.0, 0.6, 0.72], rtol=1e-15)


def test_rprops_steps_stay_between_the_smallest_and_the_largest():
    chosen = optimizer("rprop", learning_rate=1.0, smallest_step=0.4, largest_step=1.3)
    grown = under([1.0] * 10, chosen)
    np.testing.assert_allclose(grown[:2], [-1.0, -1.2])
    assert (grown[2:] == -1.3).all()
    shrunk = under([1.0, -1.0, 0.0, 1.0, -1.0, 0.0, 1.0, -1.0, 0.0, 1.0], chosen)
    assert shrunk[-1] == -0.4


def test_adagrads_rate_falls_with_the_square_root_of_the_steps():
    updates = under([1.0] * 100, optimizer("adagrad", learning_rate=1.0, epsilon=0.0))
    np.testing.assert_allclose(updates, -1 / np.sqrt(np.arange(1, 101)), rtol=1e-14)


def test_centered_rmsprop_survives_a_gradient_that_never_changes():
    """The variance is 0 but for rounding, which must not make it negative."""
    updates = under([0.1] * 5000, optimizer("rmsprop", centered=True, alpha=0.5))
    assert np.isfinite(updates).all()


@pytest.mark.parametrize("name", ["adam", "nadam", "radam", "adamax", "qhadam"])
def test_very_long_runs_stay_finite(name):
    """Powers of the means' shares reach the smallest numbers and stay there."""
    chosen = optimizer(name, beta1=0.5, beta2=0.9)
    updates = under([1.0] * 20_000, chosen)
    assert np.isfinite(updates).all()
    assert updates[-1] == pytest.approx(updates[-2], rel=1e-6)
