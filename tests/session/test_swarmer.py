"""The swarmer's pictures: the newest wish is answered, none are queued."""

import time
from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine.bulk import Bulk
from gdviz.engine.swarm import Swarm, picture_of
from gdviz.experiment import open_experiment
from gdviz.experiment.swarm import swarm_descent
from gdviz.experiment.whole_plane import SwarmSpec, WholePlane
from gdviz.optimizers import with_hyperparameters
from gdviz.session.courtesy import Courtesy
from gdviz.session.swarmer import Swarmer, SwarmWish

LIMIT = 10_000
EXPERIMENT = replace(
    open_experiment("valley"), plane=WholePlane(swarm=SwarmSpec(shown=True, count=900))
)


@pytest.fixture
def swarmer(courtesy):
    swarmer = Swarmer(courtesy)
    yield swarmer
    swarmer.stop()


def wish(step, experiment=EXPERIMENT, **options):
    return SwarmWish(experiment, step, experiment.view.domain, (40, 60), **options)


def expected(step, experiment=EXPERIMENT):
    swarm = Swarm(swarm_descent(experiment))
    return picture_of(swarm, step, experiment.view.domain, (40, 60)).levels


def test_a_picture_is_the_one_that_the_engine_makes_computed_ahead_or_not(qtbot, swarmer):
    for step in (3, 4, 5, 1):
        with qtbot.waitSignal(swarmer.news, timeout=LIMIT) as news:
            swarmer.request(wish(step, ahead=1))
        (made,) = news.args
        assert made.picture.step == step
        assert np.array_equal(made.picture.levels, expected(step))
        assert made.kept.startswith("Of 900 runs")


def test_of_many_wishes_the_first_and_the_newest_are_answered(qtbot, swarmer):
    steps = []
    swarmer.news.connect(lambda news: steps.append(news.picture.step))
    for step in range(30):
        swarmer.request(wish(step))
    qtbot.waitUntil(lambda: steps[-1:] == [29], timeout=LIMIT)
    assert steps == [0, 29]


def test_playing_unevenly_computes_each_step_once(qtbot, swarmer, monkeypatch):
    taken, back = [], []
    advance, restore = Bulk.advance, Bulk.restore
    monkeypatch.setattr(Bulk, "advance", lambda bulk, n: taken.append(n) or advance(bulk, n))
    monkeypatch.setattr(
        Bulk, "restore", lambda bulk, kept: back.append(kept) or restore(bulk, kept)
    )
    for step in (1, 2, 9, 10, 12, 30, 31, 32):  # the playhead leaves out some when it is late
        with qtbot.waitSignal(swarmer.news, timeout=LIMIT):
            swarmer.request(wish(step, ahead=1))
    assert back == []
    assert sum(taken) <= 33


def test_a_window_that_is_never_idle_holds_up_a_picture_once_however_far_away(qtbot, qapp):
    class Never(Courtesy):
        waits = 0

        def wait(self):
            self.waits += 1
            time.sleep(0.02)

    courtesy = Never()
    swarmer = Swarmer(courtesy)
    far = replace(EXPERIMENT, plane=WholePlane(swarm=SwarmSpec(shown=True, count=40_000)))
    with qtbot.waitSignal(swarmer.news, timeout=LIMIT):
        swarmer.request(wish(90, far))  # some twenty parts
    swarmer.stop()
    assert courtesy.waits <= 2  # one may follow the picture


def test_another_learning_rate_gives_another_swarm(qtbot, swarmer):
    run = EXPERIMENT.current
    slower = replace(run, optimizer=with_hyperparameters(run.optimizer, learning_rate=0.01))
    other = replace(EXPERIMENT, runs=(slower,))
    for experiment in (EXPERIMENT, other):
        with qtbot.waitSignal(swarmer.news, timeout=LIMIT) as news:
            swarmer.request(wish(6, experiment))
        assert np.array_equal(news.args[0].picture.levels, expected(6, experiment))
    assert not np.array_equal(expected(6), expected(6, other))


def test_what_cannot_be_computed_is_told(qtbot, swarmer):
    spec = SwarmSpec(shown=True, kind="brush")
    nothing = replace(EXPERIMENT, plane=WholePlane(swarm=spec))
    with qtbot.waitSignal(swarmer.failed, timeout=LIMIT) as failed:
        swarmer.request(wish(0, nothing))
    assert "nothing has been brushed yet" in failed.args[0]
    assert not swarmer.busy
