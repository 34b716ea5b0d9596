"""Verdicts on quadratics, where every factor per step is known."""

import dataclasses
import math

import numpy as np
import pytest

import gdviz
from gdviz.engine import Outcome, descend
from gdviz.engine.diagnosis import (
    Method,
    Scheme,
    VerdictKind,
    best_scheme,
    diagnose,
    factor,
    largest_factor,
    stability_bound,
)
from gdviz.landscapes import preset
from gdviz.numbers import format_number
from gdviz.optimizers import with_hyperparameters
from tests.engine.diagnosis.conftest import (
    PARABOLA,
    Bowl,
    Nesterov,
    SignDescent,
    gd,
    momentum,
    trajectory_of,
)

START = (4.0, 1.0)
TURNED = Bowl(2.0, 20.0, angle=0.7, center=(1.0, -2.0), known=False)
BOWLS = [
    Bowl(2.0, 4.0),
    Bowl(2.0, 20.0),
    Bowl(1.0, 100.0),
    TURNED,
    Bowl(0.5, 15.0, angle=-1.2, center=(3.0, 3.0)),
]


def judge(landscape, optimizer, start=START, steps=200, **how):
    return diagnose(landscape, optimizer, descend(landscape, optimizer, start, steps), **how)


def evidence(verdict, start):
    values = {item.label: item.value for item in verdict.evidence}
    if start in values:
        return values[start]
    (found,) = [value for label, value in values.items() if label.startswith(start)]
    return found


def number(text):
    mantissa, _, power = text.replace("−", "-").partition("×10")
    power = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10.0 ** int(power or 0)


# Gradient descent in two dimensions


@pytest.mark.parametrize(
    ("share", "kinds"),
    [
        (0.1, {VerdictKind.CONVERGING, VerdictKind.CRAWLING, VerdictKind.CONVERGED}),
        (0.5, {VerdictKind.CONVERGING, VerdictKind.CRAWLING, VerdictKind.CONVERGED}),
        (0.99, {VerdictKind.ZIGZAG, VerdictKind.CONVERGING}),
        (1.01, {VerdictKind.DIVERGING}),
        (1.5, {VerdictKind.DIVERGING}),
    ],
)
@pytest.mark.parametrize("bowl", BOWLS, ids=str)
def test_gradient_descent_at_shares_of_the_bound(bowl, share, kinds):
    rate = share * 2.0 / bowl.steep
    verdict = judge(bowl, gd(rate))
    assert verdict.kind in kinds
    if verdict.kind is VerdictKind.CRAWLING:
        assert (1.0 - rate * bowl.flat) ** 400 > 0.01
    assert number(evidence(verdict, "stability bound")) == pytest.approx(2.0 / bowl.steep, rel=1e-3)
    best = 2.0 / (bowl.flat + bowl.steep)
    assert number(evidence(verdict, "best constant rate")) == pytest.approx(best, rel=1e-3)
    condition = number(evidence(verdict, "condition number"))
    assert condition == pytest.approx(bowl.steep / bowl.flat, rel=1e-3)


def test_the_evidence_of_curvature_stands_in_its_order():
    labels = [item.label for item in judge(TURNED, gd(0.01)).evidence]
    assert labels[:6] == [
        "eigenvalues at (1, −2)",
        "curvature along the path",
        "condition number κ",
        "stability bound 2/λmax",
        "best constant rate",
        "learning rate",
    ]
    assert all(item.help.endswith(".") for item in judge(TURNED, gd(0.01)).evidence)


@pytest.mark.parametrize("rate", [0.002, 0.01, 0.05, 0.08, 0.09, 0.098, 0.1, 0.101])
@pytest.mark.parametrize("bowl", [Bowl(2.0, 20.0), TURNED], ids=str)
def test_observed_and_predicted_factors_agree_with_the_closed_form(bowl, rate):
    verdict = judge(bowl, gd(rate), steps=300)
    for curvature in (2.0, 20.0):
        expected = 1.0 - rate * curvature
        predicted = evidence(verdict, f"predicted factor, λ = {format_number(curvature)}")
        assert number(predicted) == pytest.approx(expected, abs=1e-3)
        seen = [e for e in verdict.evidence if e.label == f"observed factor, λ = {curvature:g}"]
        if abs(expected) > 0.05:
            assert number(seen[0].value) == pytest.approx(expected, abs=1e-3)
    slowest = max(abs(1.0 - 2.0 * rate), abs(1.0 - 20.0 * rate))
    assert number(evidence(verdict, "predicted rate")) == pytest.approx(slowest, abs=1e-3)
    assert number(evidence(verdict, "observed rate")) == pytest.approx(slowest, abs=1e-3)


def test_a_zigzag_is_said_with_both_factors_and_both_curvatures():
    verdict = judge(Bowl(1.0, 100.0), gd(0.019))
    assert verdict.kind is VerdictKind.ZIGZAG
    for told in ("steep", "λ = 100", "−0.9", "flat", "λ = 1", "0.981"):
        assert told in verdict.sentence
    assert verdict.remedy is None  # 0.0198 would be faster by four hundredths only


def test_zigzag_far_from_the_best_rate_has_it_as_its_remedy():
    verdict = judge(Bowl(2.0, 20.0), gd(0.099))
    assert verdict.kind is VerdictKind.ZIGZAG
    assert verdict.remedy.hyperparameters == (("learning_rate", pytest.approx(1.0 / 11.0)),)
    assert "0.09091" in verdict.remedy.title


def test_exactly_at_the_bound_it_neither_converges_nor_diverges():
    for steps in (50, 1000):
        verdict = judge(Bowl(2.0, 20.0), gd(0.1), steps=steps)
        assert verdict.kind is VerdictKind.ZIGZAG
        assert "neither shrinks nor grows" in verdict.sentence
        assert verdict.remedy is not None


def test_divergence_names_the_bound_the_rate_and_the_factor():
    for rate, growth in ((0.101, "−1.02"), (0.15, "−2")):
        verdict = judge(Bowl(2.0, 20.0), gd(rate))
        assert verdict.kind is VerdictKind.DIVERGING
        for told in (format_number(rate), "2/λmax = 0.1", growth, "λ = 20"):
            assert told in verdict.sentence


def test_crawling_gives_the_steps_that_a_hundredfold_takes():
    verdict = judge(Bowl(1.0, 100.0), gd(0.001))
    assert verdict.kind is VerdictKind.CRAWLING
    needed = math.log(100.0) / -math.log(0.999)
    assert 4600 < needed < 4700
    assert "about 4,700 steps" in verdict.sentence
    assert "0.999" in verdict.sentence
    assert verdict.remedy.hyperparameters == (("learning_rate", pytest.approx(2.0 / 101.0)),)


def test_a_condition_number_that_no_rate_helps_is_named():
    verdict = judge(Bowl(1.0, 1e4), gd(2.0 / 10001.0))
    assert verdict.kind is VerdictKind.CRAWLING
    assert "condition number is 10000" in verdict.sentence
    assert "momentum 0.9608" in verdict.sentence
    assert verdict.remedy is None


def test_a_flat_valley_that_crawls_does_not_zigzag_for_a_few_steps_at_its_start():
    assert judge(Bowl(1.0, 1e6), gd(1.5e-6)).kind is VerdictKind.CRAWLING


def test_only_the_directions_that_move_count():
    bowl = Bowl(2.0, 20.0)
    assert number(evidence(judge(bowl, gd(0.06), (4.0, 0.0), 50), "observed rate")) == 0.88
    assert number(evidence(judge(bowl, gd(0.06), (0.0, 4.0), 20), "observed rate")) == 0.2
    verdict = judge(bowl, gd(0.101), (4.0, 0.0), 50)  # on the axis, nothing grows
    assert verdict.kind is VerdictKind.CONVERGING


def test_a_rate_above_the_bound_does_no_harm_exactly_at_the_minimum():
    verdict = judge(Bowl(2.0, 20.0), gd(0.2), (0.0, 0.0), 50)
    assert verdict.kind is VerdictKind.CONVERGED
    assert "step 0" in verdict.sentence


def test_a_round_bowl_has_neither_steep_nor_flat():
    for rate in (0.19, 0.97, 1.02):
        sentence = judge(Bowl(2.0, 2.0), gd(rate)).sentence
        assert "steep" not in sentence
        assert "flat" not in sentence


# Gradient descent in one dimension


@pytest.mark.parametrize(
    ("rate", "kind", "told"),
    [
        (0.1, VerdictKind.CONVERGED, "0.8"),
        (0.5, VerdictKind.CONVERGED, "step 1 on"),
        (0.99, VerdictKind.OSCILLATING, "−0.98"),
        (1.0, VerdictKind.OSCILLATING, "neither shrinks nor grows"),
        (1.01, VerdictKind.DIVERGING, "−1.02"),
        (1.5, VerdictKind.DIVERGING, "−2"),
    ],
)
def test_gradient_descent_on_a_parabola(rate, kind, told):
    verdict = judge(PARABOLA, gd(rate), (4.0,))
    assert verdict.kind is kind
    assert told in verdict.sentence
    assert not [item for item in verdict.evidence if "condition" in item.label]
    assert "eigen" not in verdict.evidence[0].label


# Momentum


def test_underdamped_momentum_oscillates_with_the_root_of_its_momentum():
    verdict = judge(Bowl(2.0, 20.0), momentum(0.09, 0.9))
    assert verdict.kind is VerdictKind.OSCILLATING
    assert "underdamped" in verdict.sentence
    assert format_number(math.sqrt(0.9)) in verdict.sentence
    assert number(evidence(verdict, "observed rate")) == pytest.approx(math.sqrt(0.9), abs=1e-3)
    best = best_scheme(Method.MOMENTUM, 2.0, 20.0)
    changes = dict(verdict.remedy.hyperparameters)
    assert changes == {"learning_rate": best.rate, "momentum": best.momentum}


@pytest.mark.parametrize(("rate", "kept"), [(0.001, 0.3), (0.002, 0.5), (0.02, 0.1)])
def test_overdamped_momentum_does_not_oscillate(rate, kept):
    verdict = judge(Bowl(2.0, 10.0), momentum(rate, kept), steps=300)
    assert verdict.kind in {VerdictKind.CRAWLING, VerdictKind.CONVERGING, VerdictKind.CONVERGED}
    expected = largest_factor(Scheme(Method.MOMENTUM, rate, kept), (2.0, 10.0))
    assert number(evidence(verdict, "observed rate")) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("make", "method"), [(momentum, Method.MOMENTUM), (Nesterov, Method.NESTEROV)]
)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.98])
def test_momentums_observed_rate_is_the_predicted_one(make, method, share):
    rate = share * stability_bound(Scheme(method, 1.0, 0.6), 20.0)
    verdict = judge(TURNED, make(rate, 0.6), steps=150)
    expected = largest_factor(Scheme(method, rate, 0.6), (2.0, 20.0))
    assert number(evidence(verdict, "predicted rate")) == pytest.approx(expected, abs=1e-3)
    assert number(evidence(verdict, "observed rate")) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("make", [momentum, Nesterov])
def test_unstable_momentum_diverges_and_names_its_own_bound(make):
    method = Method.MOMENTUM if make is momentum else Method.NESTEROV
    bound = stability_bound(Scheme(method, 1.0, 0.9), 20.0)
    for share in (1.02, 2.0):
        verdict = judge(Bowl(2.0, 20.0), make(share * bound, 0.9))
        assert verdict.kind is VerdictKind.DIVERGING
        assert format_number(bound) in verdict.sentence
        assert "(1 + μ)" in verdict.sentence
        assert verdict.remedy is not None


def test_momentum_in_one_dimension_swings():
    verdict = judge(PARABOLA, momentum(0.1, 0.9), (4.0,))
    assert verdict.kind is VerdictKind.OSCILLATING
    assert "0.9487" in verdict.sentence


# Remedies


def distance(landscape, optimizer, steps):
    end = descend(landscape, optimizer, START, steps).params[-1, 0]
    center = np.array(landscape.center if isinstance(landscape, Bowl) else landscape.minima[0])
    return float(np.hypot.reduce(end - center))


@pytest.mark.parametrize(
    ("bowl", "optimizer"),
    [
        pytest.param(Bowl(2.0, 20.0), gd(0.001), id="crawling"),
        pytest.param(Bowl(2.0, 20.0), gd(0.099), id="zigzag"),
        pytest.param(Bowl(2.0, 20.0), gd(0.1), id="bound"),
        pytest.param(TURNED, gd(0.101), id="diverging"),
        pytest.param(TURNED, gd(0.3), id="diverged"),
        pytest.param(TURNED, momentum(0.05, 0.9), id="oscillating"),
        pytest.param(TURNED, momentum(0.5, 0.9), id="unstable"),
        pytest.param(TURNED, Nesterov(0.001, 0.9), id="nesterov"),
        pytest.param(Bowl(1.0, 100.0), momentum(1e-4, 0.2), id="crawling-momentum"),
    ],
)
@pytest.mark.parametrize("steps", [40, 200])
def test_a_remedy_converges_faster_and_needs_none_itself(bowl, optimizer, steps):
    verdict = judge(bowl, optimizer, steps=steps)
    assert verdict.remedy is not None
    better = with_hyperparameters_of(optimizer, verdict.remedy)
    assert distance(bowl, better, steps) < 0.5 * distance(bowl, optimizer, steps)
    after = judge(bowl, better, steps=steps)
    assert after.kind in {VerdictKind.CONVERGING, VerdictKind.CONVERGED}
    assert after.remedy is None


def with_hyperparameters_of(optimizer, remedy):
    return with_hyperparameters(optimizer, **dict(remedy.hyperparameters))


def test_a_run_at_the_best_rate_gets_no_remedy():
    for rate in (1.0 / 11.0, 0.9999 / 11.0):
        assert judge(Bowl(2.0, 20.0), gd(rate), steps=30).remedy is None


# Weight decay, noise, schedules, other methods


def test_weight_decay_adds_to_the_curvature_and_moves_the_rest():
    valley = preset("valley").build()
    verdict = judge(valley, gd(0.1, weight_decay=0.5), (-3.0, 4.0), 40)
    assert verdict.evidence[0].label == "eigenvalues at (1.6, 0)"
    assert verdict.evidence[0].value == "2.5 and 4.5"
    assert number(evidence(verdict, "observed rate")) == pytest.approx(0.75, abs=1e-3)
    rested = judge(valley, gd(0.1, weight_decay=0.5), (-3.0, 4.0), 400)
    assert rested.kind is VerdictKind.CONVERGED
    assert "beside the minimum" in rested.sentence
    assert "(1.6, 0)" in rested.sentence


def test_a_schedule_voids_predictions_and_remedies():
    verdict = judge(Bowl(2.0, 20.0), gd(0.001), scheduled=True)
    assert verdict.remedy is None
    assert not [item for item in verdict.evidence if "predicted" in item.label]
    assert not [item for item in verdict.evidence if "bound" in item.label]


def noisy(bowl, rate, steps, sigma=1.0):
    random = np.random.default_rng(3)
    point, path = np.array([START]), [START]
    for _ in range(steps):
        point = point - rate * (bowl.gradient(point) + sigma * random.standard_normal((1, 2)))
        path.append(tuple(point[0]))
    return trajectory_of(bowl, path)


@pytest.mark.parametrize("steps", [200, 1000])
def test_noise_that_holds_a_run_up_is_called_a_floor(steps):
    bowl = Bowl(2.0, 20.0)
    verdict = diagnose(bowl, gd(0.05), noisy(bowl, 0.05, steps), noisy=True)
    assert verdict.kind is VerdictKind.UNSURE
    assert "hovers" in verdict.sentence
    assert verdict.remedy is None
    assert not [item for item in verdict.evidence if "rate per step" in item.label]


def test_a_noisy_run_that_still_falls_is_no_hovering():
    bowl = Bowl(2.0, 20.0)
    verdict = diagnose(bowl, gd(0.002), noisy(bowl, 0.002, 200), noisy=True)
    assert verdict.kind is VerdictKind.CONVERGING
    assert "per step would say little" in verdict.sentence


def test_a_noisy_run_from_the_minimum_is_not_said_to_diverge():
    bowl, random = Bowl(2.0, 20.0), np.random.default_rng(5)
    path = np.cumsum(0.01 * random.standard_normal((300, 2)), axis=0)
    path[0] = 0.0
    verdict = diagnose(bowl, gd(0.01), trajectory_of(bowl, path), noisy=True)
    assert verdict.kind is not VerdictKind.ZIGZAG
    assert verdict.remedy is None


def test_of_other_methods_only_what_is_seen_is_said():
    # Steps of fixed length on a bowl come near, then jump to and fro.
    verdict = judge(Bowl(2.0, 20.0), SignDescent(0.03))
    assert verdict.remedy is None
    assert not [item for item in verdict.evidence if "predicted" in item.label]
    assert not [item for item in verdict.evidence if "bound" in item.label]
    assert evidence(verdict, "condition number") == "10"


def test_each_row_is_judged_with_its_own_rate():
    bowl = Bowl(2.0, 20.0)
    rates = np.array([[0.001], [0.15], [0.099]])
    trajectory = descend(bowl, gd(rates), [START] * 3, 200)
    kinds = [diagnose(bowl, gd(rates), trajectory, row).kind for row in range(3)]
    assert kinds == [VerdictKind.CRAWLING, VerdictKind.DIVERGING, VerdictKind.ZIGZAG]
    assert evidence(diagnose(bowl, gd(rates), trajectory, 2), "learning rate") == "0.099"


# Long and short runs


def test_a_thinned_run_is_judged_by_the_same_factors():
    bowl = Bowl(2.0, 20.0)
    verdict = judge(bowl, gd(1e-6), steps=300_000)
    assert verdict.kind in {VerdictKind.CRAWLING, VerdictKind.CONVERGING}
    seen = number(evidence(verdict, "observed rate"))
    assert math.log(seen) == pytest.approx(math.log1p(-2e-6), rel=0.02)


def test_a_recorded_path_is_described_and_not_explained():
    bowl = Bowl()
    trajectory = trajectory_of(bowl, [(4.0, 1.0), (2.0, 0.5), (1.0, 0.2)], Outcome.RECORDED)
    verdict = diagnose(bowl, gd(0.1), trajectory)
    assert verdict.kind is VerdictKind.RECORDED
    assert "2 steps" in verdict.sentence
    assert verdict.remedy is None


def test_a_run_that_is_still_computed_is_running():
    bowl = Bowl()
    verdict = diagnose(bowl, gd(0.1), trajectory_of(bowl, [START, (3.0, 0.5)], Outcome.RUNNING))
    assert verdict.kind is VerdictKind.RUNNING
    assert verdict.remedy is None


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_too_few_steps_are_said_to_be_too_few(steps):
    verdict = judge(Bowl(2.0, 20.0), gd(0.001), steps=steps)
    assert verdict.kind is VerdictKind.UNSURE
    assert "too few steps" in verdict.sentence


def test_formulas_are_diagnosed_like_kernels_written_by_hand():
    formula = gdviz.landscape("x^2 + 10 y^2")
    typed, written = judge(formula, gd(0.099)), judge(Bowl(2.0, 20.0), gd(0.099))
    assert typed.sentence == written.sentence
    assert dataclasses.asdict(typed.remedy) == dataclasses.asdict(written.remedy)


def test_factors_in_evidence_are_those_of_the_theory():
    verdict = judge(Bowl(2.0, 20.0), momentum(0.01, 0.5), steps=60)
    scheme = Scheme(Method.MOMENTUM, 0.01, 0.5)
    for curvature in (2.0, 20.0):
        told = evidence(verdict, f"predicted factor, λ = {curvature:g}")
        assert number(told.split(",")[0]) == pytest.approx(factor(scheme, curvature), rel=1e-3)
