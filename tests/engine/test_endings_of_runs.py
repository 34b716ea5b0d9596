"""How runs end: each outcome, at which step, and what is held afterwards."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, Recording, descend, iterate
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer
from tests.engine.curve import Curve

# The engine decides on 64 records at a time; none of this may be seen from outside.
AROUND_CHUNKS = (1, 2, 62, 63, 64, 65, 66, 126, 127, 128, 129, 191, 192, 193)


def slide(**options):
    """f(x) = -x, on which a learning rate of 1 takes x exactly one further each step."""
    return Curve(lambda x: -x, lambda x: -1.0 + 0.0 * x, **options)


def slide_undefined_beyond(edge):
    return Curve(lambda x: np.where(x > edge, np.nan, -x), lambda x: -1.0 + 0.0 * x)


STAIRS = Curve(lambda x: np.maximum(x, 0.0), lambda x: np.where(x > 0.0, 1.0, 0.0))
"""One down with each step until 0, then flat."""

COSH = Curve(np.cosh, np.sinh, view=(-5.0, 5.0))
POLE = Curve(lambda x: 1.0 / x, lambda x: -1.0 / x**2, view=(-5.0, 5.0))
LOGARITHM = Curve(lambda x: x - np.log(x), lambda x: 1.0 - 1.0 / x, view=(0.1, 5.0))
BOWL = Curve(lambda x: x**2 / 2.0, lambda x: 1.0 * x)


def gd(learning_rate=1.0):
    return optimizer("gd", learning_rate=learning_rate)


def assert_held_after(trajectory, step, row=0):
    for array in (trajectory.params, trajectory.loss, trajectory.gradient):
        held = np.broadcast_to(array[step, row], array[step:, row].shape)
        np.testing.assert_array_equal(array[step:, row], held)


def assert_good_until_the_end(trajectory):
    for array in (trajectory.params, trajectory.loss, trajectory.gradient):
        assert np.all(np.isfinite(array))


# Converged


@pytest.mark.parametrize("steps", [73, 74, 100, 200])
def test_valley_converges_where_its_gradient_stays_within_the_tolerance(steps):
    norm = [math.hypot(10 * 0.8**k, 16 * 0.6**k) for k in range(steps + 1)]
    first = next(k for k, value in enumerate(norm) if value <= 1e-6)
    trajectory = descend(Valley(), gd(0.1), (-3, 4), steps=steps)
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert trajectory.outcome_step == (first,) == (73,)
    assert trajectory.last_step == (steps,)


@pytest.mark.parametrize("steps", [1, 50, 72])
def test_valley_reaches_its_last_step_before_it_has_converged(steps):
    trajectory = descend(Valley(), gd(0.1), (-3, 4), steps=steps)
    assert trajectory.outcome == (Outcome.LAST_STEP,)
    assert trajectory.outcome_step == trajectory.last_step == (steps,)


def test_a_gradient_that_equals_the_tolerance_has_converged():
    at, above = (
        descend(BOWL, gd(1e-9), (start,), steps=1, tolerance=0.5)
        for start in (0.5, math.nextafter(0.5, 1.0))
    )
    assert (at.outcome, at.outcome_step) == ((Outcome.CONVERGED,), (0,))
    assert above.outcome_step == (1,)


def test_a_run_that_passes_the_minimum_and_leaves_it_has_not_converged_there():
    # A heavy ball swings through the flat place several times before it stays.
    trajectory = descend(
        Valley(),
        optimizer("momentum", learning_rate=0.02, momentum=0.95),
        (-3, 4),
        steps=700,
        tolerance=0.2,
    )
    norm = [math.hypot(*slope) for slope in trajectory.gradient[:, 0].tolist()]
    stays_from = max(k for k, value in enumerate(norm) if value > 0.2) + 1
    dips = [k for k, value in enumerate(norm) if value <= 0.2]
    assert dips[0] < stays_from < 700  # it does swing through
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert trajectory.outcome_step == (stays_from,)


@pytest.mark.parametrize("steps", AROUND_CHUNKS)
def test_convergence_is_withdrawn_whatever_step_is_the_last(steps):
    def heavy_ball(steps):
        return descend(
            Valley(),
            optimizer("momentum", learning_rate=0.02, momentum=0.95),
            (-3, 4),
            steps=steps,
            tolerance=1.0,
        )

    norm = heavy_ball(700).gradient_norm[: steps + 1, 0]
    trajectory = heavy_ball(steps)
    if norm[-1] > 1.0:
        assert trajectory.outcome == (Outcome.LAST_STEP,)
    else:
        assert trajectory.outcome == (Outcome.CONVERGED,)
        (since,) = trajectory.outcome_step
        assert np.all(norm[since:] <= 1.0)
        assert since == 0 or norm[since - 1] > 1.0


@pytest.mark.parametrize("n", AROUND_CHUNKS)
def test_a_run_that_comes_to_rest_converged_where_it_did(n):
    trajectory = descend(STAIRS, gd(), (float(n),), steps=400)
    np.testing.assert_array_equal(trajectory.params[:, 0, 0], [max(n - k, 0) for k in range(401)])
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert trajectory.outcome_step == (n,)


@pytest.mark.parametrize("n", [0, 10, 63, 64, 100, 1000])
def test_a_run_at_rest_is_not_computed_any_further(n):
    asked = []

    def slope(x):
        asked.append(x.size)
        return STAIRS.slope(x)

    descent = Descent.of(replace(STAIRS, slope=slope), gd(), (float(n),), steps=10**9)
    *_, last = itertools.islice(iterate(descent), 100)
    assert last.outcome == (Outcome.CONVERGED,)
    assert last.outcome_step == (n,)
    assert last.last_step == (10**9,)
    assert sum(asked) <= n + 2 * 64


def test_a_start_at_the_minimum_is_held_for_all_steps():
    trajectory = descend(Valley(), gd(0.1), (2, 0), steps=200)
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert trajectory.outcome_step == (0,)
    assert trajectory.last_step == (200,)
    assert trajectory.records == 201
    assert np.all(trajectory.params == (2.0, 0.0))
    assert np.all(trajectory.loss == 4.0)
    assert np.all(trajectory.gradient == 0.0)


@pytest.mark.parametrize("steps", [1, 15, 16, 17, 63, 64, 200, 1000])
def test_the_last_step_of_a_run_at_rest_does_not_depend_on_when_rest_is_noticed(steps):
    trajectory = descend(STAIRS, gd(), [(0.0,), (5.0,), (900.0,)], steps=steps)
    assert trajectory.last_step == (steps,) * 3


def test_a_run_at_rest_is_thinned_like_any_other():
    trajectory = descend(STAIRS, gd(), (7.0,), steps=150_001)
    assert trajectory.steps.tolist() == Recording.of(150_001, 1).kept(0, 150_001).tolist()
    assert "150,001" in trajectory.thinned
    assert trajectory.outcome == (Outcome.CONVERGED,)
    assert_held_after(trajectory, 7)


def test_a_row_at_rest_waits_for_the_others_without_changing():
    starts = [(0.0,), (5.0,), (150.0,)]
    trajectory = descend(STAIRS, gd(), starts, steps=300)
    assert trajectory.outcome == (Outcome.CONVERGED,) * 3
    assert trajectory.outcome_step == (0, 5, 150)
    assert_held_after(trajectory, 0, row=0)
    assert_held_after(trajectory, 5, row=1)
    assert trajectory.params[100, 2, 0] == 50.0


def test_slow_steps_on_a_slope_are_no_rest():
    # Each step is lost in rounding: nothing moves, but the slope is not 0.
    trajectory = descend(BOWL, gd(1e-300), (1.0,), steps=200)
    assert trajectory.outcome == (Outcome.LAST_STEP,)
    assert trajectory.last_step == (200,)


# Left the domain


@pytest.mark.parametrize("step", AROUND_CHUNKS)
def test_a_run_that_steps_over_a_limit_leaves_the_domain_at_that_step(step):
    bounded = slide(inside=(-1.0, step - 0.5))
    trajectory = descend(bounded, gd(), (0.0,), steps=300)
    assert trajectory.outcome == (Outcome.LEFT_DOMAIN,)
    assert trajectory.outcome_step == (step,)
    assert trajectory.last_step == (step - 1,)
    np.testing.assert_array_equal(
        trajectory.params[:, 0, 0], [min(k, step - 1) for k in range(301)]
    )
    assert_held_after(trajectory, step - 1)


@pytest.mark.parametrize("step", AROUND_CHUNKS)
def test_a_limit_that_is_left_with_the_very_last_step_is_left_all_the_same(step):
    trajectory = descend(slide(inside=(-1.0, step - 0.5)), gd(), (0.0,), steps=step)
    assert trajectory.outcome == (Outcome.LEFT_DOMAIN,)
    assert trajectory.outcome_step == (step,)
    assert trajectory.records == step + 1


def test_the_edge_itself_is_inside():
    trajectory = descend(slide(inside=(-1.0, 5.0)), gd(), (0.0,), steps=5)
    assert trajectory.outcome == (Outcome.LAST_STEP,)
    assert trajectory.params[-1, 0, 0] == 5.0


@pytest.mark.parametrize("start", [0.0, 6.0])
def test_a_domain_is_left_on_either_side(start):
    uphill = Curve(lambda x: x, lambda x: 1.0 + 0.0 * x, inside=(0.0, 10.0))
    trajectory = descend(uphill, gd(), (start,), steps=50)
    assert trajectory.outcome == (Outcome.LEFT_DOMAIN,)
    assert trajectory.outcome_step == (int(start) + 1,)


def test_a_step_beyond_a_limit_where_the_loss_is_undefined_leaves_the_domain():
    rooted = Curve(
        lambda x: -np.sqrt(1.0 - x), lambda x: -0.5 / np.sqrt(1.0 - x), inside=(-50.0, 1.0)
    )
    trajectory = descend(rooted, gd(100.0), (-8.0,), steps=20)
    assert trajectory.outcome == (Outcome.LEFT_DOMAIN,)
    assert trajectory.outcome_step == (1,)
    assert_good_until_the_end(trajectory)


# Undefined


@pytest.mark.parametrize("step", AROUND_CHUNKS)
def test_a_run_that_meets_a_kink_ends_on_it_with_no_slope(step):
    kinked = Curve(np.abs, lambda x: np.where(x == 0.0, np.nan, np.sign(x)))
    trajectory = descend(kinked, gd(), (float(step),), steps=300)
    assert trajectory.outcome == (Outcome.UNDEFINED,)
    assert trajectory.outcome_step == trajectory.last_step == (step,)
    assert trajectory.params[step, 0, 0] == 0.0
    assert trajectory.loss[step, 0] == 0.0
    assert np.isnan(trajectory.gradient[step:]).all()
    assert_held_after(trajectory, step)
    assert "kink" in trajectory.sentence()


# Diverged


@pytest.mark.parametrize("step", AROUND_CHUNKS)
def test_a_run_that_steps_where_the_loss_is_undefined_ends_at_that_step(step):
    trajectory = descend(slide_undefined_beyond(step - 0.5), gd(), (0.0,), steps=300)
    assert trajectory.outcome == (Outcome.UNDEFINED,)
    assert trajectory.outcome_step == (step,)
    assert trajectory.last_step == (step - 1,)
    np.testing.assert_array_equal(
        trajectory.params[:, 0, 0], [min(k, step - 1) for k in range(301)]
    )
    assert_held_after(trajectory, step - 1)
    assert_good_until_the_end(trajectory)


@pytest.mark.parametrize(
    ("landscape", "rate", "start", "outcome"),
    [
        pytest.param(Valley(), 1e308, (-3.0, 4.0), Outcome.DIVERGED, id="overflowing-step"),
        pytest.param(Valley(), 1e300, (-3.0, 4.0), Outcome.DIVERGED, id="overflowing-loss"),
        pytest.param(COSH, 1e5, (0.1,), Outcome.DIVERGED, id="overflowing-exponential"),
        pytest.param(POLE, 1.0, (-1.0,), Outcome.UNDEFINED, id="onto-a-pole"),
        pytest.param(LOGARITHM, 1.0, (4.0,), None, id="below-a-logarithm"),
        pytest.param(LOGARITHM, 10.0, (4.0,), Outcome.UNDEFINED, id="far-below-a-logarithm"),
    ],
)
def test_overflow_poles_and_undefined_losses_end_a_run_without_a_warning(
    landscape, rate, start, outcome
):
    trajectory = descend(landscape, gd(rate), start, steps=100)
    if outcome is None:
        assert trajectory.outcome[0] in {Outcome.CONVERGED, Outcome.LAST_STEP}
    else:
        assert trajectory.outcome == (outcome,)
        assert trajectory.outcome_step == (1,)
        assert trajectory.last_step == (0,)
        assert_held_after(trajectory, 0)
    assert_good_until_the_end(trajectory)
    assert trajectory.records == 101


def test_an_exponential_wall_throws_a_run_out_at_the_step_a_float_loop_finds():
    x, step = 4.0, 0
    while abs(x) < 710.0 and step < 100:
        x, step = x - 0.5 * math.sinh(x), step + 1
    trajectory = descend(COSH, gd(0.5), (4.0,), steps=100)
    assert 1 < step < 99
    assert trajectory.outcome == (Outcome.DIVERGED,)
    assert trajectory.outcome_step == (step,)


@pytest.mark.parametrize(("view", "reach"), [((-1.0, 1.0), 2e6), ((0.0, 500.0), 5e8)])
def test_a_run_may_go_a_million_widths_from_the_center_and_no_further(view, reach):
    center = (view[0] + view[1]) / 2
    away = slide(view=view)
    for length, outcome in ((reach, Outcome.LAST_STEP), (reach * 1.001, Outcome.DIVERGED)):
        trajectory = descend(away, gd(length), (center,), steps=1)
        assert trajectory.outcome == (outcome,)


def test_a_start_where_the_loss_is_undefined_is_broken_from_step_0():
    trajectory = descend(slide_undefined_beyond(0.5), gd(), (3.0,), steps=10)
    assert trajectory.outcome == (Outcome.UNDEFINED,)
    assert trajectory.outcome_step == (0,)
    assert trajectory.last_step == (0,)
    assert np.all(trajectory.params == 3.0)


def test_one_broken_row_leaves_the_others_alone():
    rates = np.array([[0.1], [1e308], [0.6]])
    trajectory = descend(Valley(), optimizer("gd", learning_rate=rates), [(-3, 4)] * 3, steps=200)
    assert trajectory.outcome == (Outcome.CONVERGED, Outcome.DIVERGED, Outcome.DIVERGED)
    # 4 · 1.4ᵏ passes a million times the height of the domain, 10.
    away = next(k for k in itertools.count() if 4 * 1.4**k > 1e7)
    assert trajectory.outcome_step == (73, 1, away)
    assert np.all(trajectory.params[:, 1] == (-3.0, 4.0))
    assert trajectory.params[200, 0] == pytest.approx((2.0, 0.0), abs=1e-12)
    assert trajectory.last_step == (200, 0, away - 1)


# Sentences


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_said_in_one_line_that_names_the_step(outcome):
    sentence = outcome.sentence(12345)
    assert "12,345" in sentence
    assert sentence == sentence.strip()
    assert len(sentence.splitlines()) == 1
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("landscape", "rate", "start", "words"),
    [
        (Valley(), 0.1, (-3, 4), "Converged at step 73"),
        (Valley(), 0.01, (-3, 4), "Reached its last step, 200"),
        (Valley(), 10.0, (-3, 4), "Diverged at step"),
        (slide(inside=(-1.0, 6.5)), 1.0, (0.0,), "Left the domain at step 7"),
    ],
)
def test_a_trajectory_says_how_its_run_ended(landscape, rate, start, words):
    sentence = descend(landscape, gd(rate), start, steps=200).sentence()
    assert sentence.startswith(words)
    assert len(sentence.splitlines()) == 1


def test_a_run_that_only_climbs_is_told_to_take_smaller_steps():
    climbing = descend(Valley(), gd(0.505), (-3, 4), steps=100)
    assert climbing.outcome == (Outcome.LAST_STEP,)
    assert "The loss grew from 61 to" in climbing.sentence()
    assert "smaller learning rate" in climbing.sentence()
    assert len(climbing.sentence().splitlines()) == 1
    falling = descend(Valley(), gd(0.001), (-3, 4), steps=100)
    assert "smaller learning rate" not in falling.sentence()


def test_each_run_of_a_batch_has_its_own_sentence():
    rates = np.array([[0.1], [10.0]])
    trajectory = descend(Valley(), optimizer("gd", learning_rate=rates), [(-3, 4)] * 2, steps=200)
    assert trajectory.sentence().startswith("Converged")
    assert trajectory.sentence(1).startswith("Diverged")


def test_outcome_values_are_the_words_that_files_use():
    assert [outcome.value for outcome in Outcome] == [
        "running",
        "converged",
        "last step",
        "diverged",
        "left the domain",
        "undefined",
        "recorded",
    ]
