"""Nonlinear conjugate gradients."""

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer


def starts_in(landscape, rows, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))


def walk(chosen, landscape, starts, steps):
    params = np.array(starts, dtype=np.float64, ndmin=2)
    state, visited = chosen.init(params), [params]
    for _ in range(steps):
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        params = params + updates
        visited.append(params)
    return np.array(visited)


@pytest.mark.parametrize("name", ["sphere", "ravine", "booth", "matyas", "valley", "regression"])
def test_a_quadratic_of_two_parameters_takes_two_steps(name):
    landscape = preset(name).build()
    visited = walk(optimizer("conjugate_gradient"), landscape, starts_in(landscape, 50), 2)
    width = landscape.domain.width.max()
    np.testing.assert_allclose(
        visited[2], np.tile(landscape.minima[0], (50, 1)), atol=1e-10 * width
    )


def test_a_parabola_takes_one_step():
    visited = walk(optimizer("conjugate_gradient"), preset("parabola").build(), [[-1.0]], 1)
    assert visited[1, 0, 0] == pytest.approx(3.0, rel=1e-14)


@pytest.mark.parametrize("name", ["ravine", "booth", "matyas"])
def test_successive_directions_are_conjugate(name):
    landscape = preset(name).build()
    starts = starts_in(landscape, 20)
    visited = walk(optimizer("conjugate_gradient"), landscape, starts, 2)
    first, second = visited[1] - visited[0], visited[2] - visited[1]
    hessian = landscape.hessian(starts)[0]
    lengths = np.linalg.norm(first @ hessian, axis=1) * np.linalg.norm(second, axis=1)
    assert np.all(np.abs(np.sum((first @ hessian) * second, axis=1)) < 1e-9 * lengths)


def polak_ribiere(landscape, start, steps, restart):
    """Run the published equations from one start, with Brent's minimum along the line."""
    from scipy.optimize import brentq

    x, p, last, age, visited = np.array(start), None, None, 0, [np.array(start)]
    for _ in range(steps):
        g = landscape.gradient([x])[0]
        beta = 0.0
        if age:
            beta = max(0.0, g @ (g - last) / (last @ last))
            if g @ (-g + beta * p) >= 0:
                beta = 0.0
        p = -g + (beta * p if beta else 0.0)

        def slope(t, x=x, p=p):
            return float(landscape.gradient([x + t * p])[0] @ p)

        high = 1e-6
        while slope(high) < 0:
            high *= 1.2
        x, last = x + brentq(slope, high / 1.2, high, xtol=1e-300, rtol=1e-15) * p, g
        age = (age if beta else 0) + 1
        age = 0 if age >= restart else age
        visited.append(x)
    return np.array(visited)


@pytest.mark.parametrize("restart", [1, 2, 5])
@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "beale", "double-well"])
def test_it_is_the_published_equation(name, restart):
    shown = preset(name)
    landscape = shown.build()
    visited = walk(optimizer("conjugate_gradient", restart=restart), landscape, shown.start, 6)
    reference = polak_ribiere(landscape, shown.start, 6, restart)
    np.testing.assert_allclose(visited[:, 0], reference, rtol=1e-6, atol=1e-7)


def test_restarting_at_every_step_is_steepest_descent():
    landscape = preset("rosenbrock").build()
    starts = starts_in(landscape, 5)
    plain = walk(optimizer("line_search", exact=True), landscape, starts, 10)
    always = walk(optimizer("conjugate_gradient", restart=1), landscape, starts, 10)
    np.testing.assert_allclose(always, plain, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ["rosenbrock", "booth", "himmelblau", "beale"])
def test_it_ends_where_scipys_does(name):
    from scipy.optimize import minimize

    shown = preset(name)
    landscape = shown.build()
    run = descend(landscape, optimizer("conjugate_gradient"), shown.start, steps=200)
    reference = minimize(
        lambda x: float(landscape.loss([x])[0]),
        shown.start,
        jac=lambda x: landscape.gradient([x])[0],
        method="CG",
        options={"gtol": 1e-8},
    )
    assert run.outcome == (Outcome.CONVERGED,)
    assert run.loss[-1, 0] == pytest.approx(landscape.loss([landscape.minima[0]])[0], abs=1e-9)
    if name != "himmelblau":  # which of its four minima is reached depends on the search
        np.testing.assert_allclose(run.params[-1, 0], reference.x, atol=1e-6)


def test_it_is_far_quicker_than_steepest_descent_along_a_valley():
    shown = preset("rosenbrock")
    landscape = shown.build()
    conjugate = descend(landscape, optimizer("conjugate_gradient"), shown.start, steps=200)
    steepest = descend(landscape, optimizer("line_search", exact=True), shown.start, steps=200)
    assert conjugate.outcome_step[0] < 60
    assert steepest.outcome == (Outcome.LAST_STEP,)
