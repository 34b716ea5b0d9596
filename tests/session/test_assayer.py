"""The assayer measures in its thread: the newest of each purpose, and none is starved."""

import numpy as np
import pytest

from gdviz.engine.sensitivity import sensitivity
from gdviz.landscapes import Valley
from gdviz.session.assayer import Assay, Assayer

LIMIT = 10_000
VALLEY = Valley()


class Dear(Valley):
    """A landscape that takes long enough for a rough answer to come first."""

    cost = 2000


@pytest.fixture
def assayer(courtesy):
    assayer = Assayer(courtesy)
    yield assayer
    assayer.stop()


@pytest.fixture
def told(assayer):
    told = []
    assayer.measured.connect(lambda assay, found: told.append((assay, found)))
    return told


def here(x, landscape=VALLEY, purpose="here"):
    return Assay(purpose, landscape, (x, 1.0), 0.05)


def test_what_is_told_is_what_the_engine_finds(qtbot, assayer, told):
    assayer.request(here(0.5))
    assert assayer.busy
    qtbot.waitUntil(lambda: not assayer.busy, timeout=LIMIT)
    ((assay, found),) = told
    expected = sensitivity(VALLEY, (0.5, 1.0), 0.05)
    assert assay == here(0.5)
    assert found.highest.loss == expected.highest.loss
    assert np.array_equal(found.trust.outline, expected.trust.outline)


def test_a_point_that_keeps_moving_is_shown_on_its_way_and_in_the_end(qtbot, assayer, told):
    for number in range(50):
        assayer.request(here(float(number)))
    qtbot.waitUntil(lambda: not assayer.busy, timeout=LIMIT)
    assert [assay.point[0] for assay, _ in told] == [0.0, 49.0]


def test_each_purpose_has_its_newest(qtbot, assayer, told):
    for number in range(5):
        assayer.request(here(float(number)))
        assayer.request(here(-float(number), purpose="kept"))
    qtbot.waitUntil(lambda: not assayer.busy, timeout=LIMIT)
    ends = {assay.purpose: assay.point[0] for assay, _ in told}
    assert ends == {"here": 4.0, "kept": -4.0}
    assert len(told) == 3


def test_after_a_rough_answer_a_newer_point_goes_first(qtbot, assayer, told):
    assayer.request(here(0.0, Dear()))
    assayer.request(here(1.0, Dear()))
    qtbot.waitUntil(lambda: not assayer.busy, timeout=LIMIT)
    seen = [(assay.point[0], found.coarse) for assay, found in told]
    assert seen == [(0.0, True), (1.0, True), (1.0, False)]


def test_what_is_forgotten_is_not_told(qtbot, assayer, told):
    assayer.request(here(0.0))
    assayer.request(here(1.0, purpose="kept"))
    assayer.forget("here")
    qtbot.waitUntil(lambda: not assayer.busy, timeout=LIMIT)
    assert [assay.purpose for assay, _ in told] == ["kept"]


def test_what_cannot_be_measured_is_told_and_the_next_one_is_measured(qtbot, assayer, told):
    class Unlucky(Valley):
        def loss_at(self, *columns):
            raise FloatingPointError("this landscape cannot be computed")

    with qtbot.waitSignal(assayer.failed, timeout=LIMIT) as failed:
        assayer.request(here(0.0, Unlucky()))
    assert failed.args == ["this landscape cannot be computed"]
    assayer.request(here(1.0))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=LIMIT)
