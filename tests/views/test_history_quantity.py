"""What the history draws agrees with its definition."""

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, Trajectory, compute
from gdviz.experiment.look import QUANTITIES
from gdviz.landscapes import Domain, Landscape, preset
from gdviz.optimizers import optimizer
from gdviz.views.history_quantity import history_of
from gdviz.views.history_range import (
    steps_shown,
    stretched,
    unless_alike,
    values_shown,
)
from gdviz.views.trace import traces_of


class Saddle(Landscape):
    """Negative on one side, without a minimum."""

    name = "saddle"
    parameters = ("x", "y")
    domain = Domain.of((-4.0, 4.0), (-4.0, 4.0))
    expression = "x² − y²"

    def loss_at(self, *columns):
        x, y = columns
        return x**2 - y**2

    def gradient_at(self, *columns):
        x, y = columns
        return 2.0 * x, -2.0 * y

    def hessian_at(self, *columns):
        return 2.0, 0.0, -2.0


def recorded(loss, params=None, steps=None, last=None):
    """Return one run with these losses."""
    loss = np.array(loss, dtype=float)
    size = loss.size
    params = np.zeros((size, 2)) if params is None else np.array(params, dtype=float)
    steps = np.arange(size) if steps is None else np.array(steps)
    last = int(steps[-1]) if last is None else last
    return Trajectory(
        steps,
        params[:, np.newaxis],
        loss[:, np.newaxis],
        np.ones((size, 1, 2)),
        (Outcome.LAST_STEP,),
        (last,),
        (last,),
    )


def history(key, *runs, landscape=None, logarithmic=False):
    return history_of(traces_of(runs), key, landscape, logarithmic=logarithmic)


@pytest.fixture
def run(valley):
    return compute(Descent.of(valley, optimizer("gd", learning_rate=0.1), [(-3.0, 4.0)], 30))


def test_the_loss_is_the_runs_loss(run):
    made = history("loss", run)
    assert made.label == "loss"
    np.testing.assert_array_equal(made.values[0], run.loss[:, 0])
    np.testing.assert_array_equal(made.steps[0], np.arange(31))


def test_positive_losses_are_drawn_as_they_are_over_a_logarithmic_axis(run):
    made = history("loss", run, logarithmic=True)
    assert made.label == "loss"
    np.testing.assert_array_equal(made.values[0], run.loss[:, 0])


def test_of_losses_that_are_not_positive_the_excess_is_drawn():
    made = history("loss", recorded([3.0, 0.0, -2.0]), recorded([5.0, 1.0]), logarithmic=True)
    assert made.label == "loss − lowest"
    assert [values.tolist() for values in made.values] == [[5.0, 2.0, 0.0], [7.0, 3.0]]
    plain = history("loss", recorded([3.0, 0.0, -2.0]))
    assert plain.label == "loss"


def test_the_lowest_loss_may_be_that_of_a_known_minimum(valley):
    lowest = float(valley.loss(valley.minima)[0])
    run = recorded([lowest + 5.0, lowest - 9.0])
    made = history("loss", run, landscape=valley, logarithmic=True)
    assert made.values[0].tolist() == [14.0, 0.0]
    run = recorded([lowest + 5.0, 0.0, lowest + 1.0])
    made = history("loss", run, landscape=valley, logarithmic=True)
    assert made.values[0].tolist() == [lowest + 5.0, 0.0, lowest + 1.0]


def test_losses_that_are_no_numbers_are_not_the_lowest():
    made = history("loss", recorded([1.0, -1.0, -np.inf, np.nan]), logarithmic=True)
    assert made.values[0][:2].tolist() == [2.0, 0.0]


def test_the_distance_is_to_the_minimum_nearest_to_the_end():
    himmelblau = preset("himmelblau").build()
    starts = [(3.5, 2.5), (-3.5, -3.5)]
    kind = optimizer("gd", learning_rate=0.01)
    run = compute(Descent.of(himmelblau, kind, starts, 200))
    made = history("distance", run, landscape=himmelblau)
    assert made.label == "distance to a minimum"
    minima = np.array(himmelblau.minima)
    for row in range(2):
        path = run.params[:, row]
        nearest = minima[np.argmin(np.linalg.norm(minima - path[-1], axis=1))]
        np.testing.assert_allclose(made.values[row], np.linalg.norm(path - nearest, axis=1))
        assert made.values[row][-1] < 1e-6


def test_where_no_minimum_is_known_the_distance_is_to_the_lowest_point():
    one = recorded([4.0, 2.0, np.nan], [(0.0, 0.0), (3.0, 4.0), (1.0, 1.0)])
    other = recorded([9.0, 1.0], [(3.0, 0.0), (0.0, 0.0)])
    for landscape in (None, Saddle(), preset("regression-w1").build()):
        made = history("distance", one, other, landscape=landscape)
        assert made.label == "distance to the lowest point"
        assert made.values[0].tolist() == pytest.approx([0.0, 5.0, np.sqrt(2.0)])
        assert made.values[1].tolist() == [3.0, 0.0]


def test_without_any_loss_no_distance_is_known():
    made = history("distance", recorded([np.nan, np.nan]))
    assert np.isnan(made.values[0]).all()


def test_the_gradient_is_its_norm(run):
    made = history("gradient", run)
    np.testing.assert_allclose(made.values[0], np.linalg.norm(run.gradient[:, 0], axis=1))


def test_the_steps_length_is_that_of_the_step_to_a_record(run):
    made = history("step", run)
    assert np.isnan(made.values[0][0])
    lengths = np.linalg.norm(np.diff(run.params[:, 0], axis=0), axis=1)
    np.testing.assert_allclose(made.values[0][1:], lengths)


def test_where_steps_were_left_out_their_length_is_unknown():
    params = [(0.0, 0.0), (1.0, 0.0), (3.0, 0.0), (4.0, 0.0)]
    made = history("step", recorded([1.0] * 4, params, steps=[0, 1, 4, 5]))
    assert made.values[0].tolist() == pytest.approx([np.nan, 1.0, np.nan, 1.0], nan_ok=True)


@pytest.mark.parametrize("key", QUANTITIES)
def test_a_run_ends_with_its_last_step(key):
    made = history(key, recorded([4.0, 3.0, 2.0, 2.0, 2.0], last=2))
    assert made.steps[0].tolist() == [0.0, 1.0, 2.0]
    assert len(made.values[0]) == 3


@pytest.mark.parametrize("key", QUANTITIES)
@pytest.mark.parametrize("logarithmic", [False, True])
def test_of_no_runs_there_is_nothing(key, logarithmic):
    made = history(key, logarithmic=logarithmic)
    assert made.values == made.steps == ()


def test_an_unknown_quantity_is_refused():
    with pytest.raises(ValueError, match="one of loss, distance"):
        history("speed")


# --- what the axes show ---


def test_all_values_are_shown_with_a_small_margin():
    low, high = values_shown([np.array([1.0, 3.0]), np.array([11.0, np.inf])], logarithmic=False)
    assert (low, high) == pytest.approx((0.5, 11.5))


def test_of_very_low_logarithms_sixteen_decades_are_shown():
    low, high = values_shown([np.array([2.0, -300.0])], logarithmic=True)
    assert -14.9 < low < -13.9
    assert 2.0 < high < 3.0


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize(
    "values", [[], [np.nan], [5.0], [0.0, 0.0], [300.0, -300.0], [1e9, -1e9], [-1e-320]]
)
def test_any_values_have_a_range(values, logarithmic):
    low, high = values_shown([np.array(values)], logarithmic=logarithmic)
    assert np.isfinite([low, high, high - low]).all()
    assert low < high


def test_steps_are_shown_from_the_start_to_the_last():
    assert steps_shown(500.0, logarithmic=False) == pytest.approx((-10.0, 510.0))
    low, high = steps_shown(1000.0, logarithmic=True)
    assert low < 0.0
    assert 3.0 < high < 3.1
    for logarithmic in (False, True):
        low, high = steps_shown(0.0, logarithmic=logarithmic)
        assert low < high


def test_a_range_stays_while_it_shows_everything_and_is_well_filled():
    assert unless_alike((0.0, 10.0), (1.0, 9.0)) == (0.0, 10.0)
    assert unless_alike((0.0, 10.0), (1.0, 11.0)) == (1.0, 11.0)
    assert unless_alike((0.0, 10.0), (1.0, 3.0)) == (1.0, 3.0)


def test_a_range_that_is_stretched_never_shrinks_and_gets_room_ahead():
    assert stretched((0.0, 10.0), (2.0, 9.0)) == (0.0, 10.0)
    assert stretched((0.0, 10.0), (2.0, 20.0)) == (0.0, 30.0)
    assert stretched((0.0, 10.0), (-10.0, 5.0)) == (-20.0, 10.0)
