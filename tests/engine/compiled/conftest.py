"""Kernels take seconds to compile: the tests share them, and most of them none of their own."""

import os
import shutil

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk, arrivals
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer


def pytest_collection_modifyitems(items):
    if not os.environ.get("GDVIZ_WIDE"):
        wide = pytest.mark.skip(reason="takes minutes; set GDVIZ_WIDE=1")
        for item in items:
            if "wide" in item.keywords:
                item.add_marker(wide)


def descent_of(name="gd", place="himmelblau", rows=300, steps=400, **settings):
    landscape = preset(place).build()
    domain = landscape.domain
    starts = np.random.default_rng(7).uniform(domain.low, domain.high, (rows, 2))
    settings = settings or {"learning_rate": 0.01}
    return Descent.of(landscape, optimizer(name, **settings), starts, steps)


def ended(descent, **how):
    bulk = Bulk(descent, **how)
    *_, made = arrivals(bulk)
    return made


def same_ends(one, other):
    np.testing.assert_array_equal(one.outcome, other.outcome)
    np.testing.assert_array_equal(one.step, other.step)
    np.testing.assert_array_equal(one.params, other.params)


def counter_of(kernels):
    """Return what counts points, which is waited for."""
    kernels.counter()
    kernels._counting.over.wait(120)
    return kernels.counter()


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """Return a cache with the kernel for gradient descent and that which counts."""
    pytest.importorskip("numba")
    cache = KernelCache(tmp_path_factory.mktemp("kernels") / "kernels")
    with Kernels(cache) as kernels:
        awaited = kernels.prepare(descent_of())
        assert awaited is not None
        assert awaited.wait(120)
        assert counter_of(kernels) is not None
    return cache


@pytest.fixture
def cache(filled, tmp_path):
    """Return a copy of that cache, to be damaged."""
    shutil.copytree(filled.folder, tmp_path / "kernels")
    return KernelCache(tmp_path / "kernels")


@pytest.fixture
def no_child(monkeypatch):
    """Fail whatever would compile."""

    def refuse(*_, **__):
        pytest.fail("a child was started")

    monkeypatch.setattr("gdviz.engine.compiled.workshop.subprocess.Popen", refuse)
