"""BFGS and L-BFGS."""

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer
from gdviz.optimizers.inverse_hessian import bfgs_update, curved

both = pytest.mark.parametrize("key", ["bfgs", "lbfgs"])


def starts_in(landscape, rows, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))


def told_walk(chosen, landscape, starts, steps):
    """Return the points, and what is told of each step."""
    params = np.array(starts, dtype=np.float64, ndmin=2)
    state, visited, told = chosen.init(params), [params], []
    for _ in range(steps):
        gradient = landscape.gradient(params)
        told.append(chosen.explain(landscape, gradient, state, params).values)
        updates, state = chosen.advance(landscape, gradient, state, params)
        params = params + updates
        visited.append(params)
    return np.array(visited), told


def update_as_published(inverse, s, y):
    rho, unit = 1 / (y @ s), np.eye(len(s))
    left = unit - rho * np.outer(s, y)
    return left @ inverse @ left.T + rho * np.outer(s, s)


@pytest.mark.parametrize("dimension", [1, 2])
def test_the_update_is_the_published_formula(dimension):
    rng = np.random.default_rng(3)
    s, y = rng.normal(size=(2, 200, dimension))
    good = curved(s, y)
    np.testing.assert_array_equal(good, np.sum(s * y, axis=1) > 0)
    roots = rng.normal(size=(200, dimension, dimension))
    inverse = roots @ roots.transpose(0, 2, 1) + 0.1 * np.eye(dimension)
    updated = bfgs_update(inverse, s, y)
    for row in np.flatnonzero(good):
        wanted = update_as_published(inverse[row], s[row], y[row])
        scale = np.abs(wanted).max()
        np.testing.assert_allclose(updated[row], wanted, rtol=1e-9, atol=1e-10 * scale)
        np.testing.assert_array_equal(updated[row], updated[row].T)
        secant = updated[row] @ y[row]
        np.testing.assert_allclose(secant, s[row], rtol=1e-6, atol=1e-9 * scale)


def test_no_curvature_is_learned_from_a_bad_pair():
    s = np.array([[1.0, 0.0], [0.0, 0.0], [1e-200, 0.0], [1.0, np.nan], [1.0, 1.0]])
    y = np.array([[-1.0, 0.0], [1.0, 0.0], [1e-200, 0.0], [1.0, 0.0], [1.0, np.inf]])
    with np.errstate(all="ignore"):
        assert not curved(s, y).any()


@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "ravine", "quartic"])
def test_bfgs_goes_by_the_published_formulas(name):
    landscape = preset(name).build()
    starts = starts_in(landscape, 8)
    visited, told = told_walk(optimizer("bfgs"), landscape, starts, 15)
    for row in range(8):
        inverse, gradients = None, [landscape.gradient(at[row : row + 1])[0] for at in visited]
        for k in range(1, 15):
            s = visited[k, row] - visited[k - 1, row]
            y = gradients[k] - gradients[k - 1]
            if np.linalg.norm(gradients[k]) < 1e-5:
                break
            if inverse is None:
                inverse = (s @ y) / (y @ y) * np.eye(len(s))
            inverse = update_as_published(inverse, s, y)
            mine = told[k]["H"][row]
            np.testing.assert_allclose(mine, inverse, rtol=1e-6, atol=1e-6 * abs(inverse).max())
            np.testing.assert_allclose(told[k]["p"][row], -mine @ gradients[k], rtol=1e-9)
            np.testing.assert_array_equal(
                visited[k + 1, row], visited[k, row] + told[k]["t"][row] * told[k]["p"][row]
            )


@pytest.mark.parametrize("memory", [1, 2, 5, 10])
@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "ravine", "quartic"])
def test_the_two_loops_multiply_by_what_bfgs_makes_of_the_last_pairs(name, memory):
    landscape = preset(name).build()
    starts = starts_in(landscape, 8)
    visited, told = told_walk(optimizer("lbfgs", memory=memory), landscape, starts, 15)
    for row in range(8):
        gradients = [landscape.gradient(at[row : row + 1])[0] for at in visited]
        for k in range(1, 15):
            if np.linalg.norm(gradients[k]) < 1e-5:
                break
            pairs = [
                (visited[i, row] - visited[i - 1, row], gradients[i] - gradients[i - 1])
                for i in range(max(1, k - memory + 1), k + 1)
            ]
            s, y = pairs[-1]
            inverse = (s @ y) / (y @ y) * np.eye(len(s))
            for pair in pairs:
                inverse = update_as_published(inverse, *pair)
            mine, scale = told[k]["H"][row], np.abs(inverse).max()
            np.testing.assert_allclose(mine, inverse, rtol=1e-6, atol=1e-6 * scale)
            along = -inverse @ gradients[k]
            np.testing.assert_allclose(
                told[k]["p"][row], along, rtol=1e-5, atol=1e-6 * np.abs(along).max()
            )


@pytest.mark.parametrize("name", ["ravine", "booth", "matyas"])
def test_on_a_quadratic_both_end_in_the_same_inverse_hessian(name):
    """The first two steps are the same; then γ differs, and both learn the truth."""
    landscape = preset(name).build()
    starts = starts_in(landscape, 10)
    full, of_full = told_walk(optimizer("bfgs"), landscape, starts, 10)
    limited, of_limited = told_walk(optimizer("lbfgs", memory=100), landscape, starts, 10)
    np.testing.assert_allclose(limited[:3], full[:3], rtol=1e-9, atol=1e-12)
    truth = np.linalg.inv(landscape.hessian(starts[:1])[0])
    for told in (of_full, of_limited):
        errors = [np.abs(values["H"] - truth).max(axis=(1, 2)) for values in told]
        assert np.all(np.min(errors, axis=0) < 0.02 * np.abs(truth).max())


@both
@pytest.mark.parametrize("name", ["rosenbrock", "beale", "booth", "matyas", "double-well"])
def test_both_end_where_scipys_do(name, key):
    from scipy.optimize import minimize

    shown = preset(name)
    landscape = shown.build()
    run = descend(landscape, optimizer(key), shown.start, steps=100)
    method, options = {
        "bfgs": ("BFGS", {"gtol": 1e-8}),
        "lbfgs": ("L-BFGS-B", {"ftol": 0.0, "gtol": 1e-8}),
    }[key]
    reference = minimize(
        lambda x: float(landscape.loss([x])[0]),
        shown.start,
        jac=lambda x: landscape.gradient([x])[0],
        method=method,
        options=options,
    )
    assert run.outcome == (Outcome.CONVERGED,)
    assert run.outcome_step[0] < 2 * reference.nit + 10
    np.testing.assert_allclose(run.params[-1, 0], reference.x, atol=1e-5)


@both
@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "six-hump-camel", "quartic"])
def test_they_converge_from_everywhere(name, key):
    landscape = preset(name).build()
    run = descend(landscape, optimizer(key), starts_in(landscape, 200), steps=200)
    assert set(run.outcome) == {Outcome.CONVERGED}


@both
def test_convergence_is_superlinear(key):
    shown = preset("rosenbrock")
    run = descend(shown.build(), optimizer(key), shown.start, steps=100)
    norms = np.linalg.norm(run.gradient[:, 0], axis=1)
    end = int(np.argmax(norms < 1e-9))
    ratios = norms[end - 3 : end + 1] / norms[end - 4 : end]
    assert ratios.min() < 1e-2


@both
def test_the_curvature_that_is_met_is_positive_at_every_step(key):
    landscape = preset("himmelblau").build()
    visited, _ = told_walk(optimizer(key), landscape, starts_in(landscape, 60), 6)
    slopes = np.array([landscape.gradient(params) for params in visited])
    s, y = np.diff(visited, axis=0), np.diff(slopes, axis=0)
    moved = np.any(s != 0, axis=2)
    assert moved.mean() > 0.9
    assert np.all(np.sum(s * y, axis=2)[moved & (np.abs(s).max(axis=2) > 1e-6)] > 0)


@both
def test_a_loss_without_end_is_run_down_and_not_looped_over(key):
    run = descend(preset("saddle").build(), optimizer(key), [[2.5, 0.01], [0.0, 1.0]], steps=50)
    assert set(run.outcome) == {Outcome.DIVERGED}
    assert run.loss[-1].max() < -1e3


@both
def test_from_the_ridge_of_a_saddle_the_run_ends_at_the_saddle(key):
    """With y = 0 no gradient ever points sideways: the slope is 0 there, and nothing moves."""
    run = descend(preset("saddle").build(), optimizer(key), [[2.5, 0.0]], steps=40)
    np.testing.assert_allclose(run.params[-1, 0], 0.0, atol=1e-6)


@both
def test_a_kink_is_approached_and_never_climbed(key):
    """Lewis and Overton's case: |x| + x² in one direction, smooth in the other."""
    landscape = FormulaLandscape.of("|x| + x^2 + (y - 1)^2")
    run = descend(landscape, optimizer(key), [[1.3, -0.7]], steps=60)
    assert run.loss[-1, 0] < 1e-6
    assert not np.any(np.diff(run.loss[:, 0]) > 0)


@both
def test_after_a_step_of_nothing_the_direction_is_the_gradients(key):
    """What has been learned led nowhere, so it is forgotten; −∇f is tried once, then no more."""
    landscape, chosen = preset("booth").build(), optimizer(key)
    params = np.array([[-8.0, -5.0]])
    state = chosen.init(params)
    for _ in range(4):
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        params = params + updates
    lonely = FormulaLandscape.of("sqrt(-(x - 1)^2 - (y - 3.5)^2)")  # defined at (1, 3.5) alone
    params, gradient = np.array([[1.0, 3.5]]), np.array([[1.0, 2.0]])
    learned = chosen.explain(lonely, gradient, state, params).values
    assert not np.array_equal(learned["H"], [np.eye(2)])
    for _ in range(2):
        updates, state = chosen.advance(lonely, gradient, state, params)
        assert not updates.any()
        told = chosen.explain(lonely, gradient, state, params).values
        np.testing.assert_array_equal(told["H"], [np.eye(2)])
        np.testing.assert_array_equal(told["p"], -gradient)
    assert state.last.vain.all()
