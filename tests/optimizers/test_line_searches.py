"""Searches along a line, and the optimizers that take gradients alone with them."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import OPTIMIZERS, optimizer
from gdviz.optimizers.armijo import backtracked
from gdviz.optimizers.ray import Ray
from gdviz.optimizers.ray_minimum import ray_minimum
from gdviz.optimizers.symbols import names_in
from gdviz.optimizers.wolfe import wolfe_steps
from gdviz.surfaces import SurfaceFile

CHOICES = {
    "newton": optimizer("newton"),
    "newton-plain": optimizer("newton", backtracking=False),
    "backtracking": optimizer("line_search"),
    "exact": optimizer("line_search", exact=True),
    "bb1": optimizer("barzilai_borwein", learning_rate=0.01),
    "bb2": optimizer("barzilai_borwein", learning_rate=0.01, short=True),
    "cg": optimizer("conjugate_gradient"),
    "bfgs": optimizer("bfgs"),
    "lbfgs": optimizer("lbfgs", memory=3),
    "nelder_mead": optimizer("nelder_mead"),
}
SAFE = ["newton", "backtracking", "exact", "cg", "bfgs", "lbfgs"]
each = pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES)
each_safe = pytest.mark.parametrize("chosen", [CHOICES[name] for name in SAFE], ids=SAFE)
CURVES = ["parabola", "quartic", "wiggle", "kink", "regression-w1"]
PLANES = [
    *("valley", "ravine", "rosenbrock", "himmelblau", "saddle", "monkey-saddle", "double-well"),
    *("rastrigin", "ackley", "plateau", "goldstein-price", "bukin", "diamond", "regression"),
]
each_landscape = pytest.mark.parametrize("name", CURVES + PLANES)


def formula(text):
    return FormulaLandscape.of(text)


def walk(chosen, landscape, starts, steps):
    """Return the points (steps + 1, n, d) that a plain loop visits."""
    params = np.array(starts, dtype=np.float64, ndmin=2)
    state, visited = chosen.init(params), [params]
    for _ in range(steps):
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        params = params + updates
        visited.append(params)
    return np.array(visited)


def losses(landscape, visited):
    return np.array([landscape.loss(params) for params in visited])


def starts_in(landscape, rows, seed=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))


def rays(landscape, points, resting=False):
    points = np.array(points, dtype=np.float64, ndmin=2)
    gradient = landscape.gradient(points)
    rest = np.full(len(points), resting)
    return Ray.of(landscape, points, gradient, -gradient, rest)


def constant(ray, value):
    return np.full(len(ray.loss), value)


# What all of them promise


@each_safe
@each_landscape
def test_no_step_climbs(chosen, name):
    landscape = preset(name).build()
    with np.errstate(all="ignore"):
        height = losses(landscape, walk(chosen, landscape, starts_in(landscape, 40), 40))
        assert not np.any(np.diff(height, axis=0) > 0.0)
    if name not in ("saddle", "monkey-saddle"):
        assert np.isfinite(height).all()
    assert np.all(height[-1] <= height[0])
    assert np.mean(height[-1] < height[0]) > 0.9


@each
@pytest.mark.parametrize("name", ["rosenbrock", "ackley", "quartic", "monkey-saddle", "bukin"])
def test_a_row_is_the_same_to_the_last_bit_in_any_batch(chosen, name):
    landscape = preset(name).build()
    starts = starts_in(landscape, 23)
    with np.errstate(all="ignore"):
        together = walk(chosen, landscape, starts, 12)
        order = np.random.default_rng(2).permutation(23)[:11]
        some = walk(chosen, landscape, starts[order], 12)
        assert some.tobytes() == together[:, order].tobytes()
        for row in range(0, 23, 6):
            alone = walk(chosen, landscape, starts[row], 12)
            assert alone.tobytes() == together[:, row : row + 1].tobytes()
        fortran = walk(chosen, landscape, np.asfortranarray(starts), 12)
        assert fortran.tobytes() == together.tobytes()


@each
def test_numbers_that_differ_per_row_equal_separate_runs(chosen):
    landscape = preset("himmelblau").build()
    starts, rng = starts_in(landscape, 7), np.random.default_rng(4)
    numbers = [d.name for d in type(chosen).hyperparameters() if d.kind == "number"]
    factors = {name: rng.uniform(0.5, 0.9, (7, 1)) for name in numbers}
    switches = {
        d.name: getattr(chosen, d.name)
        for d in type(chosen).hyperparameters()
        if d.kind != "number"
    }
    if "sufficient_decrease" in factors:
        factors["sufficient_decrease"] *= 0.5
    together = walk(type(chosen)(**factors, **switches), landscape, starts, 30)
    for row in range(7):
        own = {name: float(values[row, 0]) for name, values in factors.items()}
        alone = walk(type(chosen)(**own, **switches), landscape, starts[row], 30)
        assert alone.tobytes() == together[:, row : row + 1].tobytes()


def arrays_in(state):
    if isinstance(state, np.ndarray):
        return [state]
    return [found for part in state or () for found in arrays_in(part)]


@each
def test_nothing_that_is_given_is_changed_and_nothing_is_remembered(chosen):
    landscape = preset("rosenbrock").build()
    params = starts_in(landscape, 5)
    state = chosen.init(params)
    for _ in range(6):
        gradient = landscape.gradient(params)
        for array in (params, gradient, *arrays_in(state)):
            if array.size:
                array.flags.writeable = False
        first, following = chosen.advance(landscape, gradient, state, params)
        chosen.advance(landscape, -gradient, chosen.init(params), params + 1.0)
        second, _ = chosen.advance(landscape, gradient, state, params)
        assert first.tobytes() == second.tobytes()
        assert not any(np.shares_memory(first, a) for a in (params, gradient, *arrays_in(state)))
        # A caller who reuses his arrays must not reach into the state.
        assert not any(np.shares_memory(params, array) for array in arrays_in(following))
        params, state = params + first, following


@each
@pytest.mark.parametrize("name", ["rosenbrock", "quartic", "monkey-saddle", "diamond"])
def test_a_step_is_explained_as_it_is_taken(chosen, name):
    landscape = preset(name).build()
    params = starts_in(landscape, 9)
    state = chosen.init(params)
    wanted = {found for line in chosen.equations for found in names_in(line)}
    wanted -= {"x", "x'", "g", *(d.name for d in chosen.hyperparameters())}
    d = landscape.dimension
    for _ in range(12):
        gradient = landscape.gradient(params)
        told = chosen.explain(landscape, gradient, state, params)
        updates, state = chosen.advance(landscape, gradient, state, params)
        assert wanted | {"update"} <= set(told.values)
        assert told.values["update"].tobytes() == updates.tobytes()
        assert told.components[-1].role == "update"
        assert told.components[-1].displacement.tobytes() == updates.tobytes()
        assert all(part.displacement.shape == params.shape for part in told.components)
        assert {np.shape(value) for value in told.values.values()} <= {(9, d), (9, 1), (9, d, d)}
        params = params + updates


@pytest.mark.parametrize("key", [key for key in CHOICES if key != "nelder_mead"])
@pytest.mark.parametrize("name", ["saddle", "monkey-saddle", "double-well"])
def test_at_a_stationary_point_nothing_moves(key, name):
    landscape = preset(name).build()
    flat = np.zeros((1, 2))
    assert not landscape.gradient(flat).any()
    assert np.all(walk(CHOICES[key], landscape, flat, 3) == flat)


class Counted:
    """A landscape that counts how often, and at how many points, it is asked."""

    def __init__(self, landscape):
        self.landscape, self.calls = landscape, 0

    def __getattr__(self, name):
        def counted(params):
            self.calls += 1
            return getattr(self.landscape, name)(params)

        return counted


@each
@pytest.mark.parametrize("text", ["x", "e^(-x)", "|x|", "log(x)", "x^2 + 1e300", "-x^4", "7 + 0x"])
def test_a_step_asks_a_bounded_number_of_times(chosen, text):
    landscape = Counted(formula(text))
    params = np.array([[0.3], [1e-12], [0.0], [1e8], [-2.0]])
    state = chosen.init(params)
    for _ in range(5):
        landscape.calls = 0
        with np.errstate(all="ignore"):
            gradient = landscape.landscape.gradient(params)
            updates, state = chosen.advance(landscape, gradient, state, params)
            assert landscape.calls < 450
            assert not np.isnan(updates).any()
            params = params + updates


@each
def test_a_run_at_rest_stops_searching(chosen):
    """A search in vain is the dearest one; it isn't made a second time."""
    landscape = Counted(preset("rastrigin").build())
    params = np.array([[3.3, -2.4], [0.2, 0.1]])
    state = chosen.init(params)
    for _ in range(200):
        landscape.calls = 0
        gradient = landscape.landscape.gradient(params)
        updates, state = chosen.advance(landscape, gradient, state, params)
        params = params + updates
    assert landscape.calls <= 8


# Where the landscape isn't defined


@each_safe
@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("sqrt(x) + y^2", [[2.0, 3.0], [0.01, -1.0], [1e-9, 0.5]]),
        ("log(x) + y^2", [[2.0, 3.0], [0.01, -1.0]]),
        ("x - log(x) + (y - 1)^4", [[9.0, 3.0], [0.01, -1.0]]),
    ],
)
def test_no_run_walks_into_a_gap(chosen, text, starts):
    landscape = formula(text)
    with np.errstate(all="ignore"):
        visited = walk(chosen, landscape, starts, 60)
        height = losses(landscape, visited)
    assert np.isfinite(height).all()
    assert np.all(visited[..., 0] >= 0.0)
    assert not np.any(np.diff(height, axis=0) > 0.0)
    assert np.all(height[-1] < height[0])


@each_safe
def test_a_barrier_does_not_keep_a_run_from_the_minimum(chosen):
    visited = walk(chosen, formula("x - log(x) + (y - 1)^2"), [[9.0, 3.0], [0.05, -1.0]], 200)
    np.testing.assert_allclose(visited[-1], 1.0, atol=1e-6)


@each_safe
def test_no_run_leaves_the_limits_of_a_surface(chosen):
    x, y = np.linspace(0.0, 4.0, 9), np.linspace(0.0, 3.0, 7)
    sloping = 5.0 + x + 0.3 * np.sin(2.0 * x) + 0.5 * (y[:, np.newaxis] - 1.0) ** 2
    sloping[5, 6] = np.nan
    landscape = SampledLandscape.of(SurfaceFile.of(Path("s.npz"), x, y, {"loss": sloping}))
    visited = walk(chosen, landscape, [[3.5, 0.5], [1.7, 2.9], [0.3, 1.1]], 80)
    height = losses(landscape, visited)
    assert np.isfinite(height).all()
    assert not np.any(np.diff(height, axis=0) > 0.0)
    outcomes = descend(landscape, chosen, [[3.5, 0.5], [1.7, 2.9]], steps=80).outcome
    assert Outcome.LEFT_DOMAIN not in outcomes


@each
def test_an_undefined_row_leaves_its_neighbors_alone(chosen):
    landscape = formula("log(x) + x^2 + y^2")
    starts = np.array([[2.0, 3.0], [-1.0, 3.0], [0.5, 1.0]])
    with np.errstate(all="ignore"):
        together = walk(chosen, landscape, starts, 10)
        for row in (0, 2):
            alone = walk(chosen, landscape, starts[row], 10)
            assert alone.tobytes() == together[:, row : row + 1].tobytes()
    if chosen.key != "nelder_mead":
        assert np.all(together[:, 1] == starts[1])


# Armijo


def test_backtracking_takes_the_first_step_that_lowers_the_loss_enough():
    rng = np.random.default_rng(7)
    landscape = preset("himmelblau").build()
    ray = rays(landscape, starts_in(landscape, 50))
    first, shrink = rng.uniform(0.1, 2.0, 50), rng.uniform(0.2, 0.8, 50)
    steps = backtracked(ray, first, constant(ray, 0.1), shrink)
    for row in range(50):
        at, gradient = ray.origin[row], -ray.direction[row]
        step = first[row]
        while True:
            there = landscape.loss([at - step * gradient])[0]
            if there <= ray.loss[row] - 0.1 * step * (gradient @ gradient):
                break
            step *= shrink[row]
        assert steps[row] == pytest.approx(step, rel=1e-12)


def test_where_losses_are_equal_the_slopes_decide():
    """A rate of 1 from 10⁻⁶ away: the decrease of 10⁻¹² is lost beside 10⁶."""
    landscape = formula("x^2/2 + 1000000")
    near = 1e-6
    steps = backtracked(rays(landscape, [[near]]), *np.array([[1.0], [1e-4], [0.5]]))
    assert steps == 1.0
    over = backtracked(rays(landscape, [[near]]), *np.array([[2.5], [1e-4], [0.5]]))
    assert over == 1.25  # 2.5 would end farther away than it began, on the other side


@pytest.mark.parametrize("name", ["regression", "regression-w1", "outlier"])
def test_a_loss_of_many_thousands_does_not_hide_the_minimum(name):
    shown = preset(name)
    landscape = shown.build()
    run = descend(landscape, optimizer("line_search"), shown.start, steps=400)
    if name != "outlier":  # the least absolute deviations have kinks
        assert run.outcome == (Outcome.CONVERGED,)


def test_a_row_at_rest_is_not_searched():
    ray = rays(preset("sphere").build(), [[1.0, 1.0]], resting=True)
    assert backtracked(ray, *np.array([[0.1], [1e-4], [0.5]])) == 0.0
    assert wolfe_steps(ray, *np.array([[0.1], [1e-4], [0.9]])) == 0.0
    assert ray_minimum(ray, np.array([0.1])) == 0.0


# The exact search


@pytest.mark.parametrize("name", ["ravine", "booth", "matyas", "valley", "regression"])
def test_on_a_quadratic_the_exact_step_is_known(name):
    landscape = preset(name).build()
    ray = rays(landscape, starts_in(landscape, 40))
    steps = ray_minimum(ray, constant(ray, 1.0))
    hessian = landscape.hessian(ray.origin)
    for row in range(40):
        g = ray.direction[row]
        assert steps[row] == pytest.approx(g @ g / (g @ hessian[row] @ g), rel=1e-12)


def test_successive_gradients_of_the_exact_search_are_orthogonal():
    landscape = preset("ravine").build()
    visited = walk(CHOICES["exact"], landscape, [[9.0, 2.0], [-3.0, 0.4]], 8)
    slopes = np.array([landscape.gradient(params) for params in visited])
    for before, after in itertools.pairwise(slopes):
        lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
        assert np.all(np.abs(np.sum(before * after, axis=1)) <= 1e-10 * lengths)


def test_the_exact_search_on_a_ravine_shrinks_as_kantorovich_says():
    """From (k, 1) on (x² + k y²)/2, each step shrinks the loss by ((k − 1)/(k + 1))²."""
    landscape = preset("ravine").build()
    height = losses(landscape, walk(CHOICES["exact"], landscape, [[20.0, 1.0]], 10))[:, 0]
    np.testing.assert_allclose(height[1:] / height[:-1], (19 / 21) ** 2, rtol=1e-9)


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "goldstein-price", "quartic"])
def test_the_exact_search_ends_where_the_slope_along_the_line_is_0(name):
    from scipy.optimize import brentq

    landscape = preset(name).build()
    ray = rays(landscape, starts_in(landscape, 30))
    steps = ray_minimum(ray, constant(ray, 1.0))
    for row in range(30):
        at, along = ray.origin[row], ray.direction[row]

        def slope(t, at=at, along=along):
            return float(landscape.gradient([at + t * along])[0] @ along)

        root = brentq(slope, 0.999 * steps[row], 1.001 * steps[row], xtol=1e-300, rtol=1e-14)
        assert steps[row] == pytest.approx(root, rel=1e-9)


def test_the_exact_search_stops_in_the_first_well():
    """There are two, near 3 and near 1, and the farther one is the lower."""
    landscape = formula("(x - 1)^2 (x - 3)^2 + x")
    start = np.array([[3.6], [4.5]])
    ray = rays(landscape, start)
    there = (start + ray.update(ray_minimum(ray, constant(ray, 1.0))))[:, 0]
    roots = np.roots(np.polyadd(np.polyder(np.poly([1, 1, 3, 3])), [1.0]))
    well = max(root.real for root in roots)
    np.testing.assert_allclose(there, well, rtol=1e-12)


def test_the_exact_search_on_a_line_without_end_is_bounded():
    ray = rays(formula("x"), [[0.0]])
    assert ray_minimum(ray, np.array([1.0])) == 1024.0


# Wolfe


@pytest.mark.parametrize("name", ["rosenbrock", "rastrigin", "beale", "himmelblau", "wiggle"])
@pytest.mark.parametrize("first", [1e-3, 1.0])
def test_the_weak_wolfe_conditions_hold(name, first):
    landscape = preset(name).build()
    ray = rays(landscape, starts_in(landscape, 60))
    steps = wolfe_steps(ray, constant(ray, first), constant(ray, 1e-4), constant(ray, 0.9))
    points = ray.origin + ray.update(steps)
    after = np.sum(landscape.gradient(points) * ray.direction, axis=1)
    assert np.all(steps > 0.0)
    assert np.all(landscape.loss(points) <= ray.loss + 1e-4 * steps * ray.slope)
    assert np.all(after >= 0.9 * ray.slope)


def test_the_wolfe_search_is_lewis_and_overtons():
    """On φ(t) = (t − 5)²: 1 and 2 are too short of c = 0.1, as is 4; 8 is not."""
    landscape = formula("x^2")
    start, along = np.array([[5.0]]), np.array([[-1.0]])
    ray = Ray.of(landscape, start, landscape.gradient(start), along, np.array([False]))
    assert wolfe_steps(ray, *np.array([[1.0], [1e-4], [0.5]])) == 4.0
    assert wolfe_steps(ray, *np.array([[16.0], [1e-4], [0.5]])) == 8.0
    assert wolfe_steps(ray, *np.array([[3.0], [1e-4], [0.9]])) == 3.0


def test_where_the_loss_falls_on_and_on_the_wolfe_search_is_bounded():
    ray = rays(formula("x"), [[0.0]])
    assert wolfe_steps(ray, *np.array([[1.0], [1e-4], [0.9]])) == 1024.0


# Barzilai and Borwein


def scalar_bb(landscape, start, rate, steps, short):
    x, visited = np.array(start), [np.array(start)]
    before = None
    for _ in range(steps):
        g = landscape.gradient([x])[0]
        step = rate
        if before is not None:
            s, y = x - before[0], g - before[1]
            curved = s @ y
            step = (curved / (y @ y) if short else (s @ s) / curved) if curved > 0 else None
            step = math.sqrt((s @ s) / (y @ y)) if step is None else step
        before = (x, g)
        x = x - step * g
        visited.append(x)
    return np.array(visited)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("name", ["ravine", "booth", "himmelblau", "double-well"])
def test_barzilai_borwein_is_the_published_equation(name, short):
    landscape = preset(name).build()
    for start in starts_in(landscape, 6):
        chosen = optimizer("barzilai_borwein", learning_rate=0.001, short=short)
        visited = walk(chosen, landscape, start, 7)[:, 0]
        reference = scalar_bb(landscape, start, 0.001, 7, short)
        np.testing.assert_allclose(visited, reference, rtol=1e-7, atol=1e-9)


def test_the_second_barzilai_borwein_step_on_a_parabola_is_newtons():
    visited = walk(CHOICES["bb1"], preset("parabola").build(), [[-1.0]], 2)
    assert visited[2, 0, 0] == pytest.approx(3.0, rel=1e-14)


@pytest.mark.parametrize("short", [False, True])
def test_where_the_curvature_is_negative_the_rate_is_the_mean_of_both(short):
    landscape = preset("saddle").build()  # x² − y²: along y, y = −2 s
    chosen = optimizer("barzilai_borwein", learning_rate=0.1, short=short)
    visited = walk(chosen, landscape, [[0.0, 1.0]], 2)[:, 0]
    assert visited[1] == pytest.approx([0.0, 1.2])
    assert visited[2] == pytest.approx([0.0, 2.4])  # ‖s‖ / ‖y‖ is 1/2


@pytest.mark.parametrize("short", [False, True])
def test_barzilai_borwein_is_far_quicker_than_a_fixed_rate(short):
    shown = preset("ravine")
    chosen = optimizer("barzilai_borwein", learning_rate=0.01, short=short)
    run = descend(shown.build(), chosen, shown.start, steps=200)
    fixed = descend(shown.build(), optimizer("gd", learning_rate=0.09), shown.start, steps=200)
    assert run.outcome == (Outcome.CONVERGED,)
    assert run.outcome_step[0] < fixed.outcome_step[0] / 4


# The form


@pytest.mark.parametrize(
    "key",
    [
        *("newton", "line_search", "barzilai_borwein", "conjugate_gradient"),
        *("bfgs", "lbfgs", "nelder_mead"),
    ],
)
def test_every_name_in_an_equation_has_its_letters(key):
    from gdviz.optimizers.symbols import symbols_of

    chosen = OPTIMIZERS[key]()
    for line in chosen.equations:
        assert set(names_in(line)) <= set(symbols_of(chosen.symbols))


def test_switched_off_lines_are_left_out():
    assert "<t>" not in " ".join(optimizer("newton", backtracking=False).equations)
    assert len(optimizer("line_search", exact=True).equations) == 2
    assert len(optimizer("conjugate_gradient", restart=1).equations) == 3
