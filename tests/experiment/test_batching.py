"""Runs that are computed together get the bits that they get alone."""

from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import GradientNoise, MiniBatch, compute, descend
from gdviz.experiment import Run, batches, in_order
from gdviz.landscapes import preset
from gdviz.optimizers import OPTIMIZERS, optimizer, schedule

VALLEY = preset("valley").build()
REGRESSION = preset("regression").build()
START = (-3.0, 4.0)


def made(landscape, runs):
    found = batches(landscape, runs)
    return in_order((batch, compute(batch.descent)) for batch in found)


def assert_as_alone(landscape, runs):
    found = made(landscape, runs)
    assert [number for number, _ in found] == list(range(len(runs)))
    for (_, trajectory), run in zip(found, runs, strict=True):
        alone = descend(
            landscape,
            run.optimizer,
            run.start,
            run.steps,
            schedule=run.schedule,
            noise=run.noise,
        )
        assert trajectory.params.shape[1] == 1
        assert trajectory.params.tobytes() == alone.params.tobytes()
        assert trajectory.loss.tobytes() == alone.loss.tobytes()
        assert trajectory.outcome == alone.outcome
        assert trajectory.last_step == alone.last_step


def test_runs_that_differ_in_numbers_only_are_one_batch():
    runs = [Run(optimizer("gd", learning_rate=rate), START) for rate in (0.1, 0.2, 0.7)]
    runs.append(Run(optimizer("gd", learning_rate=0.1), (1.0, 1.0)))
    (batch,) = batches(VALLEY, runs)
    assert batch.runs == (0, 1, 2, 3)
    assert_as_alone(VALLEY, runs)


def test_what_differs_otherwise_is_apart():
    gd = optimizer("gd", learning_rate=0.1)
    runs = [
        Run(gd, START),
        Run(optimizer("momentum", learning_rate=0.1), START),
        Run(gd, START, steps=50),
        Run(gd, START, schedule=schedule("cosine")),
        Run(gd, START, noise=GradientNoise(0.1)),
        Run(gd, (0.0, 0.0)),
        Run(gd, START, noise=GradientNoise(0.2, 5)),
    ]
    assert [batch.runs for batch in batches(VALLEY, runs)] == [
        (0, 5),
        (1,),
        (2,),
        (3,),
        (4, 6),
    ]
    assert_as_alone(VALLEY, runs)


def test_mini_batches_of_different_sizes_are_apart():
    gd = optimizer("gd", learning_rate=0.01)
    noises = (MiniBatch(4, 1), MiniBatch(4, 2), MiniBatch(5, 1), None)
    runs = [Run(gd, (0.0, 0.0), noise=noise) for noise in noises]
    assert [batch.runs for batch in batches(REGRESSION, runs)] == [(0, 1), (2,), (3,)]
    assert_as_alone(REGRESSION, runs)


def test_a_switch_is_never_a_row():
    runs = [Run(optimizer("rmsprop", centered=on), START) for on in (True, False, True)]
    assert [batch.runs for batch in batches(VALLEY, runs)] == [(0, 2), (1,)]


@pytest.mark.parametrize("key", list(OPTIMIZERS))
def test_every_optimizer_keeps_its_bits_in_a_batch_of_different_hyperparameters(key):
    kind = OPTIMIZERS[key]()
    variants = [kind]
    for declared in kind.hyperparameters():
        if declared.kind == "number":
            low, high = declared.slider
            value = low + 0.3 * (high - low) if not declared.logarithmic else (low * high) ** 0.5
            variants.append(replace(kind, **{declared.name: value}))
    starts = [START, (1.0, 0.5)]
    runs = [Run(variant, start, steps=70) for variant in variants for start in starts]
    assert_as_alone(preset("rosenbrock").build(), runs)


def test_no_runs_are_no_batches():
    assert batches(VALLEY, []) == ()


def test_many_runs_are_quickly_sorted_into_few_batches():
    rng = np.random.default_rng(0)
    runs = [
        Run(optimizer("adam", learning_rate=rate), tuple(start))
        for rate, start in zip(
            rng.uniform(0.01, 0.1, 500).tolist(), rng.uniform(-1, 1, (500, 2)).tolist(), strict=True
        )
    ]
    assert len(batches(VALLEY, runs)) == 1
