"""What lives in threads and timers here is stopped when its test ends."""

import pytest

from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.runner import Runner
from gdviz.session.surveyor import Surveyor
from gdviz.session.worker import Worker


@pytest.fixture
def courtesy(qapp):
    return Courtesy()


@pytest.fixture
def worker(courtesy):
    worker = Worker("worker of a test", courtesy)
    yield worker
    worker.stop()


@pytest.fixture
def runner(courtesy):
    runner = Runner(courtesy)
    yield runner
    runner.stop()


@pytest.fixture
def surveyor(courtesy):
    surveyor = Surveyor(courtesy)
    yield surveyor
    surveyor.stop()


@pytest.fixture
def player(qapp):
    player = Player()
    yield player
    player.pause()
