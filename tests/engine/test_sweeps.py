"""A sweep's cells are the runs that one would record; its bounds are where runs diverge."""

from itertools import pairwise

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, compute
from gdviz.engine.bulk import CODES
from gdviz.engine.sweep import Sweep, SweepAxis, axis_of, sweep_map, sweepable, usual_range
from gdviz.errors import UserError
from gdviz.landscapes import Valley, preset
from gdviz.optimizers import OPTIMIZERS, optimizer, schedule, with_hyperparameters

VALLEY, START = Valley(), (-3.0, 4.0)
DONE = {Outcome.CONVERGED, Outcome.LAST_STEP}


def axis(kind, name, low, high, count=9):
    return axis_of(optimizer(kind), name, low, high, count)


def single(sweep, made, place):
    """Record the run of one cell by itself."""
    values = {one.name: value for one, value in zip(made.axes, made.at(place), strict=True)}
    kind = with_hyperparameters(sweep.optimizer, **values)
    descent = Descent.of(sweep.landscape, kind, [sweep.start], sweep.steps, schedule=sweep.schedule)
    return compute(descent)


def assert_same(sweep, made, place):
    run = single(sweep, made, place)
    outcome, step = run.outcome[0], int(run.outcome_step[0])
    assert CODES[made.outcome[place]] is outcome, (sweep.optimizer.key, made.at(place))
    assert made.step[place] == step
    if outcome is Outcome.LAST_STEP:
        assert made.loss[place].tobytes() == run.loss[run.record_at(sweep.steps), 0].tobytes()
    elif outcome is Outcome.CONVERGED:
        assert made.loss[place] == pytest.approx(float(run.loss[-1, 0]), rel=1e-12, abs=1e-12)
    else:
        assert np.isinf(made.loss[place])
        assert made.failed[place]


SWEPT = [kind for kind in OPTIMIZERS if sweepable(optimizer(kind))]


def test_nearly_all_optimizers_have_numbers_to_sweep():
    assert set(OPTIMIZERS) - set(SWEPT) == {"conjugate_gradient"}


@pytest.mark.parametrize("kind", SWEPT)
def test_cells_of_every_optimizer_are_the_runs_by_themselves(kind):
    chosen = optimizer(kind)
    names = [one.name for one in sweepable(chosen)][:2]
    axes = tuple(
        axis_of(chosen, name, *usual_range(VALLEY, chosen, name, START), 5) for name in names
    )
    sweep = Sweep(VALLEY, chosen, START, axes, steps=40)
    made = sweep_map(sweep)
    assert made.loss.shape == made.shape == (5,) * len(axes)
    rng = np.random.default_rng(3)
    for _ in range(4):
        assert_same(sweep, made, tuple(int(n) for n in rng.integers(0, 5, len(axes))))


@pytest.mark.parametrize("kind", ["momentum", "nesterov", "adam", "adamw", "rmsprop", "qhm"])
def test_a_value_of_exactly_0_is_the_run_without_it(kind):
    name = {"adam": "beta1", "rmsprop": "momentum", "qhm": "nu"}.get(kind, "weight_decay")
    rates = axis(kind, "learning_rate", 0.01, 0.3, 5)
    made = sweep_map(
        Sweep(VALLEY, optimizer(kind), START, (rates, axis(kind, name, 0.0, 0.9, 5)), steps=30)
    )
    for column, rate in enumerate(rates.values.tolist()):
        plain = optimizer(kind, learning_rate=rate, **{name: 0.0})
        run = compute(Descent.of(VALLEY, plain, [START], 30))
        assert run.outcome[0] in DONE
        assert made.loss[0, column].tobytes() == run.loss[-1, 0].tobytes()


def test_momentum_0_is_plain_gradient_descent():
    rates = axis("momentum", "learning_rate", 0.01, 0.3, 5)
    kept = axis("momentum", "momentum", 0.0, 0.9, 5)
    two = sweep_map(Sweep(VALLEY, optimizer("momentum"), START, (rates, kept), steps=20))
    one = sweep_map(Sweep(VALLEY, optimizer("gd"), START, (rates,), steps=20))
    assert two.loss[0].tobytes() == one.loss.tobytes()


def test_maps_come_coarse_first_and_keep_what_they_have():
    axes = (axis("gd", "learning_rate", 0.01, 1.0, 33), axis("gd", "weight_decay", 0.0, 1.0, 33))
    sweep = Sweep(VALLEY, optimizer("gd"), START, axes, steps=50)
    maps = [made for made in sweep.maps(threads=1) if made is not None]
    assert [made.shape for made in maps] == [(5, 5), (9, 9), (17, 17), (33, 33)]
    assert [made.done for made in maps] == [False, False, False, True]
    for coarse, fine in pairwise(maps):
        assert np.array_equal(coarse.loss, fine.loss[::2, ::2])
        assert np.array_equal(coarse.axes[0].values, fine.axes[0].values[::2])
    assert sum(made is None for made in sweep.maps(threads=1)) >= 4  # whoever stops it can


@pytest.mark.parametrize(
    ("kind", "hyperparameters", "bound"),
    [
        ("gd", {}, 2.0 / 4.0),
        ("gd", {"weight_decay": 1.0}, 2.0 / 5.0),
        ("momentum", {"momentum": 0.0}, 2.0 / 4.0),
        ("momentum", {"momentum": 0.8}, 2.0 * 1.8 / 4.0),
        ("nesterov", {"momentum": 0.8}, 2.0 * 1.8 / (2.6 * 4.0)),
        ("qhm", {"beta": 0.9, "nu": 0.7}, 2.0 * 1.9 / ((1.9 - 1.26) * 4.0)),
        ("qhm", {"beta": 0.5, "nu": 1.0}, 2.0 * 1.5 / (0.5 * 4.0)),
    ],
)
def test_runs_diverge_beyond_the_bound_and_no_sooner(kind, hyperparameters, bound):
    chosen = optimizer(kind, **hyperparameters)
    axis_ = SweepAxis("learning_rate", np.linspace(0.8 * bound, 1.2 * bound, 81), False)
    made = sweep_map(Sweep(VALLEY, chosen, START, (axis_,), steps=20_000))
    assert made.bounds is not None
    assert made.bounds.exact
    assert (made.bounds.flattest, made.bounds.steepest) == (2.0, 4.0)
    assert made.bounds.bound.tolist() == [[pytest.approx(bound, rel=1e-12)]]
    rates, spacing = axis_.values, axis_.values[1] - axis_.values[0]
    assert made.failed[rates > bound + spacing].all()
    assert not made.failed[rates < bound - spacing].any()


def test_the_bound_of_two_hyperparameters_is_a_curve_along_which_runs_diverge():
    chosen = optimizer("momentum")
    rates = SweepAxis("learning_rate", np.linspace(0.3, 1.2, 33), False)
    kept = SweepAxis("momentum", np.linspace(0.0, 0.96, 33), False)
    for axes in ((rates, kept), (kept, rates)):
        made = sweep_map(Sweep(VALLEY, chosen, START, axes, steps=12_000))
        across = [one.name for one in axes].index("learning_rate")
        points = made.bounds.bound
        assert points[:, across] == pytest.approx(2.0 * (1.0 + points[:, 1 - across]) / 4.0)
        failed = made.failed.T if across else made.failed
        limit = 2.0 * (1.0 + kept.values[:, np.newaxis]) / 4.0
        spacing = rates.values[1] - rates.values[0]
        assert failed[rates.values > limit + spacing].all()
        assert not failed[rates.values < limit - spacing].any()


def test_the_best_in_theory_is_among_the_quickest():
    rates = SweepAxis("learning_rate", np.linspace(0.05, 0.5, 65), False)
    made = sweep_map(Sweep(VALLEY, optimizer("gd"), START, (rates,), "steps", 300))
    assert made.bounds.best == pytest.approx((2.0 / 6.0,))
    assert made.at(made.best)[0] == pytest.approx(2.0 / 6.0, abs=0.03)
    kept = SweepAxis("momentum", np.linspace(0.0, 0.4, 33), False)
    two = sweep_map(Sweep(VALLEY, optimizer("momentum"), START, (rates, kept), "steps", 300))
    root = np.sqrt(2.0)
    best = (4.0 / (2.0 + root) ** 2, ((root - 1.0) / (root + 1.0)) ** 2)
    assert two.bounds.best == pytest.approx(best)
    place = two.nearest(*best)
    assert two.step[place] <= two.step[two.best] + 4


def test_a_schedule_is_followed_and_has_no_bound():
    cosine = schedule("cosine")
    rates = axis("gd", "learning_rate", 0.01, 0.6)
    sweep = Sweep(VALLEY, optimizer("gd"), START, (rates,), steps=60, schedule=cosine)
    made = sweep_map(sweep)
    assert made.bounds is None
    for place in ((0,), (4,), (8,)):
        assert_same(sweep, made, place)


def test_a_landscape_of_one_parameter_has_sweeps():
    parabola = preset("parabola").build()
    chosen = optimizer("gd")
    low, high = usual_range(parabola, chosen, "learning_rate", (3.0,))
    assert low < 0.01
    assert high > 1.0
    sweep = Sweep(parabola, chosen, (3.0,), (axis_of(chosen, "learning_rate", low, high, 33),))
    made = sweep_map(sweep)
    assert made.bounds.bound.tolist() == [[pytest.approx(1.0)]]
    for place in ((0,), (20,), (32,)):
        assert_same(sweep, made, place)


def test_a_bound_where_the_landscape_is_no_bowl_is_that_of_the_minimum_reached():
    himmelblau = preset("himmelblau").build()
    rates = axis("gd", "learning_rate", 0.001, 0.04, 17)
    made = sweep_map(Sweep(himmelblau, optimizer("gd"), (3.5, 2.5), (rates,)))
    assert not made.bounds.exact
    assert made.bounds.minimum == pytest.approx((3.0, 2.0))
    steepest = np.linalg.eigvalsh(himmelblau.hessian([(3.0, 2.0)])[0])[-1]
    assert made.bounds.bound[0, 0] == pytest.approx(2.0 / steepest)


def test_the_usual_range_of_rates_shows_crawling_and_diverging_runs():
    for kind in ("gd", "momentum", "nesterov"):
        chosen = optimizer(kind)
        low, high = usual_range(VALLEY, chosen, "learning_rate", START)
        made = sweep_map(
            Sweep(VALLEY, chosen, START, (axis_of(chosen, "learning_rate", low, high, 65),))
        )
        assert made.failed[-1]
        assert not made.failed[0]
        assert not made.converged[0]
        assert made.converged.any() or kind == "momentum"


def test_ranges_of_others_are_those_of_their_sliders_as_far_as_they_are_legal():
    for kind in OPTIMIZERS:
        chosen = optimizer(kind)
        for one in sweepable(chosen):
            for end in usual_range(VALLEY, chosen, one.name, START):
                one.check(end)


def test_numbers_that_bound_each_other_leave_their_forbidden_cells_undefined():
    axes = (axis("rprop", "smallest_step", 0.1, 1.0, 5), axis("rprop", "largest_step", 0.1, 1.0, 5))
    made = sweep_map(Sweep(VALLEY, optimizer("rprop"), START, axes, steps=10))
    smallest, largest = np.meshgrid(axes[0].values, axes[1].values)
    assert np.array_equal(made.failed, smallest > largest)


@pytest.mark.parametrize(
    ("name", "low", "high", "words"),
    [
        ("speed", 0.0, 1.0, "no number called 'speed'"),
        ("momentum", 0.0, 1.0, "less than 1"),
        ("momentum", 0.5, 0.2, "must go up"),
        ("learning_rate", 0.0, 0.2, "greater than 0"),
    ],
)
def test_what_can_not_be_swept_is_refused(name, low, high, words):
    with pytest.raises(UserError, match=words):
        axis("momentum", name, low, high)
