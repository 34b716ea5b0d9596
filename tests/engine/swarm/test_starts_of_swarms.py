"""Where a swarm begins."""

import numpy as np
import pytest

from gdviz.engine.swarm import brushed_starts, even_starts, scattered_starts
from gdviz.experiment.whole_plane import Stroke
from gdviz.landscapes import Domain

BOX = Domain.of((-2.0, 4.0), (10.0, 11.0))


@pytest.mark.parametrize("count", [1, 7, 100, 1000])
def test_even_starts_are_at_most_as_many_as_wanted_and_fill_the_box_evenly(count):
    starts = even_starts(BOX, count)
    assert 0.7 * count <= len(starts) <= count
    assert np.all((starts > BOX.low) & (starts < BOX.high))
    assert np.allclose(starts.mean(axis=0), BOX.center)


def test_the_same_seed_gives_the_same_starts_and_more_are_added_to_them():
    few, many = scattered_starts(BOX, 50, 3), scattered_starts(BOX, 80, 3)
    assert np.array_equal(many[:50], few)
    assert not np.array_equal(scattered_starts(BOX, 50, 4), few)
    assert np.all((many >= BOX.low) & (many < BOX.high))


def test_brushed_starts_lie_on_their_disks_evenly_and_one_more_stroke_moves_none():
    first, second = Stroke((1.0, 10.5), (0.5, 0.1), 4000), Stroke((3.0, 10.2), (0.1, 0.1), 5)
    starts = brushed_starts([first], 1)
    unit = (starts - first.center) / np.array(first.radius)
    away = np.hypot(*unit.T)
    assert away.max() <= 1.0
    assert np.mean(away < 0.5) == pytest.approx(0.25, abs=0.03)
    both = brushed_starts([first, second], 1)
    assert np.array_equal(both[:4000], starts)
    assert len(both) == 4005


def test_where_nothing_is_brushed_there_are_no_starts():
    assert brushed_starts([], 0).shape == (0, 2)
