"""Noise, mini-batches and schedules in the loop: reproducible to the bit, row by row."""

import math

import numpy as np
import pytest

import gdviz
from gdviz.engine import Descent, GradientNoise, MiniBatch, compute, descend
from gdviz.errors import UserError
from gdviz.landscapes import Valley, preset
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.optimizers import optimizer, schedule

VALLEY = Valley()
GD = optimizer("gd", learning_rate=0.05)
START = (-3.0, 4.0)
FITS = ("regression", "regression-w1", "cars", "o-rings", "boiling", "outlier")


def fit(name):
    landscape = preset(name).build()
    assert isinstance(landscape, FitLandscape)
    return landscape


# Schedules


def test_a_scheduled_rate_is_the_loop_with_that_rate():
    rates = schedule("cosine", warmup=5)
    found = descend(VALLEY, GD, START, 60, schedule=rates)
    point = np.array([START])
    for k, factor in enumerate(rates.factors(np.arange(60), 60).tolist()):
        assert found.params[k] == pytest.approx(point, rel=1e-13)
        point = point - 0.05 * factor * VALLEY.gradient(point)


def test_a_constant_schedule_changes_no_bit():
    plain = descend(VALLEY, GD, START, 100)
    assert descend(VALLEY, GD, START, 100, schedule=schedule("constant")).params.tobytes() == (
        plain.params.tobytes()
    )


def test_a_schedule_works_with_a_rate_for_each_row():
    rates = np.array([[0.01], [0.1]])
    both = descend(
        VALLEY,
        optimizer("momentum", learning_rate=rates),
        [START] * 2,
        80,
        schedule=schedule("exponential"),
    )
    for row, rate in enumerate(rates[:, 0].tolist()):
        alone = descend(
            VALLEY,
            optimizer("momentum", learning_rate=rate),
            START,
            80,
            schedule=schedule("exponential"),
        )
        assert both.params[:, row].tobytes() == alone.params[:, 0].tobytes()


def test_an_optimizer_without_a_rate_refuses_a_schedule():
    with pytest.raises(UserError, match="'line_search' has no learning rate"):
        descend(VALLEY, optimizer("line_search"), START, schedule=schedule("cosine"))


# Gradient noise


def noisy(scale=0.5, seed=3, steps=200, start=START, kind=GD):
    return descend(VALLEY, kind, start, steps, noise=GradientNoise(scale, seed))


def test_noise_is_the_same_for_the_same_seed_and_other_for_another():
    assert noisy().params.tobytes() == noisy().params.tobytes()
    assert not np.array_equal(noisy(seed=4).params, noisy().params)


def test_a_longer_noisy_run_begins_with_the_shorter_one():
    assert np.array_equal(noisy(steps=300).params[:131], noisy(steps=130).params)


def test_the_recorded_gradient_is_the_true_one():
    found = noisy()
    assert np.array_equal(found.gradient[:, 0], VALLEY.gradient(found.params[:, 0]))


def test_noise_is_normal_with_its_standard_deviation():
    rate = 1e-6
    found = noisy(scale=2.0, steps=20_000, kind=optimizer("gd", learning_rate=rate))
    steps = np.diff(found.params[:, 0], axis=0)
    errors = -steps / rate - found.gradient[:-1, 0]
    assert errors.mean(axis=0) == pytest.approx([0.0, 0.0], abs=5 * 2.0 / math.sqrt(20_000))
    assert errors.std(axis=0) == pytest.approx([2.0, 2.0], rel=0.02)
    assert abs(np.corrcoef(errors.T)[0, 1]) < 0.03
    assert abs(np.corrcoef(errors[1:, 0], errors[:-1, 0])[0, 1]) < 0.03


def test_noise_of_scale_0_changes_no_bit():
    assert noisy(scale=0.0).params.tobytes() == descend(VALLEY, GD, START, 200).params.tobytes()


def test_a_noisy_row_is_the_same_in_any_batch():
    noises = [GradientNoise(0.5, 1), GradientNoise(2.0, 2), GradientNoise(0.5, 3)]
    starts = [START, (1.0, 1.0), (5.0, -2.0)]
    both = compute(Descent.of(VALLEY, GD, starts, 150, noise=noises))
    for row, (start, noise) in enumerate(zip(starts, noises, strict=True)):
        alone = descend(VALLEY, GD, start, 150, noise=noise)
        assert both.params[:, row].tobytes() == alone.params[:, 0].tobytes()


def test_a_race_with_one_seed_meets_one_noise():
    """With a rate of next to nothing, what each sees is the slope at the start and the error."""
    rate = 1e-9
    errors = []
    for start in (START, (6.0, 1.0)):
        found = noisy(start=start, kind=optimizer("gd", learning_rate=rate), steps=20)
        errors.append(-np.diff(found.params[:, 0], axis=0) / rate - found.gradient[:-1, 0])
    assert errors[0] == pytest.approx(errors[1], abs=1e-4)


# Mini-batches


@pytest.mark.parametrize("name", FITS)
def test_a_batch_of_the_whole_table_is_the_gradient(name):
    landscape = fit(name)
    rng = np.random.default_rng(0)
    domain = landscape.domain
    points = rng.uniform(domain.low, domain.high, size=(5, landscape.dimension))
    rows = np.tile(np.arange(landscape.rows), (5, 1))
    found = landscape.batch_gradient(np.ascontiguousarray(points.T), rows).T
    expected = landscape.gradient(points)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(expected).max())


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("size", [1, 3, 7])
def test_the_batches_of_an_epoch_average_to_the_gradient(name, size):
    """Each row of the table counts once in an epoch, the last batch being smaller."""
    from gdviz.engine.noise import sampler_of

    landscape = fit(name)
    domain = landscape.domain
    columns = np.ascontiguousarray((domain.low + 0.3 * domain.width)[:, np.newaxis])
    sampler = sampler_of((MiniBatch(size, 5),), landscape)
    count = -(-landscape.rows // size)
    for epoch in (0, 3):
        total = np.zeros_like(columns)
        for place in range(count):
            here = min(size, landscape.rows - place * size)
            total += here * sampler.seen(epoch * count + place, columns, columns)
        expected = landscape.gradient_columns(columns)
        scale = np.abs(expected).max() + np.abs(total).max() / landscape.rows
        assert total / landscape.rows == pytest.approx(expected, rel=1e-9, abs=1e-9 * scale)


def test_epochs_are_shuffled_anew_and_reproducibly():
    landscape = fit("regression")
    rate = preset("regression").learning_rate
    kind = optimizer("gd", learning_rate=rate)

    def run(seed):
        return descend(landscape, kind, (0.0, 0.0), 100, noise=MiniBatch(4, seed)).params

    assert run(1).tobytes() == run(1).tobytes()
    assert not np.array_equal(run(1), run(2))
    steps = np.diff(run(1)[:, 0, 0])
    assert not np.allclose(np.sign(steps[:6]), np.sign(steps[6:12])) or not np.allclose(
        steps[:6], steps[6:12], rtol=1e-3
    )


def test_mini_batch_steps_follow_the_rows_by_hand():
    landscape = fit("regression")
    seed, size, rate = 9, 5, 1e-3
    found = descend(
        landscape,
        optimizer("gd", learning_rate=rate),
        (100.0, 0.0),
        12,
        noise=MiniBatch(size, seed),
    )
    weight, bias = 100.0, 0.0
    feature, label = landscape.data.feature, landscape.data.label
    rows = landscape.rows
    an_epoch = -(-rows // size)
    for step in range(12):
        assert found.params[step, 0] == pytest.approx([weight, bias], rel=1e-12)
        epoch, place = divmod(step, an_epoch)
        order = np.random.default_rng([seed, epoch]).permutation(rows)
        chosen = order[place * size : (place + 1) * size]
        error = 2.0 * (weight * feature[chosen] + bias - label[chosen])
        weight -= rate * float(np.mean(error * feature[chosen]))
        bias -= rate * float(np.mean(error))


def test_a_mini_batch_row_is_the_same_in_any_batch():
    landscape = fit("o-rings")
    noises = [MiniBatch(4, seed) for seed in (1, 2, 3)]
    kind = optimizer("adam", learning_rate=0.05)
    starts = [(0.0, 0.0), (0.1, 1.0), (-0.2, 3.0)]
    together = compute(Descent.of(landscape, kind, starts, 70, noise=noises))
    for row, (start, noise) in enumerate(zip(starts, noises, strict=True)):
        alone = descend(landscape, kind, start, 70, noise=noise)
        assert together.params[:, row].tobytes() == alone.params[:, 0].tobytes()


# Refusals


@pytest.mark.parametrize(
    ("landscape", "kind", "noise", "words"),
    [
        ("valley", "gd", MiniBatch(4), "mini-batches need a table's rows"),
        ("valley", "newton", GradientNoise(0.1), "'newton' can't use noise"),
        ("regression", "bfgs", MiniBatch(4), "'bfgs' can't use mini-batches"),
    ],
)
def test_noise_that_makes_no_sense_is_refused(landscape, kind, noise, words):
    with pytest.raises(UserError, match=words):
        descend(preset(landscape).build(), optimizer(kind), (0.0, 0.0), noise=noise)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: GradientNoise(-1.0), "noise must be"),
        (lambda: GradientNoise(math.nan), "noise must be"),
        (lambda: GradientNoise(math.inf), "noise must be"),
        (lambda: GradientNoise(1.0, -1), "seed must be"),
        (lambda: MiniBatch(0), "batch size must be"),
        (lambda: MiniBatch(2.5), "batch size must be"),
    ],
)
def test_bad_noise_is_refused(make, words):
    with pytest.raises(UserError, match=words):
        make()


def test_one_noise_too_few_is_refused():
    with pytest.raises(UserError, match="give one for each"):
        Descent.of(VALLEY, GD, [START] * 3, noise=[GradientNoise(1.0)] * 2)


def test_different_kinds_in_one_batch_are_refused():
    with pytest.raises(UserError, match="same kind of noise"):
        Descent.of(VALLEY, GD, [START] * 2, noise=[GradientNoise(1.0), None])


def test_the_library_offers_noise_and_schedules():
    found = gdviz.descend(
        gdviz.landscape("regression"),
        gdviz.optimizer("gd", learning_rate=0.05),
        (0.0, 0.0),
        steps=30,
        schedule=gdviz.schedule("step", period=10),
        noise=gdviz.MiniBatch(6, seed=1),
    )
    assert found.params.shape == (31, 1, 2)
