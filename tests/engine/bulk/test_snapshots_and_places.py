"""Very many runs are brought back to where they were, and tell where they are."""

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk, arrivals
from gdviz.engine.bulk.in_place import InPlaceStepping
from gdviz.engine.bulk.pilot import SteppingPilot
from gdviz.engine.noise import GradientNoise
from gdviz.errors import UserError
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer


def descent_of(name="adam", rows=300, rate=0.1):
    landscape = preset("himmelblau").build()
    starts = np.random.default_rng(2).uniform(-5, 5, (rows, 2))
    return Descent.of(landscape, optimizer(name, learning_rate=rate), starts, 400)


def ends(bulk):
    for _ in arrivals(bulk):
        pass
    return bulk.arrivals.copy()


@pytest.mark.parametrize("step", [0, 5, 32, 100, 231])
def test_a_restored_bulk_goes_on_as_if_nothing_had_happened(step):
    descent = descent_of()
    bulk = Bulk(descent, threads=2, block_rows=64)
    if step:
        bulk.advance(step)
    kept, here = bulk.snapshot(), bulk.params()
    once = ends(bulk)
    for _ in range(2):
        bulk.restore(kept)
        assert bulk.step == step
        np.testing.assert_array_equal(bulk.params(), here)
        again = ends(bulk)
        for part in ("params", "outcome", "step"):
            np.testing.assert_array_equal(getattr(again, part), getattr(once, part))


def test_a_snapshot_serves_another_bulk_of_the_same_descent():
    descent = descent_of("momentum", rate=0.005)
    first, second = Bulk(descent, block_rows=50), Bulk(descent, block_rows=300)
    first.advance(77)
    second.restore(first.snapshot())
    one, other = ends(first), ends(second)
    np.testing.assert_array_equal(one.params, other.params)
    np.testing.assert_array_equal(one.step, other.step)


def test_places_are_put_where_they_are_wanted():
    bulk = Bulk(descent_of("gd", rate=0.02), block_rows=64)
    room = np.full((2, 300), np.nan)
    for steps in (1, 40, 100):
        bulk.advance(steps)
        assert bulk.params(room) is room
        np.testing.assert_array_equal(room, bulk.params())
        ended = bulk.arrivals.outcome > 0
        np.testing.assert_array_equal(room[:, ended], bulk.arrivals.params[:, ended])
    assert ended.any()
    assert not ended.all()


def test_noise_is_refused():
    landscape = preset("valley").build()
    descent = Descent.of(landscape, optimizer("gd"), (1.0, 1.0), noise=GradientNoise(0.1))
    with pytest.raises(UserError, match="without noise"):
        Bulk(descent)


class Counting(InPlaceStepping):
    """Counts the steps of all rows."""

    taken = 0

    def advance(self, block, first, count):
        self.taken += block.size * count
        super().advance(block, first, count)


def test_rows_that_have_ended_cost_nothing():
    landscape = preset("valley").build()
    starts = np.random.default_rng(4).uniform(-4, 4, (200, 2))
    rates = np.full((200, 1), 0.2)
    rates[::2], rates[0] = 5.0, 1e-4
    chosen = optimizer("gd", learning_rate=rates)
    bulk = Bulk(Descent.of(landscape, chosen, starts, 2000), threads=1, block_rows=50)
    stepping = Counting(bulk.descent)
    bulk.pilot = SteppingPilot(stepping, bulk.judge)
    bulk.advance(1500)
    assert bulk.open == 1
    # The one that crawls, and some two hundred steps of all others, steps taken again included.
    assert 1500 < stepping.taken < 1500 + 200 * 200


def test_a_step_of_no_length_changes_nothing():
    bulk = Bulk(descent_of(rows=20))
    bulk.advance(7)
    here = bulk.params()
    bulk.advance(0)
    assert bulk.step == 7
    np.testing.assert_array_equal(bulk.params(), here)
