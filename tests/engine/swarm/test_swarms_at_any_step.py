"""A swarm at any step, in whatever order steps are asked for."""

import numpy as np
import pytest

import gdviz
from gdviz.engine import Descent, compute
from gdviz.engine.bulk import CODES
from gdviz.engine.outcome import Outcome
from gdviz.engine.swarm import Swarm, even_starts
from gdviz.engine.swarm.lane import ordinal


def made(name="himmelblau", key="adam", count=144, steps=90, rate=0.05, **options):
    landscape = gdviz.landscape(name)
    starts = even_starts(landscape.domain, count)
    descent = Descent.of(landscape, gdviz.optimizer(key, learning_rate=rate), starts, steps)
    return descent, Swarm(descent, **options)


@pytest.mark.parametrize(("key", "rate"), [("adam", 0.05), ("gd", 0.005), ("momentum", 0.002)])
def test_every_step_has_the_bits_of_recorded_runs_until_they_end(key, rate):
    descent, swarm = made(key=key, rate=rate, lane_rows=50)
    recorded = compute(descent)
    for step in (0, 1, 15, 16, 17, 33, 90):
        frame = swarm.frame(step)
        still = frame.outcome == 0 if step < 90 else frame.outcome == CODES.index(Outcome.LAST_STEP)
        at = recorded.params[recorded.record_at(step)].T
        assert still.sum() > 20
        assert np.array_equal(frame.params[:, still], at[:, still])


def test_scrubbing_forth_and_back_gives_what_going_straight_gives():
    _, straight = made(lane_rows=100)
    _, scrubbed = made(lane_rows=100)
    frames = {step: straight.frame(step) for step in range(91)}
    for step in (90, 3, 50, 49, 17, 16, 0, 88, 89):
        frame = scrubbed.frame(step)
        assert frame.step == step
        assert np.array_equal(frame.params, frames[step].params)
        assert np.array_equal(frame.outcome, frames[step].outcome)
        assert frame.counts == frames[step].counts


def test_with_little_memory_fewer_steps_are_kept_and_none_is_another():
    _, rich = made(steps=200)
    _, poor = made(steps=200, budget=60_000)
    rich.frame(200)
    poor.frame(200)
    assert poor.every > rich.every == 16
    assert poor.size <= 60_000 < rich.size
    assert np.array_equal(poor.frame(101).params, rich.frame(101).params)
    every = f"every {ordinal(poor.every)} step is kept"
    assert poor.kept.startswith(f"Of 144 runs, {every}, the steps between are computed again; ")
    assert poor.kept.endswith(" MB.")


def test_a_swarm_that_was_left_on_its_way_goes_on_from_there():
    _, swarm = made(lane_rows=50)
    _, other = made(lane_rows=50)
    on_its_way = swarm.reach(80)
    for _ in range(3):
        next(on_its_way)
    assert np.array_equal(swarm.frame(20).params, other.frame(20).params)


def test_counts_tell_how_runs_ended_and_when_nothing_moves_any_more():
    _, swarm = made("valley", "gd", steps=400, rate=0.1)
    first = swarm.frame(0).counts
    assert (first.going, first.ended, swarm.settled) == (144, 0, None)
    last = swarm.frame(400).counts
    assert (last.converged, last.going, last.total) == (144, 0, 144)
    assert 0 < swarm.settled < 400
    assert swarm.frame(399).counts == last


def test_runs_that_diverged_are_counted_and_not_drawn():
    _, swarm = made("valley", "gd", steps=100, rate=2.0)
    frame = swarm.frame(100)
    assert frame.counts.diverged == 144
    assert not frame.drawn.any()
