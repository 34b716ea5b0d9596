"""Telling places apart at which runs come to rest."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.engine.basins import PENDING, UNDEFINED, basin_map, basin_maps
from gdviz.engine.basins import rests as places
from gdviz.engine.basins.rests import gathered
from gdviz.landscapes import Domain, preset
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import optimizer
from gdviz.surfaces import SurfaceFile


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=60))
def test_both_ways_to_join_cells_agree(cells):
    cells = np.array(sorted(set(cells)), dtype=np.int64)
    labels = places._groups(cells)
    pairs = [
        (one, other)
        for one in range(len(cells))
        for other in range(one)
        if np.abs(cells[one] - cells[other]).max() <= 1
    ]
    joined = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    many = places._many_joined(joined, len(cells))
    same = labels[:, np.newaxis] == labels
    np.testing.assert_array_equal(same, many[:, np.newaxis] == many)


def test_ends_near_a_known_minimum_are_that_minimum():
    landscape = preset("himmelblau").build()
    ends = np.array([[3.0, 3.0001, -2.8], [2.0, 2.0001, 3.13]])
    number, rests = gathered(landscape, ends)
    assert number.tolist()[:2] == [0, 0]
    assert rests[0].point == (3.0, 2.0)
    assert rests[0].known
    assert len(rests) == 2


def test_known_places_keep_their_numbers():
    landscape = preset("himmelblau").build()
    one = np.array([[3.0], [2.0]])
    other = np.array([[-2.805118], [3.131312]])
    _, first = gathered(landscape, other)
    number, both = gathered(landscape, np.concatenate([one, other], axis=1), first)
    assert both[0] == first[0]
    assert number.tolist() == [1, 0]


def measured_bowl():
    x, y = np.linspace(-2.0, 2.0, 21), np.linspace(-1.0, 1.0, 15)
    loss = (x - 0.3) ** 2 + 2.0 * (y[:, np.newaxis] + 0.2) ** 2
    return SampledLandscape.of(SurfaceFile.of(Path("s.h5"), x, y, {"loss": loss}))


def test_pixels_beyond_a_measured_surface_are_undefined_and_the_others_reach_its_minimum():
    landscape = measured_bowl()
    box = Domain.of((-4.0, 4.0), (-1.0, 1.0))
    found = basin_map(landscape, optimizer("gd", learning_rate=0.1), box, (8, 32), steps=300)
    outside = np.abs(found.x) > 2.0
    assert np.all(found.basin[:, outside] == UNDEFINED)
    assert np.all(found.basin[:, ~outside] == 0)
    assert found.rests[0].point == pytest.approx((0.3, -0.2), abs=1e-3)


def test_an_unfinished_map_has_no_holes():
    landscape = preset("himmelblau").build()
    maps = basin_maps(landscape, optimizer("gd", learning_rate=0.01), landscape.domain, (300, 300))
    first = next(one for one in maps if one is not None)
    assert not first.complete
    assert not np.any(first.basin == PENDING)
