"""Schedules multiply the learning rate as torch's do, after an even warm-up."""

import math

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.optimizers import CONSTANT, SCHEDULES, optimizer, schedule

every_schedule = pytest.mark.parametrize("name", list(SCHEDULES))


def factors(name, count=200, total=200, **settings):
    return schedule(name, **settings).factors(np.arange(count), total)


@every_schedule
def test_factors_are_from_0_to_1_and_any_part_is_the_same(name):
    whole = factors(name)
    assert np.all((whole >= 0.0) & (whole <= 1.0))
    part = schedule(name).factors(np.arange(70, 130), 200)
    assert np.array_equal(part, whole[70:130])


def test_constant_stays():
    assert np.all(factors("constant") == 1.0)
    assert schedule("constant") == CONSTANT


def test_step_decay_halves_every_period():
    assert factors("step", 7, period=3, gamma=0.5).tolist() == [1, 1, 1, 0.5, 0.5, 0.5, 0.25]


def test_exponential_decay_is_a_geometric_sequence():
    expected = [0.9**k for k in range(30)]
    assert factors("exponential", 30, gamma=0.9) == pytest.approx(expected, rel=1e-14)


def test_cosine_decay_is_half_a_cosine_over_the_run():
    decay = factors("cosine", 201)
    expected = [0.5 * (1 + math.cos(math.pi * k / 200)) for k in range(201)]
    assert decay == pytest.approx(expected, abs=1e-15)
    assert decay[0] == 1.0
    assert decay[200] == 0.0


def test_cosine_decay_ends_at_its_lowest_share_and_stays():
    decay = factors("cosine", 50, period=20, lowest=0.1)
    assert decay[10] == pytest.approx(0.55)
    assert decay[20:] == pytest.approx(0.1)


def test_warm_up_grows_evenly_and_stays():
    assert factors("warmup", 6, warmup=4).tolist() == [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]


def test_other_schedules_begin_after_their_warm_up():
    warmed = factors("step", 12, warmup=4, period=2, gamma=0.5)
    assert warmed[:4].tolist() == [0.25, 0.5, 0.75, 1.0]
    assert warmed[4:].tolist() == factors("step", 8, period=2, gamma=0.5).tolist()


def test_cosine_decay_after_a_warm_up_still_ends_with_the_run():
    assert factors("cosine", 201, warmup=50)[200] == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("cosin", {}, ["cosin", "did you mean 'cosine'", "exponential"]),
        ("step", {"gama": 0.5}, ["gama", "did you mean 'gamma'"]),
        ("constant", {"gamma": 0.5}, ["gamma", "it has none"]),
        ("step", {"gamma": 0.0}, ["gamma", "greater than 0", "got 0"]),
        ("step", {"gamma": math.nan}, ["gamma", "finite"]),
        ("step", {"period": 2.5}, ["period", "whole number", "2.5"]),
        ("step", {"period": 0}, ["period", "at least 1"]),
        ("warmup", {"warmup": -1}, ["warmup", "at least 0"]),
    ],
)
def test_a_mistake_is_told_in_one_line(name, settings, words):
    with pytest.raises(UserError) as caught:
        schedule(name, **settings)
    message = str(caught.value)
    assert all(word in message for word in words), message
    assert "\n" not in message


def test_a_scaled_rate_leaves_the_optimizer_as_it_was():
    whole = optimizer("momentum", learning_rate=0.4, momentum=0.5)
    half = whole.at_rate(0.5)
    assert (half.learning_rate, half.momentum) == (0.2, 0.5)
    assert whole.learning_rate == 0.4
    assert type(half) is type(whole)
