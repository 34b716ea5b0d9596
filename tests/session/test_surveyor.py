"""The surveyor samples in its thread; the newest request wins."""

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.engine import contour_map
from gdviz.landscapes import Domain, Valley
from gdviz.session.surveyor import Surveyor

LIMIT = 10_000
VALLEY = Valley()


def test_a_map_is_the_one_that_the_engine_makes(qtbot, surveyor):
    with qtbot.waitSignal(surveyor.map_ready, timeout=LIMIT) as ready:
        surveyor.request(VALLEY, VALLEY.domain, (60, 80))
    (made,) = ready.args
    expected = contour_map(VALLEY, VALLEY.domain, (60, 80))
    assert made.field.domain == VALLEY.domain
    assert made.field.loss.tobytes() == expected.field.loss.tobytes()
    assert made.scale == expected.scale
    assert made.steepest == expected.steepest
    assert [line.level for line in made.lines] == [line.level for line in expected.lines]


def test_of_many_requests_the_newest_is_the_last_to_arrive(qtbot, surveyor):
    maps = []
    surveyor.map_ready.connect(maps.append)
    for number in range(30):
        surveyor.request(VALLEY, Domain.of((0.0, 1.0 + number), (0.0, 1.0)), (100, 100))
    qtbot.waitUntil(lambda: bool(maps), timeout=LIMIT)
    assert [made.field.domain[0][1] for made in maps] == [30.0]


def test_a_map_that_was_on_its_way_is_dropped_when_another_is_requested(qtbot, surveyor):
    maps, sent = [], threading.Event()
    surveyor.map_ready.connect(maps.append)
    surveyor._worker._bench.result.connect(sent.set, Qt.ConnectionType.DirectConnection)
    for number in range(10):
        sent.clear()
        surveyor.request(VALLEY, Domain.of((0.0, 1.0 + number), (0.0, 1.0)), (30, 40))
        assert sent.wait(2.0)  # no event is handled here meanwhile: the map waits in the queue
    qtbot.waitUntil(lambda: bool(maps), timeout=LIMIT)
    assert [made.field.domain[0][1] for made in maps] == [10.0]


def test_a_map_that_cannot_be_made_does_not_stop_the_next_one(qtbot, surveyor):
    class Unlucky(Valley):
        def loss_at(self, *columns):
            raise FloatingPointError("this landscape cannot be computed")

    with qtbot.waitSignal(surveyor._worker.failed, timeout=LIMIT):
        surveyor.request(Unlucky(), VALLEY.domain, (30, 40))
    with qtbot.waitSignal(surveyor.map_ready, timeout=LIMIT) as ready:
        surveyor.request(VALLEY, VALLEY.domain, (30, 40))
    assert np.isfinite(ready.args[0].field.loss).all()


@pytest.mark.parametrize("requests", [0, 3])
def test_it_stops_promptly_and_may_be_stopped_twice(courtesy, requests):
    surveyor = Surveyor(courtesy)
    for _ in range(requests):
        surveyor.request(VALLEY, VALLEY.domain, (1000, 1000))
    before = time.monotonic()
    surveyor.stop()
    assert time.monotonic() - before < 2.0
    surveyor.stop()
