"""Gradient descent and momentum do what their papers say."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gdviz.landscapes import Valley
from gdviz.optimizers import GradientDescent, Momentum, optimizer

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
