"""A swarm computed and counted by kernels is the one that NumPy computes, to the bit."""

import numpy as np
import pytest

from gdviz.engine.bulk import Bulk
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.engine.swarm import Swarm, picture_of
from gdviz.engine.swarm.density import add_density, framed_counts
from gdviz.landscapes import Domain
from tests.engine.compiled.conftest import counter_of, descent_of

BOX = Domain.of((-1.0, 3.0), (5.0, 6.0))

pytestmark = pytest.mark.usefixtures("no_child")


@pytest.fixture
def kernels(filled):
    with Kernels(filled) as kernels:
        yield kernels


@pytest.mark.parametrize("chosen", [False, True])
def test_a_kernel_counts_as_numpy_does_inside_and_out(kernels, chosen):
    rng = np.random.default_rng(3)
    points = np.stack([rng.normal(1.0, 2.0, 5000), rng.normal(5.5, 0.6, 5000)])
    points[:, :6] = [[np.nan, 1.0, np.inf, 1.0, -np.inf, -1.0], [5.5, np.nan, 5.5, -np.inf, 9, 5]]
    points[0, 6:1000] = np.linspace(*BOX[0], 994)  # also on the edges of pixels
    drawn = rng.random(5000) < 0.5 if chosen else None
    counts, expected = framed_counts((31, 47)), framed_counts((31, 47))
    counts[3, 4] = expected[3, 4] = 5  # it adds
    add_density(counts, points, BOX, drawn, counter=counter_of(kernels))
    add_density(expected, points, BOX, drawn)
    assert np.array_equal(counts[1:-1, 1:-1], expected[1:-1, 1:-1])  # the frame is nobody's
    assert counts.sum() >= 5 + (5000 if drawn is None else drawn.sum())


def test_a_swarm_with_kernels_is_scrubbed_to_the_same_bits_in_few_large_blocks(kernels):
    descent = descent_of(rows=300, steps=400)
    kernels.prepare(descent).wait(60)
    swarm = Swarm(descent, threads=1, lane_rows=150, kernels=kernels)
    plain = Swarm(descent, threads=1, lane_rows=150)
    for step in (3, 16, 90, 41, 40, 200, 7, 400, 33):
        some, other = swarm.frame(step), plain.frame(step)
        assert np.array_equal(some.params, other.params)
        assert np.array_equal(some.outcome, other.outcome)
        pictures = [
            picture_of(one, step, descent.landscape.domain, (30, 40)) for one in (swarm, plain)
        ]
        assert np.array_equal(pictures[0].levels, pictures[1].levels)
    assert (swarm.every, plain.every) == (64, 16)  # keeping one takes as long as many steps


def test_rows_are_put_into_other_blocks_on_their_way_without_another_bit(kernels):
    descent = descent_of(rows=300, steps=400)
    bulk, plain = Bulk(descent, 1, 40), Bulk(descent, 1, 40)
    assert len(bulk.in_flight) == 8
    for step in (5, 16, 37):
        for one in (bulk, plain):
            one.advance(step - one.step)
        bulk.regroup(150 if step < 37 else 300)
        assert len(bulk.in_flight) == (2 if step < 37 else 1)
        assert np.array_equal(bulk.params(), plain.params())


def test_without_numba_nothing_counts_for_numpy(monkeypatch, tmp_path):
    monkeypatch.setattr("gdviz.engine.compiled.kernels.find_spec", lambda _: None)
    with Kernels(KernelCache(tmp_path / "none")) as kernels:
        assert kernels.counter() is None
