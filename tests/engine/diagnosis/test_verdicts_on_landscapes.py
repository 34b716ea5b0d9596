"""Verdicts where the curvature changes: saddles, wells, plateaus, edges, presets."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import gdviz
from gdviz.engine import MOST_STEPS, Outcome, Trajectory, descend
from gdviz.engine.diagnosis import VerdictKind, diagnose
from gdviz.landscapes import PRESETS, preset
from gdviz.optimizers import with_hyperparameters
from tests.engine.diagnosis.conftest import (
    PARABOLA,
    Bowl,
    Curve,
    Nesterov,
    SignDescent,
    gd,
    momentum,
    trajectory_of,
)


def judge(landscape, optimizer, start, steps=200, **how):
    if isinstance(landscape, str):
        landscape = gdviz.landscape(landscape)
    return diagnose(landscape, optimizer, descend(landscape, optimizer, start, steps), **how)


# Saddles


@pytest.mark.parametrize(
    ("name", "start", "curvatures"),
    [("saddle", (2.5, 0.0), ("−2", "2")), ("double-well", (0.0, 1.2), ("−4", "2"))],
)
def test_a_run_along_the_ridge_is_held_by_the_saddle(name, start, curvatures):
    verdict = judge(name, gd(0.05), start, 400)
    assert verdict.kind is VerdictKind.SADDLE
    assert "(0, 0)" in verdict.sentence
    for curvature in curvatures:
        assert f"{curvature} in" in verdict.sentence


def test_a_run_beside_the_ridge_is_slow_and_told_when_it_slides_off():
    verdict = judge("double-well", gd(0.05), (1e-9, 1.2), 60)
    assert verdict.kind is VerdictKind.SADDLE
    assert "1.2 per step" in verdict.sentence
    off = 1e-9 * 1.2**60  # a quarter of the mean width, 3.5, away
    needed = np.log(0.25 * 3.5 / off) / np.log(1.2)
    assert f"about {int(np.ceil(needed))} steps" in verdict.sentence


def test_a_run_that_left_the_saddle_and_found_a_minimum_has_converged():
    assert judge("double-well", gd(0.05), (0.02, 1.2), 300).kind is VerdictKind.CONVERGED


def test_a_run_that_lingered_and_fell_off_remembers_the_saddle():
    verdict = judge("saddle", gd(0.015), (2.5, 0.01))
    assert verdict.kind is VerdictKind.SADDLE
    assert "lingered" in verdict.sentence
    assert "1.03" in verdict.sentence


def test_a_run_that_falls_without_end_is_not_told_to_take_smaller_steps():
    verdict = judge("saddle", gd(0.1), (2.5, 0.1), 2000)
    assert verdict.kind is VerdictKind.DIVERGING
    assert "downhill" in verdict.sentence
    assert verdict.remedy is None


@pytest.mark.parametrize(
    ("text", "start"), [("x^4 - x^2", (0.0,)), ("-x^2-y^2+x^4+y^4", (0.0, 0.0))]
)
def test_the_top_of_a_hill_is_no_minimum(text, start):
    verdict = judge(text, gd(0.1), start)
    assert verdict.kind is VerdictKind.SADDLE
    assert "top" in verdict.sentence


# Other minima, plateaus, kinks


def test_the_wrong_well_is_named_with_both_losses():
    verdict = judge("quartic", gd(0.05), (0.3,))
    assert verdict.kind is VerdictKind.OTHER_MINIMUM
    x = max(np.roots([4.0, 0.0, -6.0, 1.0]))
    assert f"{x**4 - 3 * x**2 + x + 4:.2f}" in verdict.sentence
    assert "0.4861" in verdict.sentence


def test_the_right_well_has_simply_converged():
    assert judge("quartic", gd(0.05), (-0.5,)).kind is VerdictKind.CONVERGED


@pytest.mark.parametrize("start", [(3.5, 2.5), (-3.0, 3.0), (-4.0, -3.5), (3.5, -2.0)])
def test_all_four_minima_of_himmelblau_are_as_good(start):
    verdict = judge("himmelblau", gd(0.01), start)
    assert verdict.kind is VerdictKind.CONVERGED
    assert "as theory predicts" in verdict.sentence


def test_weight_decay_in_the_wrong_well_is_in_the_wrong_well():
    verdict = judge("quartic", gd(0.05, weight_decay=0.01), (0.3,), 2000)
    assert verdict.kind is VerdictKind.OTHER_MINIMUM


def test_a_plateau_is_not_taken_for_a_minimum():
    verdict = judge("plateau", gd(0.1), (5.9, 5.9), 100)
    assert verdict.kind is VerdictKind.UNSURE
    slow = judge("plateau", gd(0.1), (3.5, 2.5), 100)
    assert slow.kind is VerdictKind.CRAWLING


def test_rest_on_ground_without_slope_or_curvature_is_said_as_seen():
    stairs = Curve(lambda x: np.maximum(x, 0.0), lambda x: np.where(x > 0.0, 1.0, 0.0))
    verdict = judge(stairs, gd(1.0), (7.0,), 100)
    assert verdict.kind is VerdictKind.UNSURE
    assert "too flat to tell" in verdict.sentence


def test_a_fixed_step_across_a_kink_jumps_to_and_fro():
    verdict = judge("kink", gd(0.05), (1.63,))
    assert verdict.kind is VerdictKind.OSCILLATING
    assert "x = −0.02" in verdict.sentence
    assert "x = 0.03" in verdict.sentence


def test_a_rate_above_the_bound_of_a_well_cannot_settle_and_a_tried_one_does():
    quartic = preset("quartic").build()
    verdict = judge(quartic, gd(0.25), (0.3,))
    assert verdict.kind is VerdictKind.OSCILLATING
    assert "cannot settle" in verdict.sentence
    better = with_hyperparameters(gd(0.25), **dict(verdict.remedy.hyperparameters))
    assert judge(quartic, better, (0.3,)).kind in {
        VerdictKind.CONVERGED,
        VerdictKind.OTHER_MINIMUM,
    }


# Rosenbrock


@pytest.mark.parametrize("source", ["rosenbrock", "(1-x)^2 + 100(y-x^2)^2"])
def test_rosenbrock_crawls_along_its_valley(source):
    verdict = judge(source, gd(0.002), (-1.2, 1.0))
    assert verdict.kind is VerdictKind.CRAWLING
    assert "(1, 1)" in verdict.sentence
    assert "2508" in verdict.sentence  # its condition number at the minimum
    assert verdict.remedy is None  # its best rate at the minimum says nothing of the way there


def test_a_rosenbrock_that_diverges_names_its_steep_start_and_a_rate_that_was_tried():
    rosenbrock = preset("rosenbrock").build()
    verdict = judge(rosenbrock, gd(0.01), (-1.2, 1.0))
    assert verdict.kind is VerdictKind.DIVERGING
    steepest = np.linalg.eigvalsh(rosenbrock.hessian([[-1.2, 1.0]])[0])[-1]
    assert f"{steepest:.0f}" in verdict.sentence
    better = with_hyperparameters(gd(0.01), **dict(verdict.remedy.hyperparameters))
    after = descend(rosenbrock, better, (-1.2, 1.0), 40)
    assert after.outcome[0] is not Outcome.DIVERGED
    assert after.loss[-1, 0] < after.loss[0, 0]


def test_rosenbrock_near_its_minimum_obeys_the_local_theory():
    verdict = judge("rosenbrock", gd(0.001), (-1.2, 1.0), 20_000)
    assert verdict.kind is VerdictKind.CONVERGING
    assert "as theory predicts" in verdict.sentence


# Endings


def test_leaving_the_domain_names_step_place_and_limits():
    slide = Curve(lambda x: -x, lambda x: -1.0 + 0.0 * x, inside=(-1.0, 6.5))
    verdict = judge(slide, gd(1.0), (0.0,))
    assert verdict.kind is VerdictKind.LEFT_DOMAIN
    for told in ("step 7", "x = 6", "x from −1 to 6.5"):
        assert told in verdict.sentence


@pytest.mark.parametrize(
    ("text", "rate", "start", "told"),
    [
        ("sqrt x", 1.0, (3.0,), "no finite number"),
        ("|x|", 1.0, (3.0,), "kink"),
        ("x - ln x", 10.0, (4.0,), "step 1"),
    ],
)
def test_undefined_ends_are_told_apart(text, rate, start, told):
    verdict = judge(text, gd(rate), start)
    assert verdict.kind is VerdictKind.UNDEFINED
    assert told in verdict.sentence


def test_a_start_without_a_loss_is_undefined():
    gap = Curve(lambda x: np.where(x > 0.5, np.nan, -x), lambda x: -1.0 + 0.0 * x)
    verdict = judge(gap, gd(1.0), (3.0,))
    assert verdict.kind is VerdictKind.UNDEFINED
    assert "start" in verdict.sentence


# All presets; any numbers


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
@pytest.mark.parametrize("make", [gd, lambda rate: momentum(rate, 0.9), SignDescent, Nesterov])
@pytest.mark.parametrize("times", [0.01, 1.0, 10.0])
def test_verdicts_on_presets_are_plain_sentences(name, make, times):
    chosen = preset(name)
    verdict = judge(chosen.build(), make(times * chosen.learning_rate), chosen.start)
    check(verdict)


def check(verdict):
    texts = [verdict.sentence]
    if verdict.remedy is not None:
        texts.append(verdict.remedy.reason)
        assert all(np.isfinite(value) and value >= 0 for _, value in verdict.remedy.hyperparameters)
    texts += [item.help for item in verdict.evidence]
    for text in texts:
        assert text == text.strip()
        assert len(text.splitlines()) == 1
        assert text.endswith(".")
        assert ".." not in text
        assert "  " not in text
        assert "nan" not in text.split()
        assert "None" not in text
        assert text[0].isupper() or text[0] == "λ"
    assert len({item.label for item in verdict.evidence}) == len(verdict.evidence)


EXTREME = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-10.0, 10.0),
    st.sampled_from([0.0, -0.0, 1e-300, 1e300, 5e-324, np.nan, np.inf]),
)
LANDSCAPES = st.sampled_from(
    [
        Bowl(2.0, 20.0),
        Bowl(0.0, 0.0, known=False),
        Bowl(-1.0, 1e-12),
        PARABOLA,
        Curve(np.abs, np.sign),
        preset("rosenbrock").build(),
        preset("bukin").build(),
        preset("quartic").build(),
        preset("saddle").build(),
        Curve(np.sqrt, lambda x: 0.5 / np.sqrt(x), inside=(0.0, 5.0)),
    ]
)
OPTIMIZERS = st.sampled_from(
    [
        *(gd(0.1), gd(1e-300), gd(1e300), gd(0.1, weight_decay=2.0)),
        *(momentum(0.1, 0.9), momentum(0.1, 0.0), Nesterov(0.1, 0.9), SignDescent(0.1)),
    ]
)


@given(LANDSCAPES, OPTIMIZERS, st.sampled_from(Outcome), st.data(), st.booleans(), st.booleans())
def test_no_numbers_raise(landscape, optimizer, outcome, data, is_noisy, scheduled):
    count, d = data.draw(st.integers(1, 40)), landscape.dimension
    stride = data.draw(st.sampled_from([1, 1, 2, 7]))
    value = data.draw(st.sampled_from([EXTREME, st.floats(-3.0, 3.0), st.just(1.0)]))
    params = data.draw(arrays.arrays(np.float64, (count, 1, d), elements=value))
    own = data.draw(st.booleans())
    loss = landscape.loss(params[:, 0])[:, np.newaxis]
    gradient = np.array(landscape.gradient(params[:, 0]))[:, np.newaxis]
    if not own:
        loss = data.draw(arrays.arrays(np.float64, (count, 1), elements=value))
        gradient = data.draw(arrays.arrays(np.float64, (count, 1, d), elements=value))
    steps = np.arange(count) * stride
    last = data.draw(st.sampled_from([int(steps[-1]), 0, int(steps[-1]) // 2, MOST_STEPS]))
    trajectory = Trajectory(steps, params, loss, gradient, (outcome,), (last,), (last,))
    check(diagnose(landscape, optimizer, trajectory, noisy=is_noisy, scheduled=scheduled))


@pytest.mark.parametrize("length", [1, 2, 3, 500])
def test_a_constant_trajectory_is_no_trouble(length):
    check(diagnose(PARABOLA, gd(0.1), trajectory_of(PARABOLA, [(2.0,)] * length)))


def test_nothing_of_a_trajectory_is_changed():
    trajectory = descend(Bowl(2.0, 20.0), gd(0.05), (4.0, 1.0), 100)
    before = [np.array(a) for a in (trajectory.params, trajectory.loss, trajectory.gradient)]
    diagnose(Bowl(2.0, 20.0), gd(0.05), trajectory)
    for array, kept in zip(
        (trajectory.params, trajectory.loss, trajectory.gradient), before, strict=True
    ):
        np.testing.assert_array_equal(array, kept)


def test_the_work_does_not_grow_with_the_length_of_the_run():
    bowl = Bowl(2.0, 20.0)

    def quickest(count):
        offsets = np.linspace(1.0, 0.1, count)[:, np.newaxis] * np.array([4.0, 1.0])
        trajectory = trajectory_of(bowl, offsets)
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            diagnose(bowl, gd(1e-6), trajectory)
            times.append(time.perf_counter() - begun)
        return min(times)

    assert quickest(1_000_000) < 5.0 * quickest(2_000) + 1e-3
