"""Optimizers do what their papers say, row by row, and remember nothing themselves."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gdviz.landscapes import Valley, preset
from gdviz.optimizers import OPTIMIZERS, GradientDescent, Momentum, optimizer

every_optimizer = pytest.mark.parametrize("kind", list(OPTIMIZERS.values()), ids=list(OPTIMIZERS))
curvature = st.floats(1e-3, 1e3)
coordinate = st.floats(-1e3, 1e3)


def run(chosen, gradient_of, start, steps):
    """Return the visited points, shape (steps + 1, n, d), of the loop that users write."""
    params = np.array(start, dtype=np.float64, ndmin=2)
    state = chosen.init(params)
    visited = [params]
    for _ in range(steps):
        updates, state = chosen.update(gradient_of(params), state, params)
        params = params + updates
        visited.append(params)
    return np.array(visited)


# Against the published equations


def scalar_descent(slope, start, learning_rate, steps):
    """Plain descent, x ← x − η f'(x), one number at a time."""
    visited = [start]
    for _ in range(steps):
        visited.append(visited[-1] - learning_rate * slope(visited[-1]))
    return visited


def scalar_heavy_ball(slope, start, learning_rate, momentum, steps):
    """Polyak's two-point form, x'' = x' − η f'(x') + μ (x' − x), without a velocity."""
    before, now = start, start
    visited = [start]
    for _ in range(steps):
        before, now = now, now - learning_rate * slope(now) + momentum * (now - before)
        visited.append(now)
    return visited


def test_gradient_descent_on_the_valley_is_the_scalar_loop():
    visited = run(optimizer("gd", learning_rate=0.1), Valley().gradient, (-3.0, 4.0), 200)
    x = scalar_descent(lambda x: 2 * (x - 2), -3.0, 0.1, 200)
    y = scalar_descent(lambda y: 4 * y, 4.0, 0.1, 200)
    assert visited[1].tolist() == [[-2.0, pytest.approx(2.4, rel=1e-15)]]
    assert visited[:, 0, 0] == pytest.approx(x, rel=1e-13, abs=1e-15)
    assert visited[:, 0, 1] == pytest.approx(y, rel=1e-13)


def test_momentum_on_the_valley_is_polyaks_heavy_ball():
    chosen = optimizer("momentum", learning_rate=0.02, momentum=0.9)
    visited = run(chosen, Valley().gradient, (-3.0, 4.0), 200)
    x = scalar_heavy_ball(lambda x: 2 * (x - 2), -3.0, 0.02, 0.9, 200)
    y = scalar_heavy_ball(lambda y: 4 * y, 4.0, 0.02, 0.9, 200)
    assert visited[:, 0, 0] == pytest.approx(x, rel=1e-11, abs=1e-12)
    assert visited[:, 0, 1] == pytest.approx(y, rel=1e-11, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(curvature, coordinate, st.floats(0.01, 2.05))
def test_gradient_descent_on_a_quadratic_is_a_geometric_sequence(curve, start, speed):
    """On f = c x²/2, xₖ = (1 − ηc)ᵏ x₀: shrinking below η = 2/c, growing beyond."""
    rate = speed / curve
    visited = run(GradientDescent(rate), lambda x: curve * x, [[start]], 200)[:, 0, 0]
    exact = [float((1 - Fraction(rate) * Fraction(curve)) ** k) for k in (1, 2, 50, 200)]
    scale = [1, 1, *(max(1.0, abs(1 - speed)) ** k for k in (50, 200))]
    for k, factor, size in zip((1, 2, 50, 200), exact, scale, strict=True):
        assert visited[k] == pytest.approx(factor * start, rel=1e-10, abs=1e-12 * size)


@settings(deadline=None, max_examples=40)
@given(curvature, coordinate, st.floats(0.01, 1.9), st.floats(0.0, 0.99))
def test_momentum_on_a_quadratic_is_the_heavy_ball(curve, start, speed, momentum):
    rate = speed / curve
    chosen = Momentum(rate, momentum)
    visited = run(chosen, lambda x: curve * x, [[start]], 200)[:, 0, 0]
    reference = scalar_heavy_ball(lambda x: curve * x, start, rate, momentum, 200)
    assert visited == pytest.approx(reference, rel=1e-8, abs=1e-9 * abs(start))


def test_momentum_keeps_an_exact_velocity():
    """With powers of two nothing rounds: v = 1/2 v + g, worked out by hand."""
    chosen = Momentum(learning_rate=0.25, momentum=0.5)
    params = np.array([[1.0, -2.0]])
    state = chosen.init(params)
    updates, state = chosen.update(np.array([[4.0, 8.0]]), state, params)
    assert updates.tolist() == [[-1.0, -2.0]]
    updates, state = chosen.update(np.array([[2.0, -4.0]]), state, params)
    assert updates.tolist() == [[-1.0, 0.0]]  # velocity 2 + 2 and 4 − 4
    updates, state = chosen.update(np.array([[0.0, 1.0]]), state, params)
    assert updates.tolist() == [[-0.5, -0.25]]


def test_momentum_under_a_constant_slope_reaches_its_terminal_speed():
    """The velocity's geometric series ends at g / (1 − μ)."""
    visited = run(Momentum(0.01, 0.9), np.ones_like, [[0.0]], 400)[:, 0, 0]
    assert visited[-1] - visited[-2] == pytest.approx(-0.01 / (1 - 0.9))
    steps = 10
    series = sum((steps - k) * 0.9**k for k in range(steps))
    assert visited[steps] == pytest.approx(-0.01 * series)


@given(arrays.arrays(np.float64, (3, 2), elements=coordinate), st.floats(1e-4, 10))
def test_momentum_zero_is_gradient_descent_exactly(start, rate):
    plain = run(GradientDescent(rate), Valley().gradient, start, 20)
    heavy = run(Momentum(rate, 0.0), Valley().gradient, start, 20)
    assert np.array_equal(heavy, plain)


@pytest.mark.parametrize(("rate", "shrinks"), [(0.49, True), (0.51, False)])
def test_gradient_descent_is_stable_up_to_two_over_the_curvature(rate, shrinks):
    visited = run(GradientDescent(rate), Valley().gradient, (2.0, 1.0), 200)
    assert (abs(visited[-1, 0, 1]) < 1) == shrinks


# Pure functions


def frozen(array):
    array.flags.writeable = False
    return array


def frozen_state(state):
    return frozen(state) if isinstance(state, np.ndarray) else state


@every_optimizer
def test_init_and_update_leave_their_inputs_as_they_were(kind):
    chosen = kind()
    params = frozen(np.array([[1.0, -2.0], [3.0, 4.0]]))
    gradient = frozen(np.array([[0.5, 0.25], [-8.0, 1.0]]))
    before = params.tobytes(), gradient.tobytes()
    state = frozen_state(chosen.init(params))
    for _ in range(3):  # writing to what is read-only would raise
        kept = np.array(state, copy=True)
        updates, following = chosen.update(gradient, state, params)
        assert np.array_equal(np.array(state), kept)
        assert updates.shape == params.shape
        for shared in (params, gradient, *([state] if isinstance(state, np.ndarray) else [])):
            assert not np.shares_memory(updates, shared)
        state = frozen_state(following)
    assert (params.tobytes(), gradient.tobytes()) == before


@every_optimizer
def test_the_same_inputs_give_the_same_outputs_in_any_order(kind):
    chosen = kind()
    params, gradient = np.ones((2, 2)), np.array([[0.5, 0.25], [-8.0, 1.0]])
    state = chosen.init(params)
    _, later = chosen.update(gradient, state, params)
    first, first_state = chosen.update(gradient, later, params)
    chosen.update(-3.0 * gradient, state, params)  # another run, in between
    second, second_state = chosen.update(gradient, later, params)
    assert first.tobytes() == second.tobytes()
    assert np.array_equal(np.array(first_state), np.array(second_state))


@every_optimizer
def test_a_run_can_be_resumed_from_its_state(kind):
    chosen = kind(learning_rate=0.05)
    start = [[-3.0, 4.0], [1.0, 1.0]]
    whole = run(chosen, Valley().gradient, start, 20)
    params, state = np.array(start), chosen.init(np.array(start))
    for _ in range(8):
        updates, state = chosen.update(Valley().gradient(params), state, params)
        params = params + updates
    twin = kind(learning_rate=0.05)
    for _ in range(12):
        updates, state = twin.update(Valley().gradient(params), state, params)
        params = params + updates
    assert params.tobytes() == whole[-1].tobytes()


@every_optimizer
def test_a_step_points_downhill_at_first(kind):
    chosen = kind()
    params = np.array([[-3.0, 4.0], [5.0, -1.0]])
    gradient = Valley().gradient(params)
    updates, _ = chosen.update(gradient, chosen.init(params), params)
    assert np.all(np.sum(updates * gradient, axis=1) < 0)


@every_optimizer
def test_at_a_critical_point_nothing_moves(kind):
    visited = run(kind(), Valley().gradient, (2.0, 0.0), 10)
    assert np.all(visited == [2.0, 0.0])


# Batches


@every_optimizer
@pytest.mark.parametrize("name", ["valley", "regression-w1"])
def test_hyperparameters_per_row_equal_separate_runs_to_the_last_bit(kind, name):
    landscape = preset(name).build()
    rng = np.random.default_rng(5)
    rows = 13
    starts = rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))
    values = {
        declared.name: rng.uniform(0.01, 0.6, (rows, 1)) for declared in kind.hyperparameters()
    }
    with np.errstate(all="ignore"):
        together = run(kind(**values), landscape.gradient, starts, 200)
        for row in range(rows):
            own = {name: float(column[row, 0]) for name, column in values.items()}
            alone = run(kind(**own), landscape.gradient, starts[row], 200)
            assert alone.tobytes() == together[:, row : row + 1].tobytes()


@every_optimizer
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_rows_run_ignores_its_batch_and_the_layout_in_memory(kind, data):
    shape = st.tuples(st.integers(1, 12), st.just(2))
    starts = data.draw(arrays.arrays(np.float64, shape, elements=coordinate))
    order = data.draw(st.permutations(range(len(starts))))
    chosen = kind(learning_rate=0.1)
    together = run(chosen, Valley().gradient, starts, 15)
    assert run(chosen, Valley().gradient, starts[order], 15).tobytes() == (
        together[:, order].tobytes()
    )
    fortran = run(chosen, Valley().gradient, np.asfortranarray(starts), 15)
    assert np.array_equal(fortran, together)


@every_optimizer
def test_a_row_that_overflows_leaves_its_neighbors_alone(kind):
    params = np.array([[1.0, 2.0], [1.0, 2.0]])
    gradient = np.array([[0.5, 0.25], [math.inf, math.nan]])
    chosen = kind()
    updates, state = chosen.update(gradient, chosen.init(params), params)
    alone, _ = chosen.update(gradient[:1], chosen.init(params[:1]), params[:1])
    assert updates[:1].tobytes() == alone.tobytes()
    assert not np.isfinite(updates[1]).any()
    again, _ = chosen.update(np.zeros((2, 2)), state, params)
    assert np.isfinite(again[0]).all()
