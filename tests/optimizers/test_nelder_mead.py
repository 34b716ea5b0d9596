"""The simplex method against SciPy's."""

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer
from gdviz.optimizers.hyperparameter import Hyperparameter

NAMES = [
    *("rosenbrock", "himmelblau", "beale", "booth", "goldstein-price", "ackley", "rastrigin"),
    *("eggholder", "bukin", "diamond", "saddle", "plateau", "regression", "valley"),
    *("parabola", "quartic", "wiggle", "kink"),
]


def starts_in(landscape, rows, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))


def simplices(chosen, landscape, starts, steps):
    """Return points (steps + 1, n, d), and best vertices and losses after each step."""
    params = np.array(starts, dtype=np.float64, ndmin=2)
    state, visited, best = chosen.init(params), [params], []
    for _ in range(steps):
        unknown = np.full_like(params, np.nan)  # it must not matter
        updates, state = chosen.advance(landscape, unknown, state, params)
        params = params + updates
        visited.append(params)
        best.append((state.simplex[:, 0], state.losses[:, 0]))
    return np.array(visited), best


def scipys(landscape, start, steps, simplex=None):
    from scipy.optimize import minimize

    def loss(x):
        value = float(landscape.loss([x])[0])
        return value if np.isfinite(value) else np.inf

    found = []
    options = {"xatol": -1.0, "fatol": -1.0, "maxiter": steps + 1, "maxfev": 10**6}
    with np.errstate(all="ignore"):
        minimize(
            loss,
            start,
            method="Nelder-Mead",
            callback=lambda intermediate_result: found.append(
                (intermediate_result.x.copy(), intermediate_result.fun)
            ),
            options={**options, "initial_simplex": simplex},
        )
    return found


def assert_same(landscape, starts, steps, chosen=None, simplex_of=lambda start: None):
    visited, best = simplices(chosen or optimizer("nelder_mead"), landscape, starts, steps)
    for row, start in enumerate(starts):
        reference = scipys(landscape, start, steps, simplex_of(start))
        assert len(reference) == steps
        for k, (point, loss) in enumerate(reference):
            np.testing.assert_array_equal(best[k][0][row], point, err_msg=f"step {k}")
            assert best[k][1][row] == loss
            # What is recorded is reached by one addition, and hence by one rounding.
            reach = np.spacing(np.maximum(np.abs(visited[k, row]), np.abs(point)))
            assert np.all(np.abs(visited[k + 1, row] - point) <= reach)


@pytest.mark.parametrize("name", NAMES)
def test_the_iterates_are_scipys_to_the_last_bit(name):
    landscape = preset(name).build()
    assert_same(landscape, starts_in(landscape, 4), 120)


@pytest.mark.parametrize("start", [(1.0, 1.0), (0.0, 0.0), (2.0, -2.0), (0.0, 3.0)])
@pytest.mark.parametrize("name", ["sphere", "himmelblau", "double-well"])
def test_so_they_are_where_vertices_are_equally_high(name, start):
    assert_same(preset(name).build(), np.array([start]), 80)


@pytest.mark.parametrize("text", ["sqrt(x) + y^2", "log(x) + x^2 + (y - 1)^2", "1/x + x + y^2"])
def test_undefined_points_are_higher_than_any(text):
    landscape = FormulaLandscape.of(text)
    starts = np.array([[0.02, 0.7], [2.0, 3.0], [0.3, -1.0]])
    assert_same(landscape, starts, 100)
    visited, _ = simplices(optimizer("nelder_mead"), landscape, starts, 100)
    assert np.isfinite([landscape.loss(params) for params in visited]).all()


def test_a_first_simplex_of_a_given_size_is_that_one():
    landscape = preset("rosenbrock").build()
    starts = starts_in(landscape, 3)
    chosen = optimizer("nelder_mead", initial_size=0.5)
    assert_same(
        landscape, starts, 80, chosen, lambda at: at + 0.5 * np.array([[0, 0], [1, 0], [0, 1]])
    )


def test_by_default_the_first_simplex_is_scipys():
    start = np.array([[2.0, 0.0], [-4.0, 1.0]])
    simplex = optimizer("nelder_mead").init(start).simplex
    np.testing.assert_array_equal(simplex[0], [[2.0, 0.0], [2.0 * 1.05, 0.0], [2.0, 0.00025]])
    np.testing.assert_array_equal(simplex[1], [[-4.0, 1.0], [-4.0 * 1.05, 1.0], [-4.0, 1.05]])


def test_sizes_may_differ_per_row():
    start = np.array([[2.0, 0.0], [2.0, 0.0]])
    chosen = optimizer("nelder_mead", initial_size=np.array([[0.0], [3.0]]))
    first, second = chosen.init(start).simplex
    np.testing.assert_array_equal(first[1:], [[2.1, 0.0], [2.0, 0.00025]])
    np.testing.assert_array_equal(second[1:], [[5.0, 0.0], [2.0, 3.0]])


def test_the_best_vertex_never_climbs():
    landscape = preset("himmelblau").build()
    _, best = simplices(optimizer("nelder_mead"), landscape, starts_in(landscape, 50), 100)
    height = np.array([loss for _, loss in best])
    assert not np.any(np.diff(height, axis=0) > 0)
    assert np.all(height[-1] < 1e-8)


def test_it_converges_where_the_loss_tells():
    landscape = preset("rosenbrock").build()
    run = descend(landscape, optimizer("nelder_mead"), starts_in(landscape, 60), steps=300)
    assert set(run.outcome) == {Outcome.CONVERGED}
    np.testing.assert_allclose(run.params[-1], 1.0, atol=1e-6)


def test_the_simplex_is_explained():
    landscape = preset("himmelblau").build()
    chosen, params = optimizer("nelder_mead", initial_size=1.0), np.array([[0.5, -1.0]])
    state = chosen.init(params)
    for _ in range(30):
        told = chosen.explain(landscape, landscape.gradient(params), state, params)
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        values = {name: np.asarray(value)[0] for name, value in told.values.items()}
        assert values["t"] in (-1.0, -2.0, -0.5, 0.5)
        np.testing.assert_allclose(
            values["v"], values["c"] + values["t"] * (values["w"] - values["c"]), rtol=1e-12
        )
        kept = np.any(np.all(state.simplex[0] == values["v"], axis=1))
        assert kept == (values["shrink"] == 1.0)
        assert [part.role for part in told.components] == [
            *["curvature"] * 2,
            "scaling",
            "update",
        ]
        params = params + updates


def test_on_a_line_the_simplex_has_one_other_vertex():
    landscape, params = preset("parabola").build(), np.array([[-1.0]])
    chosen = optimizer("nelder_mead")
    told = chosen.explain(landscape, landscape.gradient(params), chosen.init(params), params)
    assert [part.role for part in told.components] == ["curvature", "scaling", "update"]


def test_its_size_is_its_only_hyperparameter():
    (size,) = type(optimizer("nelder_mead")).hyperparameters()
    assert isinstance(size, Hyperparameter)
    assert (size.name, size.default, size.range) == ("initial_size", 0.0, "at least 0")
