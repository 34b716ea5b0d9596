"""How densely a swarm lies, and what is drawn of it."""

import numpy as np
import pytest

import gdviz
from gdviz.engine import Descent
from gdviz.engine.swarm import Swarm, density, even_starts, log_levels, picture_of
from gdviz.engine.swarm.picture import CORE, RIM, dot_levels
from gdviz.landscapes import Domain

BOX = Domain.of((-1.0, 3.0), (5.0, 6.0))


@pytest.mark.parametrize("count", [1000, 70_000])
def test_density_counts_as_a_histogram_does(count):
    rng = np.random.default_rng(2)
    params = np.stack([rng.normal(1.0, 2.0, count), rng.normal(5.5, 0.6, count)])
    params[:, 0] = np.nan
    params[:, 1] = np.inf
    counts = density(params, BOX, (31, 47))
    known = params[:, 2:]
    expected, _, _ = np.histogram2d(known[1], known[0], bins=(31, 47), range=BOX.intervals[::-1])
    assert np.array_equal(counts, expected[::-1].astype(int))
    assert density(params, BOX, (31, 47), np.zeros(count, dtype=bool)).sum() == 0


def test_density_levels_grow_with_the_count_and_leave_empty_pixels_clear():
    levels = log_levels(np.array([[0, 1, 2, 50, 5000, 1_000_000]], dtype=np.uint32))[0]
    assert (levels[0], levels[1], levels[-1]) == (0, 1, 255)
    assert np.all(np.diff(levels.astype(int)) > 0)
    assert log_levels(np.array([[1, 2]], dtype=np.uint32)).max() < 60  # a thin swarm stays thin


def test_a_dot_has_a_core_in_a_rim_and_cores_lie_over_rims():
    counts = np.zeros((21, 21), dtype=np.uint32)
    counts[10, 10] = 1
    alone = dot_levels(counts)
    assert alone[10, 10] == CORE
    assert 0 < alone[11, 12] <= RIM
    assert alone[10, 16] == 0
    counts[10, 12] = 3
    assert dot_levels(counts)[10, 12] == CORE


def swarm_of(count):
    landscape = gdviz.landscape("valley")
    starts = even_starts(landscape.domain, count)
    return Swarm(Descent.of(landscape, gdviz.optimizer("gd", learning_rate=0.1), starts, 20))


def test_few_runs_are_dots_many_a_density_and_a_wish_comes_first():
    few, domain = swarm_of(400), gdviz.landscape("valley").domain
    assert picture_of(few, 3, domain, (20, 30)).dots
    assert not picture_of(few, 3, domain, (20, 30), "density").dots
    many = swarm_of(22_500)
    assert not picture_of(many, 0, domain, (20, 30)).dots
    assert picture_of(many, 0, domain, (20, 30), "points").dots


def test_dots_are_told_as_places_where_shapes_are_wanted():
    swarm, domain = swarm_of(400), gdviz.landscape("valley").domain
    picture = picture_of(swarm, 7, domain, (20, 30), shapes=True)
    assert picture.step == 7
    assert np.array_equal(picture.params, swarm.frame(7).params)
    assert picture_of(swarm, 7, domain, (20, 30)).params is None
