"""The theory of quadratics: closed forms, NumPy's roots, and simulation."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gdviz.engine.diagnosis import (
    Damping,
    Method,
    Scheme,
    best_constant_rate,
    best_scheme,
    damping,
    factor,
    largest_factor,
    polynomial,
    roots,
    signed_factor,
    stability_bound,
    steps_to_shrink,
)

METHODS = st.sampled_from(Method)
RATES = st.floats(1e-4, 3.0)
CURVATURES = st.floats(-2.0, 3.0)
MOMENTA = st.floats(0.0, 0.99)
CONDITIONS = (1.0, 2.0, 10.0, 100.0, 5000.0)


def simulate(scheme, curvature, steps, x=1.0):
    """Follow the published update rules on λx²/2, in a loop over plain floats."""
    path, v = [x], 0.0
    for _ in range(steps):
        g = curvature * x
        if scheme.method is Method.DESCENT:
            x -= scheme.rate * g
        elif scheme.method is Method.MOMENTUM:
            v = scheme.momentum * v + g
            x -= scheme.rate * v
        else:
            v = scheme.momentum * v + g
            x -= scheme.rate * (g + scheme.momentum * v)
        path.append(x)
    return np.array(path)


@given(METHODS, RATES, CURVATURES, MOMENTA)
def test_a_simulated_run_follows_the_recurrence_of_its_polynomial(method, rate, curvature, kept):
    scheme = Scheme(method, rate, kept)
    x = simulate(scheme, curvature, 12)
    trace, product = polynomial(scheme, curvature)
    size = np.abs(x).max()
    np.testing.assert_allclose(x[2:], trace * x[1:-1] - product * x[:-2], atol=1e-12 * size)


@given(METHODS, RATES, CURVATURES, MOMENTA)
def test_factor_and_roots_are_those_of_numpy(method, rate, curvature, kept):
    scheme = Scheme(method, rate, kept)
    trace, product = polynomial(scheme, curvature)
    expected = np.roots([1.0, -trace, product])
    found = roots(scheme, curvature)
    assert factor(scheme, curvature) == pytest.approx(np.abs(expected).max(), abs=1e-7)
    assert abs(found[0]) >= abs(found[1]) - 1e-12
    assert found[0] + found[1] == pytest.approx(trace, abs=1e-12)
    assert found[0] * found[1] == pytest.approx(product, abs=1e-12)
    assert abs(signed_factor(scheme, curvature)) == factor(scheme, curvature)


@given(METHODS, RATES, st.floats(0.1, 3.0), MOMENTA)
def test_the_simulated_rate_is_the_predicted_one(method, rate, curvature, kept):
    scheme = Scheme(method, rate, kept)
    predicted = factor(scheme, curvature)
    assume(1e-2 < predicted < 2.0)
    x = simulate(scheme, curvature, 400)
    # A double root grows like k·ρᵏ, so the bound has room for a factor of some hundreds.
    assume(np.all(np.abs(x[[200, 400]]) > 1e-290))
    late = np.log(np.maximum(np.abs(x[380:]), 1e-300)).max()
    early = np.log(np.maximum(np.abs(x[180:201]), 1e-300)).max()
    assert (late - early) / 200.0 == pytest.approx(math.log(predicted), abs=0.03)


@given(METHODS, st.floats(0.01, 100.0), MOMENTA)
def test_the_bound_parts_shrinking_from_growing(method, steepest, kept):
    bound = stability_bound(Scheme(method, 1.0, kept), steepest)
    assert factor(Scheme(method, bound, kept), steepest) == pytest.approx(1.0, abs=1e-9)
    assert factor(Scheme(method, 1.001 * bound, kept), steepest) > 1.0
    for share in (0.01, 0.3, 0.7, 0.999):
        for curvature in (steepest, steepest / 3.0, steepest / 1e3):
            assert factor(Scheme(method, share * bound, kept), curvature) < 1.0


def test_gradient_descents_formulas_are_the_textbooks():
    scheme = Scheme(Method.DESCENT, 0.1)
    assert factor(scheme, 4.0) == pytest.approx(0.6)
    assert signed_factor(scheme, 18.0) == pytest.approx(-0.8)
    assert stability_bound(scheme, 4.0) == 0.5
    assert best_constant_rate(scheme, 2.0, 4.0) == pytest.approx(1.0 / 3.0)
    assert factor(Scheme(Method.DESCENT, 1.0 / 3.0), 2.0) == pytest.approx(1.0 / 3.0)


def test_the_bounds_with_momentum():
    assert stability_bound(Scheme(Method.MOMENTUM, 1.0, 0.9), 20.0) == pytest.approx(0.19)
    assert stability_bound(Scheme(Method.NESTEROV, 1.0, 0.5), 3.0) == pytest.approx(0.5)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_best_factors_are_the_published_ones(condition):
    ends = (0.5, 0.5 * condition)
    root, long_root = math.sqrt(condition), math.sqrt(3.0 * condition + 1.0)
    published = {
        Method.DESCENT: (condition - 1.0) / (condition + 1.0),
        Method.MOMENTUM: (root - 1.0) / (root + 1.0),
        Method.NESTEROV: 1.0 - 2.0 / long_root,
    }
    for method, expected in published.items():
        best = best_scheme(method, *ends)
        # A double root moves by the square root of a rounding error.
        assert largest_factor(best, ends) == pytest.approx(expected, abs=1e-6)


@given(METHODS, st.floats(1.0, 1000.0), MOMENTA, st.floats(0.5, 1.5), st.floats(0.0, 0.99))
def test_no_other_rate_beats_the_best(method, condition, kept, share, other):
    ends = (1.0, condition)
    rate = best_constant_rate(Scheme(method, 1.0, kept), *ends)
    best = largest_factor(Scheme(method, rate, kept), ends)
    assert best <= largest_factor(Scheme(method, share * rate, kept), ends) + 1e-7
    overall = largest_factor(best_scheme(method, *ends), ends)
    assert overall <= best + 1e-6
    tried = Scheme(method, share * best_scheme(method, *ends).rate, other)
    assert overall <= largest_factor(tried, ends) + 1e-6


def test_damping_is_told_by_the_discriminant():
    kept = 0.25  # critical where ηλ = (1 − √μ)² = 0.25 and (1 + √μ)² = 2.25
    for product, expected in (
        (0.2, Damping.OVER),
        (0.25, Damping.CRITICAL),
        (1.0, Damping.UNDER),
        (2.25, Damping.CRITICAL),
        (2.3, Damping.OVER),
    ):
        assert damping(Scheme(Method.MOMENTUM, product, kept), 1.0) is expected
    assert damping(Scheme(Method.DESCENT, 1.0), 1.0) is Damping.OVER


def test_steps_to_shrink():
    assert steps_to_shrink(0.1) == pytest.approx(2.0)
    assert steps_to_shrink(0.5, by=8.0) == pytest.approx(3.0)
    assert steps_to_shrink(0.0) == 1.0
    assert steps_to_shrink(1.0) == steps_to_shrink(2.0) == steps_to_shrink(math.nan) == math.inf
