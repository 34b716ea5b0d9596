"""The sweeper computes in its thread; the newest request wins, and maps follow a drag."""

from dataclasses import replace

import pytest

from gdviz.engine.sweep import sweep_map
from gdviz.experiment import open_experiment
from gdviz.experiment.sweeping import sweep_of
from gdviz.session.sweeper import Sweeper

LIMIT = 10_000


@pytest.fixture
def sweeper(qtbot, courtesy):
    made = Sweeper(courtesy)
    yield made
    made.stop()


def from_start(x):
    experiment = open_experiment("valley")
    return experiment.started((x, 1.0))


def test_a_map_is_the_one_that_the_engine_makes(qtbot, sweeper):
    maps = []
    sweeper.map_ready.connect(maps.append)
    with qtbot.waitSignal(sweeper.finished, timeout=LIMIT):
        sweeper.request(from_start(1.0))
    expected = sweep_map(sweep_of(from_start(1.0)))
    assert [made.done for made in maps] == [False, False, True]
    assert maps[-1].loss.tobytes() == expected.loss.tobytes()
    assert maps[-1].outcome.tobytes() == expected.outcome.tobytes()


def test_of_many_requests_the_first_is_shown_meanwhile_and_the_newest_in_the_end(qtbot, sweeper):
    maps = []
    sweeper.map_ready.connect(maps.append)
    with qtbot.waitSignal(sweeper.finished, timeout=LIMIT):
        for x in range(20):
            sweeper.request(from_start(float(x)))
    first, last = (sweep_map(sweep_of(from_start(x))) for x in (0.0, 19.0))
    assert maps[0].start_loss == first.start_loss
    assert maps[-1].loss.tobytes() == last.loss.tobytes()
    assert len(maps) == 4


def test_what_can_not_be_swept_is_told(qtbot, sweeper):
    with qtbot.waitSignal(sweeper.failed, timeout=LIMIT) as failed:
        sweeper.request(from_start(1.0).cleared())
    assert "needs a run" in failed.args[0]
    with qtbot.waitSignal(sweeper.map_ready, timeout=LIMIT):
        sweeper.request(replace(from_start(1.0)))


def test_a_cancelled_sweep_never_arrives(qtbot, sweeper):
    maps = []
    sweeper.map_ready.connect(maps.append)
    sweeper.request(from_start(1.0))
    sweeper.cancel()
    with qtbot.waitSignal(sweeper.finished, timeout=LIMIT):
        sweeper.request(from_start(2.0))
    assert {made.start_loss for made in maps} == {sweep_map(sweep_of(from_start(2.0))).start_loss}
