"""Views are drawn on no screen, and pictures compared by their pixels."""

import importlib.util
import sys
from pathlib import Path

import pytest

from gdviz.engine import Descent, compute, contour_map
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer


def _load_images():
    """Return the module ``images.py`` beside this file, which is on no import path."""
    name = "tests_views_images"
    if name not in sys.modules:
        path = Path(__file__).with_name("images.py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def images(qapp):
    """Return what draws views into arrays."""
    return _load_images()


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
