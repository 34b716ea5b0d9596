"""Views are drawn on no screen, and pictures compared by their pixels."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pyqtgraph as pg
import pytest

from gdviz.engine import Descent, compute, contour_map
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer


def _load(name):
    """Return a module beside this file, which is on no import path."""
    whole = f"tests_views_{name}"
    if whole not in sys.modules:
        path = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(whole, path)
        sys.modules[whole] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[whole])
    return sys.modules[whole]


@pytest.fixture(scope="session")
def images(qapp):
    """Return what draws views into arrays."""
    return _load("images")


@pytest.fixture
def hand_over(qtbot, monkeypatch):
    """Return what opens a window with a view, and a mouse over it.

    Every move counts, where pyqtgraph leaves out those within 10 ms of another.
    """
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)
    return lambda view: _load("hand").Hand(qtbot, view)


@pytest.fixture
def told(qapp):
    """Return what collects all that a signal tells."""
    return _load("hand").told


@pytest.fixture(scope="session")
def single_runs():
    """Return what takes a batch apart into trajectories of one run, views of the same memory."""

    def split(batch):
        return tuple(
            replace(
                batch,
                params=batch.params[:, run : run + 1],
                loss=batch.loss[:, run : run + 1],
                gradient=batch.gradient[:, run : run + 1],
                outcome=batch.outcome[run : run + 1],
                outcome_step=batch.outcome_step[run : run + 1],
                last_step=batch.last_step[run : run + 1],
            )
            for run in range(len(batch.outcome))
        )

    return split


@pytest.fixture
def assert_alike(images, tmp_path):
    """Compare two pictures; when they differ, they are left in the test's folder."""
    return images.Comparison(tmp_path)


@pytest.fixture(scope="session")
def valley():
    return Valley()


@pytest.fixture(scope="session")
def valley_map(valley):
    return contour_map(valley, valley.domain, (180, 240))


@pytest.fixture(scope="session")
def descend_valley(valley):
    """Return what computes a trajectory of the valley from some starts."""

    def descend(*starts, name="gd", rate=0.1, steps=50):
        kind = optimizer(name, learning_rate=rate)
        return compute(Descent.of(valley, kind, starts or [(-3.0, 4.0)], steps))

    return descend
