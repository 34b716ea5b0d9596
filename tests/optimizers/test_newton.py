"""Newton's method: quadratics at once, saddles downhill."""

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer

QUADRATICS = ["sphere", "ravine", "booth", "matyas", "valley", "parabola", "regression"]
CURVED = ["saddle", "monkey-saddle", "rosenbrock", "himmelblau", "double-well"]


def starts_in(landscape, rows, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))


def step(chosen, landscape, points):
    points = np.array(points, dtype=np.float64, ndmin=2)
    return chosen.advance(landscape, landscape.gradient(points), chosen.init(points), points)[0]


@pytest.mark.parametrize("backtracking", [True, False])
@pytest.mark.parametrize("name", QUADRATICS)
def test_on_a_convex_quadratic_one_step_suffices(name, backtracking):
    landscape = preset(name).build()
    starts = starts_in(landscape, 50)
    there = starts + step(optimizer("newton", backtracking=backtracking), landscape, starts)
    width = landscape.domain.width.max()
    np.testing.assert_allclose(there, np.tile(landscape.minima[0], (50, 1)), atol=1e-11 * width)


@pytest.mark.parametrize("name", [*CURVED, "goldstein-price", "rastrigin", "wiggle", "quartic"])
@pytest.mark.parametrize("damping", [1e-3, 0.5])
def test_the_direction_is_that_of_the_modified_hessian(name, damping):
    """Against LAPACK's eigenvectors, one matrix at a time."""
    landscape = preset(name).build()
    points = starts_in(landscape, 40)
    chosen = optimizer("newton", damping=damping, learning_rate=0.7, backtracking=False)
    updates, gradient = step(chosen, landscape, points), landscape.gradient(points)
    for row, hessian in enumerate(landscape.hessian(points)):
        values, vectors = np.linalg.eigh(hessian)
        raised = vectors @ np.diag(1 / np.maximum(np.abs(values), damping)) @ vectors.T
        wanted = -0.7 * raised @ gradient[row]
        np.testing.assert_allclose(updates[row], wanted, rtol=1e-9, atol=1e-9 * abs(wanted).max())


@pytest.mark.parametrize("name", CURVED)
def test_every_step_is_the_direction_halved_until_armijo_holds(name):
    landscape = preset(name).build()
    points = starts_in(landscape, 60)
    full = step(optimizer("newton", backtracking=False), landscape, points)
    taken = step(optimizer("newton"), landscape, points)
    slope = np.sum(full * landscape.gradient(points), axis=1)
    for row in range(60):
        share = 1.0
        while True:
            there = landscape.loss([points[row] + share * full[row]])[0]
            if there <= landscape.loss([points[row]])[0] + 1e-4 * share * slope[row]:
                break
            share /= 2
        np.testing.assert_array_equal(taken[row], share * full[row])


@pytest.mark.parametrize("name", CURVED)
def test_it_never_climbs_from_anywhere_and_passes_saddles(name):
    landscape = preset(name).build()
    params = np.concatenate([starts_in(landscape, 300), 1e-3 * starts_in(landscape, 100)])
    chosen = optimizer("newton")
    state, first = chosen.init(params), landscape.loss(params)
    with np.errstate(all="ignore"):
        for _ in range(60):
            before = landscape.loss(params)
            updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
            params = params + updates
            assert np.all(landscape.loss(params) <= before)
    if landscape.minima:
        nearest = [np.abs(params - minimum).max(axis=1) for minimum in landscape.minima]
        assert np.all(np.min(nearest, axis=0) < 1e-6)
    else:
        assert np.all(landscape.loss(params) < first - 100.0)  # these fall without end


def test_it_leaves_a_saddle_to_which_newtons_own_step_leads():
    landscape = preset("saddle").build()
    updates = step(optimizer("newton"), landscape, [[1.0, 0.01]])
    np.testing.assert_allclose(updates, [[-1.0, 0.01]], rtol=1e-12)  # −H⁻¹g is (−1, −0.01)


def test_at_a_saddle_itself_it_rests():
    for name in ("saddle", "monkey-saddle", "double-well"):
        assert not step(optimizer("newton"), preset(name).build(), [[0.0, 0.0]]).any()


def test_it_converges_quadratically_on_rosenbrock():
    shown = preset("rosenbrock")
    run = descend(shown.build(), optimizer("newton"), shown.start, steps=40)
    assert run.outcome == (Outcome.CONVERGED,)
    assert run.outcome_step[0] < 25
    norms = np.linalg.norm(run.gradient[:, 0], axis=1)
    last = int(np.argmax(norms < 1e-4))
    assert norms[last + 1] < 1e3 * norms[last] ** 2 + 1e-12


def test_where_the_hessian_is_undefined_the_gradient_leads():
    """√|x|³ has a slope at 0 and no curvature there; y² has both."""
    landscape = FormulaLandscape.of("x * sqrt(x) + y^2 + x")
    at = np.array([[0.0, 2.0]])
    assert np.isfinite(landscape.gradient(at)).all()
    assert not np.isfinite(landscape.hessian(at)).all()
    updates = step(optimizer("newton", backtracking=False), landscape, at)
    np.testing.assert_array_equal(updates, -landscape.gradient(at))
    assert not step(optimizer("newton"), landscape, at).any()  # downhill is a gap


def test_damping_bounds_a_step_where_the_loss_is_straight():
    landscape = FormulaLandscape.of("x + y^2")
    updates = step(optimizer("newton", damping=0.25, backtracking=False), landscape, [[1.0, 1.0]])
    np.testing.assert_allclose(updates, [[-4.0, -1.0]], rtol=1e-15)


def test_the_newton_direction_is_shown_beside_the_gradient():
    landscape = preset("rosenbrock").build()
    at = np.array([[-1.2, 1.0]])
    chosen = optimizer("newton")
    gradient = landscape.gradient(at)
    told = chosen.explain(landscape, gradient, chosen.init(at), at)
    assert [part.role for part in told.components] == ["gradient", "curvature", "update"]
    np.testing.assert_array_equal(told.components[0].displacement, -gradient)
    np.testing.assert_array_equal(told.components[1].displacement, told.values["p"])
    np.testing.assert_array_equal(
        told.values["t"] * told.values["p"], told.components[2].displacement
    )
    vectors, values = told.values["V"][0], told.values["l"][0]
    np.testing.assert_allclose(
        vectors @ np.diag(values) @ vectors.T, told.values["H"][0], rtol=1e-12
    )
